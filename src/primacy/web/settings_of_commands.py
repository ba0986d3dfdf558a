"""The settings of commands that open no page: the same without what only pages need, which takes long to load."""

from primacy.web.settings import *  # noqa: F403 - settings are read by their names
from primacy.web.settings import INSTALLED_APPS as ALL
from primacy.web.settings import OF_PAGES

INSTALLED_APPS = [each for each in ALL if each not in OF_PAGES]
