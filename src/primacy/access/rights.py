"""The table of rights, read once: which role may do which deed, and what the others are told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from primacy.framework.yaml_files import read_yaml

TABLE = Path(__file__).parent / "rights.yaml"


@dataclass(frozen=True)
class Deed:
    right: str
    known_to: str | None = None


@dataclass(frozen=True)
class Looks:
    """Protected records opened within an hour: from `told` on others hear of it, after `stop` no more are shown."""

    told: int
    stop: int


@dataclass(frozen=True)
class Rights:
    """`roles` from role to rights, `deeds` from name to what it asks for; `second_factor`: the roles that need one;
    `looks`: from role to how much one may look at."""

    roles: Mapping[str, frozenset[str]]
    deeds: Mapping[str, Deed]
    second_factor: frozenset[str] = frozenset()
    looks: Mapping[str, Looks] = field(default_factory=dict)

    def allows(self, role: str, deed: str) -> bool:
        """Raises KeyError for a deed that the table does not name; an unknown role may do nothing."""
        return self.deeds[deed].right in self.roles.get(role, frozenset())

    def may_know(self, role: str, deed: str) -> bool:
        """Whether this role may learn that the deed exists at all."""
        known_to = self.deeds[deed].known_to
        return known_to is not None and known_to in self.roles.get(role, frozenset())

    def needs_second(self, role: str) -> bool:
        """Whether its people sign in with a second factor; an unknown role may do nothing, and needs one for it."""
        return role in self.second_factor or role not in self.roles

    def allowed(self, role: str) -> frozenset[str]:
        return frozenset(deed for deed in self.deeds if self.allows(role, deed))


@lru_cache(maxsize=1)
def table() -> Rights:
    """Raises ValueError if a role or a deed names a right that the table does not explain, or a role stands in one
    column alone."""
    content = read_yaml(TABLE.read_bytes())
    rights = set(content["rights"])
    roles = {name: frozenset(held) for name, held in content["roles"].items()}
    deeds = {name: Deed(**asks) for name, asks in content["deeds"].items()}
    named = set().union(*roles.values(), *({deed.right} for deed in deeds.values()))
    named |= {deed.known_to for deed in deeds.values() if deed.known_to}
    if named - rights:
        raise ValueError(f"{TABLE.name}: unexplained right {', '.join(sorted(named - rights))}")
    second = content["second_factor"]
    if set(second) != set(roles):
        raise ValueError(f"{TABLE.name}: second_factor must say yes or no for each role")
    looks = {role: Looks(**each) for role, each in content["looks"].items()}
    if set(looks) != set(roles) or any(not 0 < each.told <= each.stop for each in looks.values()):
        raise ValueError(f"{TABLE.name}: looks must say for each role when others are told, and when it stops")
    return Rights(roles, deeds, frozenset(role for role, needs in second.items() if needs), looks)
