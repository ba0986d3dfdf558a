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


@pytest.mark.parametrize(("lesser", "greater"), list(pairwise(["reader", "analyst", "administrator"])))
def test_each_role_that_keeps_the_evidence_may_do_all_that_the_one_before_it_may(lesser, greater):
    assert table().allowed(lesser) < table().allowed(greater)


def test_the_view_of_the_leadership_is_theirs_alone():
    assert [role for role in table().roles if table().allows(role, "assessment.view")] == ["leader"]
    own = {
        "assessment.view",
        "assessment.sign-off",
        "sign.confirm",
        "framework.sign",
        "framework.confirm",
        "meeting.keep",
        "finding.discuss",
        "instance.lock-down",
        "access.vouch",
    }
    assert table().allowed("leader") == table().allowed("reader") | own


def test_a_duty_officer_reads_keeps_pages_and_releases_news_and_no_more():
    assert table().allowed("duty-officer") == table().allowed("reader") | {
        "meeting.keep",
        "flash.release",
        "finding.discuss",
        "instance.lock-down",
    }


def test_nobody_both_reports_a_sign_and_confirms_it():
    assert not [role for role in table().roles if {"sign.report", "sign.confirm"} <= table().allowed(role)]


def test_a_deed_that_the_table_does_not_name_is_an_error():
    with pytest.raises(KeyError):
        table().allows("administrator", "assessment.forge")
