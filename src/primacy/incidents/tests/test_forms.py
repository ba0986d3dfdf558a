"""What the form of a field report takes."""

import pytest

from primacy.access.models import User
from primacy.incidents.forms import FieldReportForm

pytestmark = pytest.mark.django_db
LEVELS = [
    # what it shows                              protected   confidentiality   refused
    ("what is no secret",                        False,      1,                False),
    ("a protected source that others may read",  True,       1,                True),
    ("a protected source kept close",            True,       2,                False),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "protected", "level", "refused"), LEVELS, ids=[each[0] for each in LEVELS])
def test_a_source_that_must_be_protected_asks_for_confidential(
    shows: str, protected: bool, level: int, refused: bool
) -> None:
    writer = User.objects.create(username="writer", role="analyst")
    form = FieldReportForm({"source_protected": protected, "confidentiality": level}, viewer=writer)
    assert any("must be protected" in each for each in form.errors.get("confidentiality", [])) is refused
