"""Who is named in a text."""

import pytest

from primacy.work.naming import named_in, without_names

CASES = [
    ("one name", "@polly look", ["polly"]),
    ("each once, in their order", "@zoe and @amy, @zoe", ["zoe", "amy"]),
    ("a point after it ends the sentence", "ask @polly.", ["polly"]),
    ("names with signs", "@a.b-c_d+e", ["a.b-c_d+e"]),
    ("an address names nobody", "write to a@b.org", []),
    ("other scripts", "يا @علي انظر", ["علي"]),
    ("nobody", "@ and @@", []),
]


@pytest.mark.parametrize(("shows", "text", "names"), CASES, ids=[case[0] for case in CASES])
def test_names_in_a_text(shows: str, text: str, names: list[str]) -> None:
    assert named_in(text) == names
    assert not named_in(without_names(text))
