"""Where a reader can go: the one table of entries, and what of it this reader sees.

An entry is named by its route. A route that does not exist here, or that asks for a deed which the reader may not do,
shows nothing; so a room appears with its pages, and a page is offered to nobody whom it would refuse.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from primacy.access.requiring import may


@dataclass(frozen=True)
class Entry:
    """A page by its route. `keeps`: it goes on showing the older assessment that the reader looks at."""

    route: str
    words: Promise
    keeps: bool = False


@dataclass(frozen=True)
class Section:
    """A part of the site; its first entry that a reader may open is where its name leads. One that stands `aside` is
    not in the line of sections: something else on each page leads to it."""

    words: Promise
    entries: tuple[Entry, ...]
    aside: bool = False


SECTIONS = (
    Section(_("Where we stand"), (
        Entry("assessment:front", _("Front page"), keeps=True),
        Entry("assessment:changes", _("What changed"), keeps=True),
        Entry("assessment:risks", _("At risk, to decide"), keeps=True),
        Entry("assessment:meetings", _("Meetings")),
        Entry("assessment:flashes", _("Flashes")),
    )),
    Section(_("Evidence"), (
        Entry("evidence:datasets", _("Data sets")),
        Entry("evidence:points", _("Explorer")),
        Entry("evidence:load", _("Load")),
        Entry("assessment:gaps", _("Gaps"), keeps=True),
        Entry("places:places", _("Places")),
    )),
    Section(_("Records"), (
        Entry("records:rooms", _("Records")),
        Entry("records:tags", _("Tags")),
        Entry("records:retention", _("Retention")),
        Entry("compartments:list", _("Compartments")),
    )),
    Section(_("Work"), (
        Entry("work:tasks", _("Tasks")),
        Entry("work:calendar", _("Calendar")),
        Entry("work:notices", _("Notices")),
    )),
    Section(_("Assessments"), (
        Entry("assessment:assessments", _("List")),
        Entry("assessment:compare", _("Compare")),
        Entry("assessment:verify", _("Verify")),
        Entry("assessment:back-test", _("Past months")),
        Entry("assessment:scores", _("Scores")),
    )),
    Section(_("Framework"), (
        Entry("framework:browse", _("Browse")),
        Entry("assessment:handbook", _("Handbook")),
        Entry("framework:thresholds", _("Thresholds")),
        Entry("framework:changes", _("Changes")),
        Entry("assessment:proposals", _("Proposals")),
    )),
    Section(_("Search"), (Entry("web:search", _("Search")),), aside=True),
    Section(_("Help"), (Entry("assessment:help", _("Help")),)),
    Section(_("People"), (
        Entry("access:people", _("People")),
        Entry("access:second-person", _("Second person")),
        Entry("web:set-up", _("Set-up")),
    )),
    Section(_("Your account"), (
        Entry("access:password", _("Password")),
        Entry("access:factors", _("Second factor")),
        Entry("access:sessions", _("Sessions")),
        Entry("access:own-rights", _("What you may see")),
        Entry("access:tokens", _("Tokens")),
        Entry("jobs:jobs", _("Background work")),
    ), aside=True),
)  # fmt: skip
HOME = "assessment"
"""Pages of this room that stand in no entry are read from the front page."""


@dataclass(frozen=True)
class Link:
    address: str
    words: Promise
    here: bool
    keeps: bool = False


@dataclass(frozen=True)
class Navigation:
    """The sections that this reader may enter, and the entries of the one that the page belongs to."""

    sections: tuple[Link, ...]
    entries: tuple[Link, ...]


def navigation(person: AbstractBaseUser | AnonymousUser, path: str, room: str) -> Navigation:
    """`path` and `room` (the app name of the route) of the page that is shown."""
    open_ = [(section, entries) for section in SECTIONS if (entries := list(_open(section, person)))]
    every = [
        (len(address), entry) for _section, entries in open_ for entry, address in entries if _under(path, address)
    ]
    here = max(every, key=lambda each: each[0])[1] if every else None
    if here is None and room == HOME and open_:
        here = open_[0][1][0][0]
    sections = tuple(
        Link(entries[0][1], section.words, any(entry is here for entry, _ in entries), entries[0][0].keeps)
        for section, entries in open_
        if not section.aside
    )
    inside = next((entries for _section, entries in open_ if any(entry is here for entry, _ in entries)), [])
    links = tuple(Link(address, entry.words, entry is here, entry.keeps) for entry, address in inside)
    return Navigation(sections, links if len(links) > 1 else ())


def _open(section: Section, person: AbstractBaseUser | AnonymousUser) -> Iterator[tuple[Entry, str]]:
    """A page that asks for no deed is open to everybody who signed in."""
    for entry in section.entries if person.is_authenticated else ():
        route = _route(entry.route)
        if route is not None and (route[1] is None or may(person, route[1])):
            yield entry, route[0]


@lru_cache(maxsize=64)
def _route(name: str) -> tuple[str, str | None] | None:
    """The address of a route and the deed that its page asks for; None where there is no such route."""
    try:
        address = reverse(name)
    except NoReverseMatch:
        return None
    return address, getattr(resolve(address).func, "deed", None)


def _under(path: str, address: str) -> bool:
    return path == address if address == "/" else path.startswith(address)
