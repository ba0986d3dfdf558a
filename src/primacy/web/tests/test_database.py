from pathlib import Path

import pytest

from primacy.framework.instance import Instance
from primacy.places.errors import BadInput
from primacy.web import database as module
from primacy.web.database import database

HERE = Instance(Path("/srv/mission"))


def test_records_lie_in_the_instance_folder_unless_an_address_is_given():
    found = database(HERE, {})
    assert found["NAME"] == Path("/srv/mission/primacy.sqlite3")
    assert "WAL" in found["OPTIONS"]["init_command"]


ADDRESSES = [
    # what it shows                address                                               user, password, host, port, name
    ("a server",                   "postgresql://prim:a%40b@db.mission:5433/primacy",    ["prim", "a@b", "db.mission", "5433", "primacy"]),
    ("a socket of this machine",   "postgresql:///primacy?host=/run/postgresql",         ["", "", "/run/postgresql", "", "primacy"]),
    ("a socket and a user",        "postgres://prim@/primacy?host=/run/p&port=5433",     ["prim", "", "/run/p", "5433", "primacy"]),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "address", "parts"), ADDRESSES, ids=[each[0] for each in ADDRESSES])
def test_an_address_of_postgresql_is_taken_apart(shows, address, parts):
    found = database(HERE, {"PRIMACY_DATABASE_URL": address})
    assert [found[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == parts


def test_what_else_libpq_understands_is_handed_on():
    address = "postgresql://prim@db/primacy?sslmode=verify-full&sslrootcert=/etc/ca.pem"
    options = database(HERE, {"PRIMACY_DATABASE_URL": address})["OPTIONS"]
    assert (options["sslmode"], options["sslrootcert"]) == ("verify-full", "/etc/ca.pem")


@pytest.mark.parametrize(
    "address",
    ["mysql://x:hidden@h/y", "postgresql://u:hidden@host/", "hidden nonsense", "postgresql://u:hidden@h:port/n"],
)
def test_any_other_address_is_refused_with_its_form_and_not_quoted(address):
    with pytest.raises(BadInput, match="postgresql://") as refused:
        database(HERE, {"PRIMACY_DATABASE_URL": address})
    assert "hidden" not in str(refused.value)


def test_a_file_of_the_instance_may_say_it_which_only_its_owner_can_read(tmp_path):
    instance = Instance(tmp_path)
    instance.database_address.write_text("postgresql:///primacy\n")
    instance.database_address.chmod(0o640)
    with pytest.raises(BadInput, match="chmod 600"):
        database(instance, {})
    instance.database_address.chmod(0o600)
    assert database(instance, {})["NAME"] == "primacy"
    assert database(instance, {"PRIMACY_DATABASE_URL": "postgresql:///other"})["NAME"] == "other"


def test_without_the_driver_the_error_names_what_installs_it(monkeypatch):
    monkeypatch.setattr(module, "DRIVER", "a_driver_that_nobody_installed")
    with pytest.raises(BadInput, match="make install-postgres"):
        database(HERE, {"PRIMACY_DATABASE_URL": "postgresql:///primacy"})
