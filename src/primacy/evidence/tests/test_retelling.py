"""Drafts of one language read in another."""

from pathlib import Path

import pytest

from primacy.evidence.errors import BadInput
from primacy.evidence.mapped.answering import questions
from primacy.evidence.mapped.drafts import draft
from primacy.evidence.mapped.mapping_files import parse
from primacy.evidence.mapped.remarks import remark
from primacy.evidence.mapped.retelling import remark_said, retold
from primacy.framework.languages import codes, room_templates
from primacy.framework.saying import Said, said
from primacy.places.files.files import Source

TABLE = "Date,Where,Type,Killed,Reporter name\n01/02/2024,Bala,Attack; armed,1,Ana\n03/04/2024,Bala,Theft,2,Ben\n"


@pytest.fixture
def table(tmp_path: Path) -> Source:
    path = tmp_path / "log.csv"
    path.write_text(TABLE)
    return Source(path)


@pytest.mark.parametrize("to", codes())
@pytest.mark.parametrize("of", codes())
def test_a_draft_of_one_language_reads_as_if_drafted_in_another(table: Source, of: str, to: str) -> None:
    text, _ = draft(table, language=of)
    assert retold(text, to) == draft(table, language=to)[0]


@pytest.mark.parametrize("language", codes())
def test_every_remark_of_drafts_is_found_again(language: str) -> None:
    keys = [each for each in room_templates("evidence", "en") if each.startswith("draft.") and each != "draft.whys"]
    for key in keys:
        names = {"question", "label", "examples", "value", "together", "apart", "number", "day", "why", "example", "column",
                 "kind", "kinds", "count", "text", "words", "types", "answers", "asked", "columns"}  # fmt: skip
        whole = said(f"evidence/{key}", **{name: f"X-{name}" for name in names})
        found = remark_said(remark(whole, language))
        assert isinstance(found, Said), key
        assert remark(found, "en") == remark(whole, "en"), key


def test_the_questions_are_asked_in_the_language_of_whoever_answers(table: Source) -> None:
    text, _ = draft(table, language="fr")
    asked = {each.key: each.why for each in questions(retold(text, "en"))}
    assert asked["producer"] == "who keeps this table?"


def test_the_refusal_of_an_unanswered_draft_speaks_the_readers_language(table: Source) -> None:
    with pytest.raises(BadInput) as refused:
        parse(draft(table, language="fr")[0], "log.yaml")
    faults = list(refused.value.faults or ())
    assert any("who keeps this table?" in each.told("en") for each in faults)
    assert any("qui tient ce tableau" in each.told("fr") for each in faults)
    assert not any("qui tient" in each.told("ar") for each in faults)


BY_HAND = ["# ask Ana whether this is right", "kind: incident  # like the log of 2019", "name: 'a # b'", ""]


@pytest.mark.parametrize("line", BY_HAND)
def test_what_somebody_wrote_stays(line: str) -> None:
    assert retold(line, "ar") == line
