from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    name = "primacy.incidents"
    verbose_name = "What happened"
