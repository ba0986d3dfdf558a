"""The table of entries: what a reader is offered, and which section a page belongs to."""

from types import SimpleNamespace

import pytest

from primacy.access.rights import table
from primacy.web import navigation as nav


def person(role: str) -> SimpleNamespace:
    return SimpleNamespace(is_authenticated=True, is_active=True, role=role)


NOBODY = SimpleNamespace(is_authenticated=False, is_active=False)
HERE = [
    # path                     room          section           entry
    ("/",                      "assessment", "Where we stand", "Front page"),
    ("/changes/",              "assessment", "Where we stand", "What changed"),
    ("/benchmarks/O2.M2/",     "assessment", "Where we stand", "Front page"),
    ("/evidence/",             "evidence",   "Evidence",       "Data sets"),
    ("/evidence/gaps/",        "assessment", "Evidence",       "Gaps"),
    ("/evidence/3f9c01d2ab44/", "evidence",  "Evidence",       "Data sets"),
    ("/framework/thresholds/", "framework",  "Framework",      "Thresholds"),
    ("/handbook/",             "assessment", "Framework",      "Handbook"),
    ("/scores/",               "assessment", "Assessments",    "Scores"),
    ("/people/",               "access",     "People",         "People"),
    ("/no-such-page/",         "",           None,             None),
]  # fmt: skip


@pytest.mark.parametrize(("path", "room", "section", "entry"), HERE, ids=[each[0] for each in HERE])
def test_a_page_shows_the_section_that_it_belongs_to(path, room, section, entry):
    seen = nav.navigation(person("administrator"), path, room)
    assert [str(each.words) for each in seen.sections if each.here] == ([section] if section else [])
    assert [str(each.words) for each in seen.entries if each.here] == ([entry] if entry else [])


@pytest.mark.parametrize("role", table().roles)
def test_a_reader_is_offered_no_page_that_would_refuse(role):
    offered = [entry for section in nav.SECTIONS for entry, _address in nav._open(section, person(role))]
    for entry in offered:
        deed = nav._route(entry.route)[1]
        assert deed is None or table().allows(role, deed), entry.route
    refused = {"reader": "evidence:load", "leader": "assessment:scores", "analyst": "access:people"}.get(role)
    assert refused not in [entry.route for entry in offered]


def test_whoever_is_not_signed_in_is_offered_nothing():
    assert nav.navigation(NOBODY, "/sign-in/", "access") == nav.Navigation((), ())


def test_a_route_that_does_not_exist_is_not_offered(monkeypatch):
    section = nav.Section("A room", (nav.Entry("assessment:front", "There"), nav.Entry("nowhere:page", "Not there")))
    monkeypatch.setattr(nav, "SECTIONS", (section,))
    seen = nav.navigation(person("reader"), "/", "assessment")
    assert [each.address for each in seen.sections] == ["/"]
    assert seen.entries == ()
