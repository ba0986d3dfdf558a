from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "primacy.access"
    verbose_name = "People and rights"
