"""The framework in force for scripts: what is to be achieved, in a language. It stands here because the room of the
framework knows nobody who asks."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import Http404, HttpResponse
from ninja import P, PathEx, Query, Router
from pydantic import BaseModel, Field

from primacy.access.queries import SignedIn
from primacy.access.requiring import require
from primacy.assessment.api.asking import language as asked_language
from primacy.framework import Framework, Instance, load
from primacy.framework.entries import Measured
from primacy.framework.in_language import told_in
from primacy.framework.queries import today
from primacy.ui.questions import Open, Spoken, answer
from primacy.ui.refusals import answers

router = Router(tags=["framework"])
Tree = dict[str, Any]
EntryId = PathEx[str, P(description="The id of an entry.", example="O2.M2", max_length=16)]


class Term(BaseModel):
    id: str = Field(examples=["O2"])
    title: str = Field(examples=["Violence has decreased"])
    benchmarks: list[str] = Field(examples=[["O2.S1", "O2.M2"]])


class InForce(BaseModel):
    """What is in force today; `hash` is that of the assessments that judge by it."""

    hash: str = Field(examples=["sha256:4f0c"])
    language: str = Field(examples=["en"])
    languages: list[str] = Field(examples=[["en", "ar", "fr"]])
    outputs: list[Term]
    changed_by_mission: list[str] = Field(examples=[["O2.M2"]])


class EntryShown(Open):
    """An entry as its author wrote it, with its texts in the language; what is not translated stays English."""

    id: str = Field(examples=["O2.M2"])
    title: str = Field(examples=["Violence against civilians and institutions has fallen"])


class IndicatorShown(Open):
    """One indicator of an entry: which data points it reads and how they add up."""

    entry: str = Field(examples=["O2.M2"])
    id: str = Field(examples=["attacks-on-civilians"])
    label: str = Field(examples=["attacks on civilians"])


def in_force() -> Framework:
    return load(Instance.here().overlay, today())


@router.get("/framework", response=answers(InForce), summary="What is in force")
@require("framework.read")
def framework(request: SignedIn, asked: Query[Spoken]) -> HttpResponse:
    """The outputs and their benchmarks, in the order of the guidance."""
    found, language = in_force(), asked_language()
    outputs = [
        {"id": each.id, "title": found.text(each.id, "title", language)[0],
         "benchmarks": [one.id for one in found.of_output(each.id)]}
        for each in found.outputs
    ]  # fmt: skip
    return answer({
        "hash": found.hash, "language": language, "languages": ["en", *sorted(set(found.texts) - {"en"})],
        "outputs": outputs, "changed_by_mission": sorted(found.changed),
    })  # fmt: skip


def _told(found: Framework, trees: Iterable[Mapping[str, Any]]) -> list[Tree]:
    language = asked_language()
    return [told_in(found, each, language) for each in trees]


def _one(collection: str, id: str) -> HttpResponse:
    found = in_force()
    tree = next((each for each in found.as_dict()[collection] if each["id"] == id), None)
    if tree is None:
        raise Http404
    return answer(told_in(found, tree, asked_language()))


def _all(collection: str) -> HttpResponse:
    found = in_force()
    return answer(_told(found, found.as_dict()[collection]))


@router.get("/framework/outputs", response=answers(list[EntryShown]), summary="Outputs")
@require("framework.read")
def outputs(request: SignedIn, asked: Query[Spoken]) -> HttpResponse:
    """The five outputs."""
    return _all("outputs")


@router.get("/framework/benchmarks", response=answers(list[EntryShown]), summary="Benchmarks")
@require("framework.read")
def benchmarks(request: SignedIn, asked: Query[Spoken]) -> HttpResponse:
    """Every benchmark with its question, rule, indicators, thresholds and what to collect."""
    return _all("benchmarks")


@router.get("/framework/benchmarks/{entry_id}", response=answers(EntryShown), summary="One benchmark")
@require("framework.read")
def benchmark(request: SignedIn, entry_id: EntryId, asked: Query[Spoken]) -> HttpResponse:
    """One benchmark as it is in force."""
    return _one("benchmarks", entry_id)


@router.get("/framework/indicators", response=answers(list[IndicatorShown]), summary="Indicators")
@require("framework.read")
def indicators(request: SignedIn, asked: Query[Spoken]) -> HttpResponse:
    """Every indicator of benchmarks, risks and choices."""
    found, language = in_force(), asked_language()
    trees = [tree for name in ("benchmarks", "risks", "trade_offs") for tree in found.as_dict()[name]]
    return answer([
        {"entry": tree["id"], "id": id, **each, "label": found.text(tree["id"], f"labels.{id}", language)[0]}
        for tree in trees
        if isinstance(found.entries[tree["id"]], Measured)
        for id, each in tree.get("indicators", {}).items()
    ])  # fmt: skip


@router.get("/framework/activities", response=answers(list[EntryShown]), summary="Activities")
@require("framework.read")
def activities(request: SignedIn, asked: Query[Spoken]) -> HttpResponse:
    """What the mission does, and which benchmarks that helps to reach."""
    return _all("activities")


@router.get("/framework/risks", response=answers(list[EntryShown]), summary="Risks")
@require("framework.read")
def risks(request: SignedIn, asked: Query[Spoken]) -> HttpResponse:
    """What may go wrong, with the signs that warn of it."""
    return _all("risks")


@router.get("/framework/risks/{entry_id}", response=answers(EntryShown), summary="One risk")
@require("framework.read")
def risk(request: SignedIn, entry_id: EntryId, asked: Query[Spoken]) -> HttpResponse:
    """One risk as it is in force."""
    return _one("risks", entry_id)


@router.get("/framework/trade-offs", response=answers(list[EntryShown]), summary="Trade-offs")
@require("framework.read")
def trade_offs(request: SignedIn, asked: Query[Spoken]) -> HttpResponse:
    """The choices, with what makes each due and what speaks for and against each option."""
    return _all("trade_offs")


@router.get("/framework/trade-offs/{entry_id}", response=answers(EntryShown), summary="One trade-off")
@require("framework.read")
def trade_off(request: SignedIn, entry_id: EntryId, asked: Query[Spoken]) -> HttpResponse:
    """One choice as it is in force."""
    return _one("trade_offs", entry_id)
