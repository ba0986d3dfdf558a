from django.apps import AppConfig


class ActorsConfig(AppConfig):
    name = "primacy.actors"
    verbose_name = "Actors and contacts"
