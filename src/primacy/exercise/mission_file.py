"""The mission file of an exercise: mandate, baselines, horizons and dates, as its scenario has them."""

from collections.abc import Iterator
from datetime import date, timedelta
from heapq import merge
from itertools import count, takewhile
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
TALKS, IMPLEMENTED, VOTED, ENDED = (
    "talks on an agreement", "implementation of the agreement", "vote held, end of the transition ahead",
    "after the transition",
)  # fmt: skip
LEAVING, GONE = "departure of the mission", "after the departure of the mission"
ANNOUNCED = 24  # months before the last staff leave, in which it is known that they will
DISTRICTS = "Reach the districts without the state"
OBJECTIVES = {
    TALKS: ["An agreement that both movements sign", DISTRICTS, "A truce that civilians feel"],
    IMPLEMENTED: ["Keep both movements in the joint commission", DISTRICTS, "A vote that all sides can accept"],
    VOTED: ["Keep both movements in the joint commission", DISTRICTS, "Disputes about the vote settled by its rules"],
    ENDED: ["Keep both movements in the joint commission", DISTRICTS, "A government that those who lost can live with"],
    LEAVING: ["Say who takes over what, and what nobody takes over", "Leave no district without a warning",
              "Keep both movements in the joint commission"],
    GONE: ["An honest account of what will hold and what may not"],
}  # fmt: skip
"""What the leadership wants to reach at each stage of the process."""
COMPLAINTS, HANDOVER = 40, 75  # days after the vote


def mission(history: History, months: int) -> dict[str, Any]:
    """As plain data, at the end of so many months."""
    zero = month_index(history.first)
    scenario, country = history.scenario, history.country
    deployed, signed, vote = scenario.deployment, scenario.agreement, scenario.polling
    codes = actor_codes(country)
    polling = polling_day(history)
    today = last_day(zero + months - 1)
    renewal = next((day for day in _renewals(history) if day > today), None)
    next_on, next_ = next_milestone(history, today)
    now = stage(history, today)
    bound = ["government", codes["constructive"], codes["obstructing"]]
    return {
        "country": country.code,
        "name": f"Practice mission in {country.names['en']} (invented)",
        "mandate": {
            "resolution": "9999 (practice)",
            "start": first_day(zero + deployed),
            "renewal": renewal,
            "reports": [day for day in _reports(history, months) if day > today][:2],
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
            "stage": now,
            "next": next_,
            "next_on": next_on,
            "objectives": list(OBJECTIVES[now]),
        },
        "set_aside": [
            {"benchmark": "O3.L5", "by": "planning", "on": first_day(zero + deployed + 3),
             "because": "the mission ends before a second government can follow; the country team watches it"},
        ],
        "capital": country.provinces[0].capital_district,
        "report_level": 1,
        "practice_day": today,
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


def departure(history: History) -> date | None:
    """The day from which nobody of the mission is left, in a scenario in which it leaves."""
    gone = None
    for each in sorted(history.scenario.plan, key=lambda each: each.from_):
        gone = None if each.strength else each.from_ if gone is None else gone
    return None if gone is None else first_day(month_index(history.first) + gone)


def stage(history: History, today: date) -> str:
    """Where the process stands, and the mission in it, once a day is over."""
    leaves = departure(history)
    if leaves is not None and today >= leaves:
        return GONE
    if today < first_day(month_index(history.first) + history.scenario.agreement):
        return TALKS
    if today < polling_day(history):
        return IMPLEMENTED
    if today < end_of_transition(history):
        return VOTED
    told_to_leave = leaves is not None and month_index(leaves) - month_index(today) <= ANNOUNCED
    return LEAVING if told_to_leave else ENDED


def milestones(history: History) -> Iterator[tuple[date, str]]:
    """What the process brings and when, in the order of days and without an end: no day moves as time passes."""
    signed = first_day(month_index(history.first) + history.scenario.agreement)
    reviews = (
        (first_day(month_index(signed) + REVIEWED * year), "yearly review of the agreement") for year in count(1)
    )
    renewals = ((day, "renewal of the mandate") for day in _renewals(history))
    return merge(_once(history), reviews, renewals)


def next_milestone(history: History, today: date) -> tuple[date, str]:
    """The first that is still to come; of those of one month, one that comes once rather than one of each year, which
    would hide it from whoever looks at the end of each month."""
    ahead = ((day, what) for day, what in milestones(history) if day > today)
    first = next(ahead)
    month = month_index(first[0])
    in_it = [first, *takewhile(lambda each: month_index(each[0]) == month, ahead)]
    rare = _once(history)
    return next((each for each in in_it if each in rare), first)


def _once(history: History) -> list[tuple[date, str]]:
    """What comes once, in the order of days."""
    zero, vote, leaves = month_index(history.first), polling_day(history), departure(history)
    found = [
        (first_day(zero + history.scenario.agreement), "signature of the agreement"),
        (first_day(month_index(vote) - CAMPAIGN), "start of the election campaign"),
        (vote, "polling day"),
        (vote + timedelta(days=COMPLAINTS), "last ruling on election complaints"),
        (vote + timedelta(days=HANDOVER), "change of government"),
        (end_of_transition(history), "end of the transition"),
    ]
    return sorted(found if leaves is None else [*found, (leaves, "departure of the last staff")])


def _renewals(history: History) -> Iterator[date]:
    """Until the mission leaves: a mandate that ends with it is renewed no more."""
    deployed, leaves = month_index(history.first) + history.scenario.deployment, departure(history)
    days = (last_day(deployed + RENEWED * year - 1) for year in count(1))
    return days if leaves is None else takewhile(lambda day: day < leaves, days)


def _reports(history: History, months: int) -> list[date]:
    """Of each quarter, while there is a mission that reports."""
    zero, leaves = month_index(history.first), departure(history)
    days = [last_day(zero + month) for month in range(history.scenario.deployment + 2, months + 4, 3)]
    return [day for day in days if leaves is None or day < leaves]


def mission_of(history: History, months: int) -> Mission:
    """The same as rules read it."""
    return Mission.model_validate(mission(history, months))


def _baseline(
    name: str, first: date, last: date, signed: list[str], because: str, benchmarks: list[str] | None = None
) -> dict[str, Any]:
    told: dict[str, Any] = {"name": name, "from": first, "to": last, "signed": signed, "because": because}
    return told | ({"benchmarks": benchmarks} if benchmarks else {})
