"""What to do about the faults of a file is said once, with the lines that it is for."""

from typing import Any

from primacy.evidence.bringing.remedies import bare, parted, remedies
from primacy.evidence.bringing.summary_told import refusal, refused_lines
from primacy.evidence.errors import BadInput
from primacy.framework.saying import Words, said
from primacy.places.files.faults import Fault, Faults

LIKE = said("evidence/code-like", column="area", editions="2020")
EDITION = said("evidence/do.other-edition")
TYPED = said("places/empty", column="date")


def faults(unit: str, *given: Fault) -> Faults:
    found = Faults(unit)
    for each in given:
        found.add(each)
    return found


def test_lines_with_the_same_remedy_stand_behind_it() -> None:
    found = faults("line", Fault(3, LIKE, "area", "XX98"), Fault(2, TYPED, "date"), Fault(7, LIKE, "area", "XX99"))
    (told,) = remedies(found, found.unit)
    assert str(told) == f"{EDITION} (lines 3, 7)"


def test_what_the_closing_remedy_says_is_not_said_again() -> None:
    found = faults("line", Fault(3, LIKE, "area", "XX98"))
    assert remedies(found, found.unit, said("evidence/do.nothing-so", do=EDITION)) == []
    whole = said("evidence/do.and-decide", do=said("evidence/do.nothing-so", do=EDITION), count=2)
    assert remedies(found, found.unit, whole) == []


def test_files_are_called_by_their_names() -> None:
    def cause(remedy: Words) -> Any:
        return said("evidence/in-cause", what=said("evidence/no-text"), remedy=remedy)

    save, do = said("evidence/do.save-text"), said("evidence/do.map")
    found = faults("file", Fault(0, cause(save), value="a.bin"), Fault(0, cause(do), value="b.csv"))
    refused = BadInput(said("evidence/none-recognised", count=2), "x.zip", do, found)
    lines = refused_lines(refused)
    assert lines[1:3] == ["  is no text: 'a.bin'", "  is no text: 'b.csv'"]
    assert lines[3:] == [f"  {save} (a.bin)"]
    assert str(lines).count("Any table comes in by a mapping") == 1
    told: Any = refusal(refused)["faults"]
    assert [each["remedy"] for each in told] == [str(save), str(do)]


def test_a_reason_without_a_remedy_stays_as_it_is() -> None:
    assert parted(TYPED) == (TYPED, "")
    assert parted("a name") == ("a name", "")
    assert bare(Fault(2, LIKE, "area")) == Fault(2, LIKE, "area")
