from itertools import pairwise

import pytest

from primacy.access.rights import table

CASES = [
    # what it shows                              role             deed                 may    may know
    ("a reader reads findings",                  "reader",        "assessment.read",   True,  False),
    ("a reader runs no assessment, but knows",   "reader",        "assessment.run",    False, True),
    ("an analyst loads evidence",                "analyst",       "evidence.load",     True,  True),
    ("an analyst does not learn of people",      "analyst",       "people.manage",     False, False),
    ("an administrator manages people",          "administrator", "people.manage",     True,  False),
    ("an unknown role may do nothing",           "visitor",       "assessment.read",   False, False),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "role", "deed", "may", "may_know"), CASES, ids=[case[0] for case in CASES])
def test_the_table_says_who_may_do_what(shows, role, deed, may, may_know):
    assert table().allows(role, deed) is may
    assert table().may_know(role, deed) is may_know


def test_each_role_may_do_all_that_the_role_before_it_may():
    roles = list(table().roles)
    for lesser, greater in pairwise(roles):
        assert table().allowed(lesser) < table().allowed(greater)


def test_a_deed_that_the_table_does_not_name_is_an_error():
    with pytest.raises(KeyError):
        table().allows("administrator", "assessment.forge")
