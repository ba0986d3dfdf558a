from django.apps import AppConfig


class CompartmentsConfig(AppConfig):
    name = "primacy.compartments"
    verbose_name = "Compartments"
