"""How a folder becomes a list of things: every module of a package is one member, its name is its key."""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType, ModuleType


def members(package: ModuleType, *, names: tuple[str, ...], key: str | None = None) -> Mapping[str, ModuleType]:
    """The modules of `package` by name, or by the value of their attribute `key`.

    Raises   TypeError if a module lacks one of the agreed `names`, or if two share a key.
    """
    found: dict[str, ModuleType] = {}
    for info in sorted(iter_modules(package.__path__), key=lambda each: each.name):
        if info.ispkg or info.name.startswith("_"):
            continue
        module = import_module(f"{package.__name__}.{info.name}")
        missing = [name for name in names if not hasattr(module, name)]
        if missing:
            raise TypeError(f"{module.__name__} lacks {', '.join(missing)}")
        member = getattr(module, key) if key else info.name.rstrip("_").replace("_", "-")
        if member in found:
            raise TypeError(f"{module.__name__} and {found[member].__name__} are both called {member}")
        found[member] = module
    return MappingProxyType(found)
