from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "primacy.web"
    verbose_name = "The site"
