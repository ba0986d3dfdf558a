"""What stands inside a compartment. It is written to a disk only sealed, as one piece."""

from collections.abc import Mapping
from datetime import date, datetime

from pydantic import BaseModel, Field

Fields = Mapping[str, str]


class Member(BaseModel):
    """Somebody who may open the compartment. `public`: their public key, as both who added them saw it."""

    person: int
    name: str
    public: str
    since: datetime


class Proposal(BaseModel):
    """Somebody is to be added or taken out; a second member says yes or no."""

    id: str
    deed: str  # add, remove
    person: int
    name: str
    public: str
    by: int
    by_name: str
    at: datetime


class Look(BaseModel):
    """A deed inside, for the members: who, when, what, and why in their own words."""

    at: datetime
    by: str
    did: str
    words: str = ""


class Version(BaseModel):
    """One saving of an entry, whole. `sealed`: its fields, under the key of each person it is about."""

    number: int
    at: datetime
    by: str
    sealed: str


class Entry(BaseModel):
    """`keys`: what its versions are sealed under, innermost first; with one of them destroyed nothing opens it."""

    id: str
    kind: str
    keys: tuple[str, ...]
    until: date | None = None
    versions: list[Version] = Field(default_factory=list)


class Person(BaseModel):
    """Somebody whom entries are about; the name is sealed under their own key."""

    key: str
    name: str
    since: datetime


class Content(BaseModel):
    """Everything of a compartment. `recovery`: the public key of headquarters, to which its key is sealed as well."""

    title: str
    class_: str
    made: datetime
    recovery: str
    members: list[Member]
    proposals: list[Proposal] = Field(default_factory=list)
    people: list[Person] = Field(default_factory=list)
    entries: list[Entry] = Field(default_factory=list)
    log: list[Look] = Field(default_factory=list)

    def member(self, person: int) -> Member | None:
        return next((each for each in self.members if each.person == person), None)

    def entry(self, id: str) -> Entry:
        """Raises LookupError."""
        for each in self.entries:
            if each.id == id:
                return each
        raise LookupError(id)
