"""Data sets for scripts, with their versions and their coverage."""

from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from ninja import P, PathEx, Query, Router

from primacy.access.queries import SignedIn
from primacy.access.requiring import require
from primacy.evidence.api.shapes import CoverageShown, DatasetInFull, DatasetsAsked, DatasetShown
from primacy.evidence.queries import versions_for
from primacy.evidence.shown.points_at_hand import store_at
from primacy.evidence.store.datasets import DatasetVersion
from primacy.evidence.store.store import Store
from primacy.framework import Instance
from primacy.framework.saying import ENGLISH
from primacy.ui.questions import Spoken, Tree, answer
from primacy.ui.refusals import answers

router = Router(tags=["evidence"])
DatasetId = PathEx[str, P(description="The id of a data set: twelve digits.", example="3f9c01d2ab44", max_length=12)]


@router.get("/datasets", response=answers(list[DatasetShown]), summary="Data sets")
@require("evidence.read")
def datasets(request: SignedIn, asked: Query[DatasetsAsked]) -> HttpResponse:
    """Every version of every data set, the newest knowledge first."""
    return answer([
        _dataset(each)
        for each in versions_for(request.user, _store())[::-1]
        if asked.lineage in (None, each.lineage) and asked.withdrawn in (None, each.withdrawn is not None)
    ])  # fmt: skip


def _store() -> Store:
    return store_at(Instance.here().evidence)


@router.get("/datasets/{dataset_id}", response=answers(DatasetInFull), summary="One data set")
@require("evidence.read")
def dataset(request: SignedIn, dataset_id: DatasetId, asked: Query[Spoken]) -> HttpResponse:
    """One version: where it comes from, when it was known, and what its silence means."""
    versions = versions_for(request.user, _store())
    found = next((each for each in versions if each.id == dataset_id), None)
    if found is None:
        raise Http404
    return answer({**_dataset(found), "versions": [each.id for each in versions if each.lineage == found.lineage]})


def _dataset(version: DatasetVersion) -> Tree:
    told = version.as_told(get_language() or ENGLISH)
    tree = {name: told[name] for name in DatasetShown.model_fields}
    kept = set(CoverageShown.model_fields)
    coverage = [{name: each[name] for name in each if name in kept} for each in tree["coverage"]]
    return {**tree, "official_for": list(version.official_topics), "coverage": coverage}
