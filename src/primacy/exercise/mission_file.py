"""The mission file of an exercise: mandate, baselines, horizons and dates, as its scenario has them."""

from collections.abc import Iterator
from datetime import date, timedelta
from heapq import merge
from itertools import count
from pathlib import Path
from typing import Any

from primacy.evidence.store.numbered_days import first_day, last_day, month_index
from primacy.exercise.ledger.happening import actor_codes
from primacy.exercise.world.simulating import History
from primacy.framework import Mission

OWN_BENCHMARKS = Path(__file__).parent / "own_benchmarks"
SIGNED = "2020-01-01"  # stands there for the day of the deployment
COMPONENTS = ["political-affairs", "civil-affairs", "human-rights", "force", "police", "electoral",
              "strategic-communications", "planning"]  # fmt: skip
CORE = ["O1.S1", "O1.S2", "O1.M1", "O1.L1", "O2.S1", "O2.S2", "O2.M2", "O2.M6", "O2.M3", "O2.L1", "O3.S1", "O3.S4",
        "O3.M1", "O4.S1", "O4.S2", "O4.M1", "O5.S1", "O5.S5", "O5.M1", "O5.M4"]  # fmt: skip
PREPARATIONS = ["O5.S5", "O5.S6", "O5.S7", "O5.S8"]  # the list, the voters' knowledge, security and money of the vote
BEFORE_THE_VOTE = 3  # months in which they are to be ready
CAMPAIGN = 2  # months before the vote, when parties may begin to ask for votes
RENEWED = REVIEWED = 12
COMPLAINTS, HANDOVER = 40, 75  # days after the vote


def mission(history: History, months: int) -> dict[str, Any]:
    """As plain data, at the end of so many months."""
    zero = month_index(history.first)
    scenario, country = history.scenario, history.country
    deployed, signed, vote = scenario.deployment, scenario.agreement, scenario.polling
    codes = actor_codes(country)
    polling = polling_day(history)
    renewal = next(day for day in _renewals(history) if day > last_day(zero + months - 1))
    next_on, next_ = next_milestone(history, last_day(zero + months - 1))
    bound = ["government", codes["constructive"], codes["obstructing"]]
    return {
        "country": country.code,
        "name": f"Practice mission in {country.names['en']} (invented)",
        "mandate": {
            "resolution": "9999 (practice)",
            "start": first_day(zero + deployed),
            "renewal": renewal,
            "reports": [last_day(zero + month) for month in range(deployed + 2, months + 4, 3) if month >= months][:2],
            "end_of_transition": end_of_transition(history),
            "electoral": "assistance",
            "paragraphs": [
                {"number": "7 (a)", "task": "Good offices and support to the peace process", "priority": True,
                 "benchmarks": ["O1", "O2", "O4"]},
                {"number": "7 (b)", "task": "Support to the extension of state authority and to institutions",
                 "benchmarks": ["O3"]},
                {"number": "7 (c)", "task": "Assistance to the general election", "priority": True,
                 "benchmarks": ["O5"]},
            ],
        },
        "baselines": [
            _baseline("the last year of the war", first_day(zero + signed - 14), last_day(zero + signed - 3),
                      ["planning", "political-affairs"], "the last full year of open fighting"),
            _baseline("the first year of the mission", first_day(zero + deployed), last_day(zero + deployed + 11),
                      ["planning", "jmac"], "guards against a baseline at the peak"),
            _baseline("the first year of monitoring", first_day(zero + signed), last_day(zero + signed + 11),
                      ["planning", "force"], "nobody verified violations before", ["O2.M6"]),
            _baseline("the first year with the host", first_day(zero + deployed), last_day(zero + deployed + 11),
                      ["planning", "political-affairs"], "nobody could refuse or trust a mission before", ["O1.M1"]),
        ],
        "horizons": {
            "short": [first_day(zero + deployed), last_day(zero + deployed + 17)],
            "medium": [first_day(zero + deployed + 6), last_day(zero + deployed + 47)],
            "long": [first_day(zero + deployed + 12), last_day(zero + deployed + 95)],
            **{id: [first_day(zero + deployed), last_day(zero + vote - BEFORE_THE_VOTE)] for id in PREPARATIONS},
        },
        "agreed_with": f"Government of {country.names['en']} and the signatory movements",
        "events": {
            "agreement": first_day(zero + signed),
            "polling_day": polling,
            "complaints_closed": polling + timedelta(days=COMPLAINTS),
            "change_of_government": polling + timedelta(days=HANDOVER),
        },
        "political_line": {
            "stage": "implementation of the agreement",
            "next": next_,
            "next_on": next_on,
            "objectives": ["Keep both movements in the joint commission", "Reach the districts without the state",
                           "A vote that all sides can accept"],
        },
        "set_aside": [
            {"benchmark": "O3.L5", "by": "planning", "on": first_day(zero + deployed + 3),
             "because": "the mission ends before a second government can follow; the country team watches it"},
        ],
        "capital": country.provinces[0].capital_district,
        "report_level": 1,
        "practice_day": last_day(zero + months - 1),
        "core": CORE,
        "components": COMPONENTS,
        "priority_counterparts": ["prime-ministry", "interior-ministry", "justice-ministry", "parliament",
                                  "election-commission", codes["constructive"], codes["obstructing"], "women-groups",
                                  "youth-groups", "gelmorath-elders"],
        "registers": {
            "bound_actors": bound,
            "actors_outside_scope": ["herder-militias", "farmer-militias"],
            "party_pairs": [f"government and {codes[each]}" for each in ("constructive", "obstructing")],
            "marginalised_groups": ["women-groups", "youth-groups", "civil-society", "gelmorath-elders"],
            "dialogue_groups": ["women-groups", "youth-groups", "civil-society", "unions", "religious-bodies",
                                "customary-chiefs", "displaced-people"],
            "constitution_groups": ["women-groups", "youth-groups", "customary-chiefs", "displaced-people",
                                    "civil-society"],
            "local_councils": [each.code for each in country.districts],
        },
    }  # fmt: skip


