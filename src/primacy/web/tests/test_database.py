from pathlib import Path

import pytest

from primacy.framework.instance import Instance
from primacy.web.database import database

HERE = Instance(Path("/srv/mission"))


def test_records_lie_in_the_instance_folder_unless_an_address_is_given():
    found = database(HERE, {})
    assert found["NAME"] == Path("/srv/mission/primacy.sqlite3")
    assert "WAL" in found["OPTIONS"]["init_command"]


def test_an_address_of_postgresql_is_taken_apart():
    found = database(HERE, {"PRIMACY_DATABASE_URL": "postgresql://prim:a%40b@db.mission:5433/primacy"})
    assert [found[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "prim", "a@b", "db.mission", "5433", "primacy",
    ]  # fmt: skip


@pytest.mark.parametrize("address", ["mysql://x/y", "postgresql://host/", "nonsense"])
def test_any_other_address_is_refused_with_its_form(address):
    with pytest.raises(ValueError, match="postgresql://"):
        database(HERE, {"PRIMACY_DATABASE_URL": address})
