"""The site with Django's own admin beside it, for the bench alone: the product has none."""

from primacy.web.settings import *  # noqa: F403
from primacy.web.settings import INSTALLED_APPS, MIDDLEWARE

INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.admin"]
MIDDLEWARE = [each for each in MIDDLEWARE if not each.startswith("primacy.")]
ROOT_URLCONF = "many.admin_urls"