def own_benchmarks(history: History) -> Iterator[tuple[str, str]]:
    """Files of the mission's own benchmarks by their path in the overlay: it signed them as it was deployed."""
    deployed = first_day(month_index(history.first) + history.scenario.deployment)
    for path in sorted(OWN_BENCHMARKS.rglob("*.yaml")):
        yield path.relative_to(OWN_BENCHMARKS).as_posix(), path.read_text("utf-8").replace(SIGNED, deployed.isoformat())


def polling_day(history: History) -> date:
    return first_day(month_index(history.first) + history.scenario.polling) + timedelta(days=13)


def end_of_transition(history: History) -> date:
    return last_day(month_index(history.first) + history.scenario.polling + 3)


def milestones(history: History) -> Iterator[tuple[date, str]]:
    """What the process brings and when, in the order of days and without an end: no day moves as time passes."""
    zero, scenario, vote = month_index(history.first), history.scenario, polling_day(history)
    signed = first_day(zero + scenario.agreement)
    once = [
        (signed, "signature of the agreement"),
        (first_day(month_index(vote) - CAMPAIGN), "start of the election campaign"),
        (vote, "polling day"),
        (vote + timedelta(days=COMPLAINTS), "last ruling on election complaints"),
        (vote + timedelta(days=HANDOVER), "change of government"),
        (end_of_transition(history), "end of the transition"),
    ]
    reviews = (
        (first_day(month_index(signed) + REVIEWED * year), "yearly review of the agreement") for year in count(1)
    )
    renewals = ((day, "renewal of the mandate") for day in _renewals(history))
    return merge(sorted(once), reviews, renewals)


def next_milestone(history: History, today: date) -> tuple[date, str]:
    """The first that is still to come."""
    return next((day, what) for day, what in milestones(history) if day > today)


def _renewals(history: History) -> Iterator[date]:
    deployed = month_index(history.first) + history.scenario.deployment
    return (last_day(deployed + RENEWED * year - 1) for year in count(1))


def mission_of(history: History, months: int) -> Mission:
    """The same as rules read it."""
    return Mission.model_validate(mission(history, months))


def _baseline(
    name: str, first: date, last: date, signed: list[str], because: str, benchmarks: list[str] | None = None
) -> dict[str, Any]:
    told: dict[str, Any] = {"name": name, "from": first, "to": last, "signed": signed, "because": because}
    return told | ({"benchmarks": benchmarks} if benchmarks else {})
