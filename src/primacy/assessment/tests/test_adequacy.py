"""An indicator that asks for so much of the country, or for so many sources of a type, says nothing while it lacks them."""

from typing import Any

import pytest

from primacy.assessment.tests.building import EVERYTHING, SUBJECT, Judge, framework
from primacy.assessment.told.sentences import say_all

CONTACTS = {"kind": "contact", "measure": "events", "window": "6 months", "aggregate": "sum"}
SERVICES = {
    "kind": "presence", "register": "areas", "by": "area", "measure": "services", "pass": {"value": ">= 0.5"},
    "aggregate": "last",
}  # fmt: skip
MANY = {"reaches": {"indicator": "x", "at_least": 10}}
COVERS = {"covers": {"indicator": "x", "pass": {"value": ">= 0.5"}, "at_least": "25 %"}}
TWO_AREAS = {
    "kind": "contact", "monthly": ["2020-01..2026-06 events=9 area=XX01", "2020-01..2026-06 events=9 area=XX02"],
    "covers": [{"span": EVERYTHING, "areas": ["XX01"]}, {"span": EVERYTHING, "areas": ["XX02"]}],
}  # fmt: skip
EVERYWHERE = {"kind": "contact", "covers": EVERYTHING, "monthly": ["2020-01..2026-06 events=9 area=XX01"]}
ASKED = {
    "kind": "presence",
    "points": [f"2026-06-01 {name} services=0.9 area={area} grade=A1" for name, area in (("a", "XX01"), ("b", "XX02"))],
}
LONG_AGO = {"kind": "presence", "points": ["2015-06-01 c services=0.9 area=XX03 grade=A1"]}

CASES: list[tuple[str, dict[str, Any], dict[str, Any], list[dict[str, Any]], str, str | None]] = [
    # what it shows                                  indicator                                     rule    evidence                   status                     reason
    ("it asks for nothing",                          CONTACTS,                                     MANY,   [EVERYWHERE],              "met",                     None),
    ("a source that covers the country is enough",   {**CONTACTS, "areas": "100 %"},               MANY,   [EVERYWHERE],              "met",                     None),
    ("half of the areas where half is asked for",    {**SERVICES, "areas": "50 %"},                COVERS, [ASKED],                   "met",                     None),
    ("half of the areas where more is asked for",    {**SERVICES, "areas": "60 %"},                COVERS, [ASKED],                   "insufficient evidence",   "not covered"),
    ("what is too old is not known from there",      {**SERVICES, "areas": "60 %"},                COVERS, [ASKED, LONG_AGO],         "insufficient evidence",   "not covered"),
    ("one monitor where one is asked for",           {**CONTACTS, "sources": {"monitor": 1}},      MANY,   [{**EVERYWHERE, "source_type": "monitor"}], "met",    None),
    ("a producer alone where a monitor is asked for", {**CONTACTS, "sources": {"monitor": 1}},     MANY,   [EVERYWHERE],              "insufficient evidence",   "thin"),
    ("one monitor where two are asked for",          {**CONTACTS, "sources": {"monitor": 2}},      MANY,   [{**EVERYWHERE, "source_type": "monitor"}], "insufficient evidence", "thin"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("shows", "indicator", "rule", "evidence", "status", "reason"), CASES, ids=[case[0] for case in CASES]
)
def test_what_an_indicator_asks_for(
    judge: Judge, shows: str, indicator: dict[str, Any], rule: dict[str, Any], evidence: list[dict[str, Any]],
    status: str, reason: str | None,
) -> None:  # fmt: skip
    finding = judge({"indicators": {"x": indicator}, "rule": rule}, evidence)
    assert (finding.status, finding.reason) == (status, reason)


def test_what_is_lacking_is_said(judge: Judge) -> None:
    rules = {"indicators": {"x": {**SERVICES, "areas": "60 %"}}, "rule": COVERS}
    finding = judge(rules, [ASKED])
    said = say_all([finding.parts[0].sentence], framework=framework({SUBJECT: rules}))
    assert "something is known from 50 % of the areas of the report; 60 % is asked for" in said
    rules = {"indicators": {"x": {**CONTACTS, "sources": {"monitor": 1, "survey": 1}}}, "rule": MANY}
    said = say_all([judge(rules, [EVERYWHERE]).parts[0].sentence], "fr", framework=framework({SUBJECT: rules}))
    assert "Il manque\u00a0: observateurs, enquêtes" in said
