import pytest

from primacy.access.rooms import modules_of_rooms

CASES = [
    # what it shows                              name                    some of what is found
    ("a module",                                 "tasks",                ["primacy.records.tasks", "primacy.jobs.tasks"]),
    ("a module within one, where that is a folder", "services.disposing", ["primacy.work.services.disposing"]),
    ("what no room has",                         "no_such_module",       []),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "name", "some"), CASES, ids=[each[0] for each in CASES])
def test_modules_of_one_name_are_found_in_every_room_that_has_one(shows: str, name: str, some: list[str]) -> None:
    found = [each.__name__ for each in modules_of_rooms(name)]
    assert [each for each in found if each in some] == some  # the uppermost room first
    assert all(each.startswith("primacy.") and each.endswith(f".{name}") for each in found)
