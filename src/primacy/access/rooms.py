"""What the rooms have to say to a room below them: modules that each of them has or has not, found by their name."""

from functools import cache
from importlib import import_module
from types import ModuleType

from django.apps import apps
from django.utils.module_loading import module_has_submodule


@cache
def modules_of_rooms(name: str) -> tuple[ModuleType, ...]:
    """The modules called so (`queries`, `services.disposing`) of all rooms that have one, the uppermost room first."""
    rooms = (each for each in apps.get_app_configs() if each.name.startswith("primacy."))
    found = (_module(room.module, name.split(".")) for room in rooms)
    return tuple(each for each in found if each is not None)


def _module(package: ModuleType | None, parts: list[str]) -> ModuleType | None:
    for part in parts:
        if package is None or not module_has_submodule(package, part):
            return None
        package = import_module(f"{package.__name__}.{part}")
    return package
