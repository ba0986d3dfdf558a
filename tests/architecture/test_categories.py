"""Every step of a category that this package writes or reads has its word in each language, and no word is left over."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from primacy.actors.models import SITTINGS
from primacy.evidence.importers import (
    _aid_points,
    _pax_actors,
    _pax_agreements,
    _ucdp_actors,
    _ucdp_agreements,
    _ucdp_terminations,
    _ucdp_violence,
    _un_missions,
    aid,
    geo_pko,
    iati,
    ucdp_ged,
    views,
)
from primacy.evidence.kinds import KINDS
from primacy.evidence.mapped.mapping_files import shipped
from primacy.evidence.shown.categories import category_words, topic_words
from primacy.exercise.country.country import country
from primacy.exercise.ledger.entries import entries
from primacy.exercise.observation.yearly import forms
from primacy.framework.filters import values_of
from primacy.framework.languages import codes, room_templates
from primacy.framework.loading import load
from primacy.framework.yaml_files import read_yaml
from primacy.incidents.models import CATEGORIES

PACKAGE = Path(__file__).parents[2] / "src" / "primacy"
PATH = re.compile(r"[a-z-]*(/[a-z0-9_-]+)+")
CODE = re.compile(r"v2[a-z_]+")  # of an index, by which its source knows it
ACTORS = (  # of PAA-X, as its coding book has them
    "country-or-state", "armed-organization", "intergovernmental-organization", "civil-society", "political-party",
    "entity", "other", "umbrella", "military", "government-or-state", "state-coalition",
)  # fmt: skip


def of_framework() -> Iterator[str]:
    for entry in load().measured:
        for indicator in entry.indicators.values():
            for conditions in (indicator.where, indicator.except_):
                yield from values_of(conditions.get("category"))
    for benchmark in load().benchmarks.values():  # what people are told to type
        typed = [piece for each in benchmark.collect for piece in each.how.split("`")[1::2]]
        yield from (piece for piece in typed if PATH.fullmatch(piece) and piece.partition("/")[0] in {"", *KINDS})
    for kind in KINDS.values():
        yield from (name for name in kind.stages if "/" in name)


def of_rooms() -> Iterator[str]:
    yield from (category for category, _word in (*CATEGORIES, *SITTINGS))
    for mapping in shipped().values():
        yield from mapping.category.values.values() if mapping.category else ()


def of_exercise() -> Iterator[str]:
    place = country()
    for listed in entries().values():
        for entry in listed:
            yield from (columns["category"] for columns in entry.repetitions(place))
    yield from (each["category"] for each in read_yaml((PACKAGE / "exercise/world/streams.yaml").read_bytes()).values())
    yield from written("exercise/ledger/holding.py")
    yield from (f"organisation/{how}" for how in forms().values())


def of_importers() -> Iterator[str]:
    yield from ucdp_ged.CATEGORIES
    yield from views.OBSERVED.values()
    yield from _ucdp_violence.TOTALS
    codebook = read_yaml((PACKAGE / "evidence/importers/acled.yaml").read_bytes())
    yield from (*codebook["complete"], *codebook["partial"])
    yield from (rule for rule in codebook["sub_events"].values() if "/" in rule)
    for steps in (
        _ucdp_violence.TYPES, _ucdp_actors.ORGANISED, _ucdp_agreements.TYPES, _ucdp_terminations.OUTCOMES,
        _un_missions.CAUSES, _pax_agreements.TYPES, _pax_agreements.STAGES, geo_pko.UNITS, aid.FLOWS, iati.FLOWS,
    ):  # fmt: skip
        yield from steps.values()
    yield from (f"document/agreement-signatory/{role.replace(' ', '-')}" for role in _pax_actors.ROLES)
    yield from (*ACTORS, _aid_points.SEVERAL, "infantry")
    for path in sorted((PACKAGE / "evidence/importers").glob("*.py")):
        yield from written(f"evidence/importers/{path.name}")


def written(file: str) -> Iterator[str]:
    """Paths that a module writes: texts that begin with a kind and a stroke, up to what is filled in."""
    for node in ast.walk(ast.parse((PACKAGE / file).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found = re.fullmatch(r"([a-z-]+)/([a-z/-]*)", node.value)
            if found and found[1] in {*KINDS, "violence", "issue"}:
                yield node.value.strip("/")


@cache
def paths() -> frozenset[str]:
    found = (*of_framework(), *of_rooms(), *of_exercise(), *of_importers())
    return frozenset(filter(None, found))


@cache
def steps() -> frozenset[str]:
    """Each step, and each with the one above it."""
    split = [path.strip("/").split("/") for path in paths()]
    pairs = {f"{one}/{two}" for path in split for one, two in pairwise(path)}
    return frozenset({step for path in split for step in path} | pairs)


def words(language: str) -> dict[str, str]:
    found = room_templates("evidence", language).items()
    return {key.removeprefix("category."): text for key, text in found if key.startswith("category.")}


@pytest.mark.parametrize("language", codes())
def test_every_step_has_its_word(language: str) -> None:
    own = words(language)
    lacking = {step for step in steps() if "/" not in step and step not in own and step not in KINDS}
    assert {step for step in lacking if not CODE.fullmatch(step)} == set()


@pytest.mark.parametrize("language", codes())
def test_no_word_is_left_over(language: str) -> None:
    assert words(language).keys() - steps() == set()


WRITTEN = [
    # path, the kind beside it, in English, in French, in Arabic
    ("violence/one-sided", "incident", "violence › attacks on civilians", "violence › attaques contre des civils", "العنف › هجمات على مدنيين"),
    ("document/accord", "document", "accord", "accord de paix", "اتفاق السلام"),
    ("document/accord", "", "document › accord", "document › accord de paix", "وثيقة › اتفاق السلام"),
    ("district", "district", "", "", ""),
    ("index/v-dem/v2elpeace", "index", "V-Dem › v2elpeace", "V-Dem › v2elpeace", "V-Dem › \u2068v2elpeace\u2069"),
    ("focal-point/partner-map/women", "focal-point", "map of partners › women’s groups", "carte des partenaires › groupes de femmes", "خريطة الشركاء › مجموعات نسائية"),
    ("roadblock/new", "incident", "roadblock › new", "roadblock › new", "\u2068roadblock\u2069 › \u2068new\u2069"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "kind", "english", "french", "arabic"), WRITTEN)
def test_a_path_is_told_step_by_step(path: str, kind: str, english: str, french: str, arabic: str) -> None:
    """What a mission's own mapping writes and no table has stays as it is."""
    told = [category_words(path, language, kind) for language in ("en", "fr", "ar")]
    assert told == [english, french, arabic]


def test_a_topic_begins_with_its_kind() -> None:
    assert topic_words("incident/violence/one-sided", "fr") == "fait\u00a0: violence › attaques contre des civils"
    assert topic_words("law", "en") == "law"
