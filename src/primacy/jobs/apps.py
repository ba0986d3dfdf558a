from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "primacy.jobs"
    verbose_name = "What runs in the background"
