import contextlib

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "primacy.ui"
    verbose_name = "How pages look"

    def ready(self) -> None:
        """Make the message catalogues where they are missing or older than their texts."""
        from primacy.ui.messages import compile_all

        with contextlib.suppress(OSError):  # a read-only installation ships them
            compile_all()
