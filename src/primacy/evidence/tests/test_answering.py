"""The open questions of a drafted mapping as a form asks them, and answers in their places."""

import pytest

from primacy.evidence.mapped.answering import COLUMN, answered, entered_of, questions, with_entered
from primacy.evidence.mapped.mapping_files import parse

DRAFT = """\
# Drafted; ASK is a question to answer.
mapping: sector-west
kind: incident
# is 03.04.2026 the third or the fourth?
date: {column: "Day", forms: ASK}
category: ASK
measures:
  - {measure: events, always: 1}
# who keeps this table?
producer: ASK
"""
COLUMNS = ("Day", "Type", "Dead")


def test_each_question_says_its_field_and_what_may_be_answered() -> None:
    asked = questions(DRAFT, COLUMNS, ["violence/one-sided"])
    assert [(each.key, each.place) for each in asked] == [("forms", 0), ("category", 1), ("producer", 2)]
    assert "day-month-year" in asked[0].choices
    assert asked[0].why == "is 03.04.2026 the third or the fourth?"
    assert asked[1].columns == COLUMNS
    assert "violence/one-sided" in asked[1].choices
    assert asked[2].choices is None


def test_answers_make_a_mapping_that_can_be_read() -> None:
    text = answered(DRAFT, {0: "day-month-year", 1: "violence/one-sided", 2: 'Sector "West": log'})
    mapping = parse(text, "mapping")
    assert mapping.date.forms == ("day-month-year",)
    assert mapping.category.always == "violence/one-sided"
    assert mapping.producer == 'Sector "West": log'


def test_a_column_that_sorts_events_has_each_of_its_texts_asked_about() -> None:
    texts = {"Type": ["raid", "armed clash"]}
    text = answered(DRAFT, {0: "day-month-year", 1: f"{COLUMN}Type", 2: "JOC"}, texts)
    (asked,) = questions(text, COLUMNS)
    assert (asked.key, asked.about) == ("category", "raid")  # what shipped mappings know is not asked
    mapping = parse(answered(text, {0: "violence/one-sided"}), "mapping")
    assert mapping.category.values == {"raid": "violence/one-sided", "armed clash": "violence/state-based"}


def test_an_empty_answer_leaves_its_question() -> None:
    assert answered(DRAFT, {0: " ", 1: "", 2: ""}) == DRAFT


@pytest.mark.parametrize("hostile", ["x\nkind: law", "}, kind: law", '"', "ASK", "# no", "{always: x}", "\\"])
def test_an_answer_is_a_text_and_never_more_of_the_mapping(hostile) -> None:
    text = answered(DRAFT, {0: "day-month-year", 1: "violence/one-sided", 2: hostile})
    if hostile == "ASK":
        assert '"ASK"' in text  # it reads as a question again, and is told as one
        return
    mapping = parse(text, "mapping")
    assert mapping.kind.always == "incident"
    assert mapping.producer == hostile.strip()


LINES = ["# known since", 'entered: {column: "Told", forms: [year-month-day]}']


def test_the_column_of_entry_is_put_behind_the_day_changed_and_taken_out() -> None:
    text = with_entered(DRAFT, LINES)
    assert entered_of(text) == "Told"
    lines = text.split("\n")
    assert lines[lines.index(LINES[1]) - 2].startswith("date: ")
    assert lines[lines.index(LINES[1]) + 1] == "category: ASK"
    other = with_entered(text, [each.replace("Told", "Written") for each in LINES])
    assert (entered_of(other), other.count("entered:"), other.count("known since")) == ("Written", 1, 1)
    assert with_entered(other, []) == DRAFT
    by_hand = DRAFT.replace("category: ASK", "entered:\n  column: Told\n  forms: year\ncategory: ASK")
    assert with_entered(by_hand, []) == DRAFT
