"""Mappings: what is wrong with one is said at once, each fault with its line, field and remedy."""

import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from primacy.evidence.errors import BadInput
from primacy.evidence.mapped.mapping import Mapping
from primacy.evidence.mapped.mapping_files import parse, read_mapping, shipped

GOOD = """\
mapping: log
kind: incident
date: {column: Date, forms: day-month-year}
category: {column: Type, values: {yes: a, 2024: b}}
measures:
  - {measure: events, always: 1}
  - {measure: deaths, column: Killed}
"""


def faults(text: str) -> list[str]:
    with pytest.raises(BadInput) as caught:
        parse(text, "map.yaml")
    found = caught.value.faults
    return [f"{each.line} {each.field}: {each.reason}" for each in found or []]


def test_a_mapping_is_read_and_words_of_yaml_are_texts() -> None:
    mapping = parse(GOOD, "map.yaml")
    assert mapping.category is not None
    assert dict(mapping.category.values) == {"yes": "a", "2024": "b"}
    assert mapping.measures[1].column == "Killed"


WRONG = [
    # what is wrong                       written                                what is said
    ("a field that does not exist",       GOOD + "categry: A\n",                 "8 categry: is not a field that exists here (did you mean category?)"),
    ("a field that is missing",           GOOD.replace("mapping: log\n", ""),    "1 mapping: is missing: add it"),
    ("an unknown form of days",           GOOD.replace("day-month", "day_month"), "3 date.forms.1: “day_month-year” is none of "),
    ("an unknown kind",                   GOOD.replace("incident", "incidents"), "2 kind: 'incidents' is no kind (did you mean incident?)"),
    ("an unknown measure",                GOOD.replace("deaths", "dead"),        "7 measures.2.measure: 'dead' is no measure of incident (it has events, deaths"),
    ("column and always at once",         GOOD.replace("always: 1", "always: 1, column: A"), "6 measures.1: write either column or always"),
    ("neither",                           GOOD.replace(", always: 1", ""),       "6 measures.1: write either column or always"),
    ("no measures",                       GOOD[: GOOD.index("  - ")],            "5 measures"),
    ("a state without an item",           GOOD.replace("incident", "law").replace("events", "expected").replace("deaths", "stage"), "1 item: is missing: law is a state"),
    ("latitude alone",                    GOOD + "place: {latitude: Y}\n",       "8 place: latitude and longitude belong together"),
    ("a level that is none",              GOOD + "place: {names: {7: A}}\n",     "8 place: names are by level, from 1 to 4"),
    ("two equal marks",                   GOOD + "numbers: {decimal: ',', thousands: ','}\n", "8 numbers: decimal and thousands cannot be the same mark"),
    ("complete without record",           GOOD + "export: complete\n",           "8 export: is complete, which asks for record"),
    ("a currency without unit",           GOOD.replace("incident", "price").replace("events", "price").replace("deaths", "dispersion") + "item: A\n", "6 measures.1.unit: is missing: write the currency"),
    ("per cent of what is no share",      GOOD.replace("column: Killed", "column: Killed, scale: percent"), "7 measures.2.scale: is percent, but deaths is in persons"),
    ("coverage that ends before it starts", GOOD + "coverage: [{kind: incident, areas: XX, from: 2024-02-01, to: 2024-01-01, complete: true}]\n", "8 coverage.1: it ends before it starts"),
    ("an unknown secrecy",                GOOD + "confidentiality: hidden\n",    "8 confidentiality: 'hidden' is none of 0, 1, 2, 3"),
    ("a column under never",              GOOD + "actor: A\nnever: [A]\n",       "8 actor: reads the column 'A', which stands under never"),
    ("a column of persons",               GOOD + "source: Reported by\n",        "8 source: reads the column 'Reported by', which seems to hold persons"),
    ("a column that may be of persons",   GOOD + "target: Nom\n",                "8 target: reads the column 'Nom', which seems to hold persons: use a number or a category; if it holds none, list it under not_persons"),
    ("persons as the number of a record", GOOD + "record: Phone\n",              "8 record.id: reads the column 'Phone', which seems to hold persons"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "text", "said"), WRONG, ids=[case[0] for case in WRONG])
def test_what_is_wrong(shows: str, text: str, said: str) -> None:
    (fault,) = faults(text)
    assert fault.startswith(said)


def test_all_faults_are_told_at_once_those_of_form_and_those_of_meaning() -> None:
    text = (
        GOOD.replace("deaths", "dead").replace("always: 1", "alwys: 1")
        + "categry: A\nsource: Witness\nexport: complete\n"
    )
    said = "\n".join(faults(text))
    for part in ("6 measures.1", "7 measures.2.measure", "8 categry", "9 source", "10 export"):
        assert re.search(rf"^{re.escape(part)}", said, re.MULTILINE), part


def test_a_name_is_taken_where_the_mapping_says_that_it_holds_no_persons() -> None:
    assert parse(GOOD + "target: Nom\nnot_persons: [Nom]\n", "map.yaml").target is not None
    assert faults(GOOD + "target: Prénom\nnot_persons: [Prénom]\n"), "what is surely one stays refused"


QUESTIONS = (
    GOOD.replace("day-month-year}", "ASK} # day or month first?")
    .replace("  - {measure: deaths", "  # which column?\n  - {measure: deaths")
    .replace("Killed", "ASK")
)


def test_open_questions_are_listed_before_anything_else() -> None:
    assert faults(QUESTIONS + "categry: A\n") == [
        "3 date.forms: is still a question: day or month first?",
        "8 measures.2.column: is still a question: which column?",
    ]


NO_MAPPING = [
    ("no YAML", "a: [", "cannot be read as YAML"),
    ("a list", "- a\n", "is no mapping"),
    ("nothing", "", "is no mapping"),
    ("a tag of Python", "a: !!python/object/apply:os.system [ls]\n", "cannot be read as YAML"),
]


@pytest.mark.parametrize(("shows", "text", "what"), NO_MAPPING, ids=[case[0] for case in NO_MAPPING])
def test_what_is_no_mapping(shows: str, text: str, what: str) -> None:
    with pytest.raises(BadInput, match=what):
        parse(text, "map.yaml")


def test_a_file_that_is_absent_or_no_text(write: Callable[[str, str], Path], tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be opened"):
        read_mapping(tmp_path / "none.yaml")
    (tmp_path / "a.yaml").write_bytes(b"mapping: \xff\xfe")
    with pytest.raises(BadInput, match="is no UTF-8 text"):
        read_mapping(tmp_path / "a.yaml")


FIELDS = st.sampled_from([*Mapping.model_fields, "from", "nonsense"])
SIMPLE = (
    st.none()
    | st.booleans()
    | st.integers(-5, 5000)
    | st.sampled_from(["A", "ASK", "incident", "events", "", "day-month-year"])
)
ANY = st.recursive(
    SIMPLE,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(FIELDS | st.sampled_from(["column", "always", "measure", "values"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.dictionaries(FIELDS, ANY, max_size=6))
def test_no_mapping_breaks_the_reader(content: dict[str, object]) -> None:
    with suppress(BadInput):
        assert parse(yaml.safe_dump(content), "map.yaml").measures


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_mapping_is_called_as_its_file_and_knows_its_file(name: str) -> None:
    mapping = shipped()[name]
    assert mapping.mapping == name
    assert mapping.recognise
    assert mapping.record
    assert mapping.never
    assert mapping.about
