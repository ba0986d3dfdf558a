from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "primacy.records"
    verbose_name = "How a record works"
