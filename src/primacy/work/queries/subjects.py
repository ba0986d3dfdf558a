"""What is talked about, as one person sees it: asked anew at every reading, for many at once."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from primacy.access.models import User
from primacy.access.posts import Post
from primacy.access.readers import component_of, holding, reader_of
from primacy.access.record_rights import Reader, may
from primacy.access.requiring import may as may_do
from primacy.assessment import queries as assessments
from primacy.evidence.kinds import KINDS
from primacy.framework import Framework, Instance, load
from primacy.framework.languages import named
from primacy.framework.queries import today
from primacy.records import queries as records
from primacy.work.subjects import ENTRIES, GAP, Subject, parts_of

ROUTES = {
    "benchmark": ("assessment:benchmark", "benchmarks"), "trade-off": ("assessment:trade-off", "trade_offs"),
    "risk": ("assessment:risk", "risks"),
}  # fmt: skip
HEAD = "head-of-mission"


def language() -> str:
    return (get_language() or "en").split("-")[0]


def is_staff(viewer: User) -> bool:
    """Whether somebody may talk about findings: whoever has a post, or a role of more than reading."""
    return viewer.is_active and (may_do(viewer, "finding.discuss") or bool(component_of(viewer)))


def subject(*, viewer: User, reference: str) -> Subject | None:
    """What a reference names, for somebody who sees it; None for all others and for what does not exist."""
    return subjects(viewer=viewer, references=[reference]).get(reference)


def subjects(*, viewer: User, references: Iterable[str]) -> dict[str, Subject]:
    """Those that a person sees, with one question for each kind. Nobody who is switched off sees any."""
    by_kind: dict[str, set[str]] = {}
    for each in filter(None, references):
        kind, id = parts_of(each)
        by_kind.setdefault(kind, set()).add(id)
    found: list[Subject] = []
    types = records.record_types()
    if viewer.is_active:
        framework = load(Instance.here().overlay, today()) if by_kind.keys() & {*ENTRIES} else None
        for kind, ids in by_kind.items():
            if kind in types:
                found += _records(viewer, types[kind], ids)
            elif kind in ENTRIES and framework is not None:
                found += _entries(viewer, framework, kind, ids)
            elif kind == GAP:
                found += _gaps(viewer, ids)
    return {each.reference: each for each in found}


def _records(viewer: User, type_: Any, ids: set[str]) -> Iterable[Subject]:
    reader = reader_of(viewer)
    for row in _rows(reader, type_, ids):
        seen, protected = records.shown(type_, row), records.protected(row)
        yield Subject(
            kind=type_.key, id=str(row.pk), title=str(type_.one) if protected else seen.title,
            address=reverse("records:record", args=[type_.key, row.pk]), detail=row.exact, protected=protected,
            veiled=row.author_id if getattr(row, "author_hidden", False) else None,
        )  # fmt: skip


def _rows(reader: Reader, type_: Any, ids: set[str]) -> Any:
    try:
        return records.visible(reader, type_, archived=None).filter(pk__in=ids)
    except (ValidationError, ValueError):  # an id that is none
        return ()


def _entries(viewer: User, framework: Framework, kind: str, ids: set[str]) -> Iterable[Subject]:
    """Whoever owes a view on a finding is not told what others say of it; who has no post in the mission is told
    nothing that others say."""
    route, table = ROUTES[kind]
    known: Mapping[str, Any] = getattr(framework, table)
    if not may_do(viewer, "assessment.read"):
        return
    staff, veiled = is_staff(viewer), owed(viewer)
    for id in ids & set(known):
        title = f"{id} {framework.text(id, 'short', language())[0]}"
        yield Subject(kind, id, title, reverse(route, args=[id]), detail=staff and id not in veiled)


def owed(viewer: User) -> frozenset[str]:
    """The findings whose status is not yet shown to this person."""
    newest = assessments.latest(viewer=viewer)
    return assessments.asking(viewer=viewer, assessment_id=newest.id).hidden if newest else frozenset()


def _gaps(viewer: User, ids: set[str]) -> Iterable[Subject]:
    if may_do(viewer, "assessment.read"):
        for id in ids & set(KINDS):
            title = _("Missing: %(kind)s") % {"kind": named(language(), "kinds", id)}
            yield Subject(GAP, id, title, reverse("assessment:gaps"), detail=is_staff(viewer))


def sees_details(person: User, about: str) -> bool:
    """Whether somebody, asked for by somebody else, may read what is said about it.

    Of a finding, whoever works in the mission: that somebody still owes a view is nobody else's business.
    """
    if parts_of(about)[0] in ENTRIES:
        return is_staff(person)
    found = subject(viewer=person, reference=about)
    return found is not None and found.detail


def may_archive(viewer: User, about: Subject) -> bool:
    """Whether somebody may archive the record, and so read what was removed from it."""
    type_ = records.record_types().get(about.kind)
    row = records.visible(reader_of(viewer), type_, archived=None).filter(pk=about.id).first() if type_ else None
    return row is not None and may(reader_of(viewer), "archive", row.guarded(about.kind))


def component_sees(component: str, about: Subject) -> bool:
    """Whether holding a post of the component is enough to see it, by the table alone: a need-to-know group is not."""
    type_ = records.record_types().get(about.kind)
    if type_ is None:
        return True
    row = type_.model.objects.get(pk=about.id)
    return may(Reader(0, frozenset([component])), "see", row.guarded(about.kind))


def components_held(viewer: User) -> frozenset[str]:
    return reader_of(viewer).components


def holders(component: str) -> list[User]:
    """Who holds a post of the component today."""
    posts = Post.objects.filter(holding(timezone.localdate()), component=component, person__is_active=True)
    return list(User.objects.filter(pk__in=posts.values("person")))


def components_of(people: Iterable[int]) -> dict[int, set[str]]:
    """The components in which people hold a post today."""
    found: dict[int, set[str]] = {}
    for person, component in Post.objects.filter(Q(person__in=set(people)), holding(timezone.localdate())).values_list(
        "person", "component"
    ):
        found.setdefault(person, set()).add(component)
    return found
