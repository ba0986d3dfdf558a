from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "primacy.work"
    verbose_name = "What people ask of each other"
