"""The description of the interface, put in order for its page."""

from typing import Any

import pytest

from primacy.web.api import api
from primacy.web.api_door import TITLES
from primacy.web.api_told import Told, example_of, groups, kind_of

DOCUMENT = {"components": {"schemas": {
    "Form": {"type": "string", "enum": ["csv", "parquet"]},
    "Line": {"type": "object", "properties": {"area": {"type": "string", "examples": ["OS01"]}, "value": {"type": "number"}}},
    "Tree": {"type": "object", "properties": {"inside": {"$ref": "#/components/schemas/Tree"}}},
}}}  # fmt: skip
KINDS = [
    ("a plain one",             {"type": "integer"},                                                     "integer"),
    ("its form says more",      {"type": "string", "format": "date"},                                    "date"),
    ("that may be absent",      {"anyOf": [{"type": "string"}, {"type": "null"}]},                       "string"),
    ("one of some words",       {"$ref": "#/components/schemas/Form"},                                   '"csv" or "parquet"'),
    ("several of them",         {"type": "array", "items": {"$ref": "#/components/schemas/Form"}},       'array of "csv" or "parquet"'),
]  # fmt: skip
EXAMPLES: list[tuple[str, dict[str, Any], Any]] = [
    ("as it is given",          {"type": "integer", "example": 7},                                       7),
    ("made of its parts",       {"$ref": "#/components/schemas/Line"},                                   {"area": "OS01", "value": 0.5}),
    ("a list of one",           {"type": "array", "items": {"$ref": "#/components/schemas/Line"}},       [{"area": "OS01", "value": 0.5}]),
    ("of what may be absent",   {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]},     "2026-01-31"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "schema", "words"), KINDS, ids=[case[0] for case in KINDS])
def test_what_may_stand_there_is_said_in_words(shows: str, schema: dict[str, Any], words: str) -> None:
    assert kind_of(DOCUMENT, schema) == words


@pytest.mark.parametrize(("shows", "schema", "example"), EXAMPLES, ids=[case[0] for case in EXAMPLES])
def test_an_example_is_given_or_made(shows: str, schema: dict[str, Any], example: Any) -> None:
    assert example_of(DOCUMENT, schema) == example


def test_a_shape_inside_itself_ends() -> None:
    assert str(example_of(DOCUMENT, {"$ref": "#/components/schemas/Tree"})).count("inside") < 10


@pytest.fixture(scope="module")
def told() -> dict[str, Told]:
    return {each.id: each for _tag, operations in groups(api.get_openapi_schema()) for each in operations}


def test_every_operation_stands_on_the_page_with_an_example_of_what_it_answers(told: dict[str, Told]) -> None:
    paths = api.get_openapi_schema()["paths"]
    assert len(told) == sum(len(methods) for methods in paths.values())
    assert [each.id for each in told.values() if not each.title or not each.about] == []
    files = [each.path for each in told.values() if not each.answer]
    assert all("{form}" in path or path.endswith("geojson") for path in files), files


def test_every_group_has_a_title_in_the_readers_language() -> None:
    assert {tag for tag, _operations in groups(api.get_openapi_schema())} == set(TITLES)


def test_only_what_changes_nothing_and_needs_nothing_can_be_opened(told: dict[str, Told]) -> None:
    opened = {each.link for each in told.values() if each.link}
    assert {"/api/v1/me", "/api/v1/data-points"} <= opened
    assert all(each.method == "GET" and "{" not in each.link for each in told.values() if each.link)
