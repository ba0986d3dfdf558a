"""What holds of the logic whatever the evidence says, on rules and evidence drawn at random.

    nothing flips without a cause     what no rule reads, an echo of a report, the same release again change nothing;
                                      and where a rule holds by more of the same, more of it never makes it less sure
    order is irrelevant               of data points and of imports
    as-of is monotonic                what is known later never changes what was said with an earlier knowledge
    not known is never "no"           what is unknown decides only where it would decide the same whatever it were
    relabelling areas                 changes nothing but names
    splitting an area                 in two that add up changes nothing of the country

Others of this sort stand with what they are about: one more report of a law (`test_monotone.py`), better evidence for
each verb (`test_every_verb.py`), rows in another order and later rows for all 65 benchmarks (`test_every_benchmark.py`),
how beliefs combine (`test_belief.py`), which release counts (`test_knowledge.py`), attributions that add up
(`test_attributing.py`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from primacy.assessment.assessing import assess
from primacy.assessment.finding import Finding
from primacy.assessment.finding_json import as_tree
from primacy.assessment.front.overview import overview
from primacy.assessment.inputs import Inputs
from primacy.assessment.rules.belief import MET, UNLIKELY
from primacy.assessment.rules.expected_wrong import expected_wrong
from primacy.assessment.tests.building import AS_OF, KNOWN, country, framework, mission, store
from primacy.assessment.trends.trend import TrendModel
from primacy.evidence.store.store import Store
from primacy.places.areas import Area, Areas

Tree = dict[str, Any]
LETTERS, PROVINCES = ("a", "b", "c", "d"), ("XX01", "XX02", "XX03", "XX04")
IDS = tuple(f"O2.S{n}" for n in range(1, 9))
EVERYTHING = "2012-01-01 to 2026-06-30"
CHANCE = st.integers(0, 10**6).map(Random)
EXAMPLES = settings(max_examples=6, deadline=None, phases=(Phase.explicit, Phase.generate))


# ---- rules and evidence


def law(letter: str) -> Tree:
    where = {"category": f"law/{letter}"}
    return {"kind": "law", "where": where, "measure": "stage", "aggregate": "distinct", "pass": {"stage": "adopted"}}


INDICATORS: Tree = {
    **{letter: law(letter) for letter in LETTERS},
    "trust": {"kind": "survey", "measure": "share", "aggregate": "latest"},
}
LEAVES = st.one_of(
    st.sampled_from(LETTERS).map(lambda letter: {"exists": {"indicator": letter}}),
    st.integers(1, 4).map(
        lambda n: {"each": {"area": 1, "at_least": n}, "reaches": {"indicator": "trust", "at_least": "50 %"}}
    ),
)


def joined(rules: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    """Rules in which more of the same never makes the whole less sure."""
    several = st.lists(rules, min_size=2, max_size=3)
    return st.one_of(
        several.map(lambda of: {"all": of}),
        several.map(lambda of: {"any": of}),
        several.flatmap(lambda of: st.integers(1, len(of)).map(lambda k: {"k_of": {"k": k, "of": of}})),
    )


RISING = st.recursive(LEAVES, joined, max_leaves=5)
ANY_RULE = st.one_of(
    RISING,
    RISING.map(lambda rule: {"not": rule}),
    st.tuples(RISING, LEAVES).map(lambda both: {"all": [both[0], {"not": both[1]}]}),
    st.tuples(joined(LEAVES), LEAVES).map(lambda both: {**both[0], "veto": [both[1]]}),
    RISING.map(lambda rule: {"all": [rule, {"exists": {"indicator": "a"}}], "after": ["O2.S9"]}),
)
SAID = {
    "yes": "stage=4 grade=A1",
    "likely": "stage=4 grade=B2",
    "doubtful": "stage=4 grade=D3",
    "no": "stage=1 grade=A1",
}
SHARES = {"yes": 0.7, "likely": 0.51, "doubtful": 0.48, "no": 0.3}
UNKNOWN = "unknown"
FACTS = st.fixed_dictionaries({name: st.sampled_from([UNKNOWN, *SAID]) for name in (*LETTERS, *PROVINCES)})
Facts = Mapping[str, str]


def evidence(facts: Facts) -> list[Tree]:
    """Of each law a report, and of each province a share, where something is known of it."""
    laws = [
        f"2026-03-01 {each} {SAID[facts[each]]} category=law/{each} origin=one"
        for each in LETTERS
        if facts[each] != UNKNOWN
    ]
    asked = [
        f"2026-05-01 q share={SHARES[facts[each]]} se=0.02 area={each}" for each in PROVINCES if facts[each] != UNKNOWN
    ]
    return [{"kind": "law", "points": laws}, {"kind": "survey", "source_type": "survey", "points": asked}]


def benchmarks(rules: Sequence[Tree]) -> dict[str, Tree]:
    """Each rule as a benchmark of its own, and one that others wait for."""
    asked = {id: {"indicators": INDICATORS, "rule": rule} for id, rule in zip(IDS, rules, strict=False)}
    return {**asked, "O2.S9": {"indicators": INDICATORS, "rule": {"exists": {"indicator": "d"}}}}


def judged(model: TrendModel, rules: Sequence[Tree], of: Store | Sequence[Tree], areas: Areas | None = None,
           known: datetime = KNOWN, **fields: Any) -> list[Finding]:  # fmt: skip
    kept = of if isinstance(of, Store) else store(of)
    inputs = Inputs(framework(benchmarks(rules)), mission(**fields), kept, areas or country(), model)
    return list(assess(inputs, as_of=AS_OF, known=known).findings)


def trees(findings: Sequence[Finding]) -> list[Any]:
    return [as_tree(each) for each in findings]


def what_counts(findings: Sequence[Finding]) -> list[tuple[object, ...]]:
    """Status and certainty: what a reader takes from a finding, without how many reports there were."""
    return [(each.status, each.reason, each.probability, each.lower, each.flags) for each in findings]


# ---- nothing flips without a cause


@EXAMPLES
@given(st.lists(ANY_RULE, min_size=4, max_size=5), FACTS)
def test_what_no_rule_reads_changes_nothing_and_an_echo_or_the_same_release_again_make_nothing_surer(
    model: TrendModel, rules: list[Tree], facts: Facts
) -> None:
    laws, survey = evidence(facts)
    beside: list[Tree] = [
        {"kind": "law", "points": ["2026-06-01 z stage=1 category=law/z grade=A1"]},
        {"kind": "incident", "covers": EVERYTHING, "monthly": ["2024-01..2026-06 events=3 area=XX01"]},
        {"kind": "figure", "points": ["2026-06-01 f days=9 se=1"]},
    ]
    echoed = {**laws, "points": [*laws["points"], *(f"{line} source=radio" for line in laws["points"])]}
    first = {**survey, "data": "first", "lineage": "survey", "known": "2026-06-01"}
    again = {**survey, "data": "again", "lineage": "survey", "known": "2026-06-20"}
    once = judged(model, rules, [laws, first])
    assert trees(judged(model, rules, [laws, first, *beside])) == trees(once)
    assert what_counts(judged(model, rules, [echoed, first, again])) == what_counts(once)


@EXAMPLES
@given(st.lists(RISING, min_size=4, max_size=5), FACTS, st.data())
def test_more_that_holds_never_makes_the_whole_less_sure(
    model: TrendModel, rules: list[Tree], facts: Facts, data: st.DataObject
) -> None:
    order = ["no", "doubtful", "likely", "yes"]
    known = {name: said for name, said in facts.items() if said != UNKNOWN}
    better = {name: data.draw(st.sampled_from(order[order.index(said) :])) for name, said in known.items()}
    before = judged(model, rules, evidence(facts))
    for old, new in zip(before, judged(model, rules, evidence({**facts, **better})), strict=True):
        if old.probability is not None and new.probability is not None:
            assert new.probability >= old.probability
        assert not (old.status == "met" and new.status == "not met")


# ---- not known is never "no"


@EXAMPLES
@given(st.lists(ANY_RULE, min_size=4, max_size=6), FACTS, st.data())
def test_what_is_unknown_decides_only_where_it_would_decide_the_same_whatever_it_were(
    model: TrendModel, rules: list[Tree], facts: Facts, data: st.DataObject
) -> None:
    unknown = [name for name, said in facts.items() if said == UNKNOWN]
    mixed = data.draw(st.fixed_dictionaries({name: st.sampled_from(["yes", "no"]) for name in unknown}))
    fillings = [dict.fromkeys(unknown, "yes"), dict.fromkeys(unknown, "no"), mixed]
    filled = [judged(model, rules, evidence({**facts, **each})) for each in fillings]
    findings = judged(model, rules, evidence(facts))
    for number, finding in enumerate(findings):
        later = [each[number].probability for each in filled if each[number].status != "not yet applicable"]
        yes, no = ([sure(p) for p in later if p is not None] for sure in (lambda p: p >= MET, lambda p: p <= UNLIKELY))
        if finding.status == "not met":
            assert all(no)
        if finding.status == "met":
            assert all(yes)
        if any(yes) and any(no):
            assert finding.status == "insufficient evidence" or "unconfirmed veto" in finding.flags
    assert_counted_on_no_side(findings, rules)


def assert_counted_on_no_side(findings: Sequence[Finding], rules: Sequence[Tree]) -> None:
    """The figures of the front page are those without the findings that lack evidence."""
    known = [each for each in findings if each.status != "insufficient evidence"]
    asked, fields = framework(benchmarks(rules)), mission()
    page, without = overview(findings, [], asked, fields), overview(known, [], asked, fields)
    for status in ("met", "progressing", "no clear change", "not met", "reversed"):
        assert page.counts[status] == without.counts[status]
    assert page.counts["insufficient evidence"] == len(findings) - len(known)
    assert expected_wrong(findings) == expected_wrong(known) == page.wrong


# ---- order and knowledge


def releases(facts: Facts, chance: Random) -> list[Tree]:
    """The evidence in several releases: some replace others of the same source, some revise or take back, some came to
    be known on the same day."""
    found = []
    for number, each in enumerate([*evidence(facts), *evidence(facts)]):
        lines = [
            f"{line} record={place % 3} revision={chance.randint(1, 3)} known=2026-0{chance.randint(3, 6)}-15"
            for place, line in enumerate(each["points"])
        ]
        if number == 2:
            lines += [f"2026-03-01 {letter} withdrawn=1 record={chance.randint(0, 2)} revision=4" for letter in "ab"]
        known = f"2026-0{chance.choice([3, 4, 4, 5])}-01"
        covers = chance.choice([None, EVERYTHING])
        found.append({**each, "data": f"release {number}", "lineage": f"source {chance.randint(1, 3)}", "known": known,
                      "points": chance.sample(lines, len(lines)), "covers": covers})  # fmt: skip
    return found


@EXAMPLES
@given(st.lists(ANY_RULE, min_size=4, max_size=5), FACTS, st.randoms(use_true_random=False), st.integers(60, 180))
def test_order_is_irrelevant_and_what_becomes_known_later_never_changes_what_was_said_before(
    model: TrendModel, rules: list[Tree], facts: Facts, chance: Random, day: int
) -> None:
    whole, then = store(releases(facts, chance)), datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day)
    rows, versions = whole._given, whole.versions()
    assert rows is not None
    said = trees(judged(model, rules, whole, known=then))
    order = chance.sample(range(rows.num_rows), rows.num_rows)
    days = chance.sample(sorted({each.known for each in versions}), len({each.known for each in versions}))
    listed = sorted(
        versions, key=lambda each: days.index(each.known)
    )  # of one moment the one that was read later counts
    other = Store.in_memory(rows.take(pa.array(order, pa.int64())), listed)
    assert trees(judged(model, rules, other, known=then)) == said
    early = [each for each in versions if each.known <= then]
    ids = {each.id for each in early}
    of_rows = zip(rows["known"].to_pylist(), rows["dataset"].to_pylist(), strict=True)
    kept = [known <= then and dataset in ids for known, dataset in of_rows]
    before = Store.in_memory(rows.filter(pa.array(kept, pa.bool_())), early)
    assert trees(judged(model, rules, before, known=then)) == said


# ---- areas


PEOPLE = {"XX01": 400_000.0, "XX02": 300_000.0, "XX03": 200_000.0, "XX04": 100_000.0}
CALM = "falls: {indicator: attacks, by: 20 %, window: 12 months}"
OF_AREAS = {
    "O2.S1": f"{{indicators: {{attacks: &a {{kind: incident, measure: events, aggregate: sum}}}}, rule: {{{CALM}}}}}",
    "O2.S2": "{indicators: {calm: {kind: incident, measure: events, aggregate: sum, window: 12 months}},"
             " rule: {reaches: {indicator: calm, at_most: 200}}}",
    "O2.S3": "{indicators: {officials: {kind: presence, register: areas, by: area, measure: days_at_post,"
             " pass: {value: '>= 15'}, aggregate: share}},"
             " rule: {covers: {indicator: officials, at_least: 60 %, weight: population}}}",
    "O2.S4": "{indicators: {trust: {kind: survey, measure: share, aggregate: latest}},"
             " rule: {each: {area: 1, at_least: 60 %, weight: population}, reaches: {indicator: trust, at_least: 50 %}}}",
}  # fmt: skip
POSTS = [f"days_at_post={days} grade={grade}" for days in (3, 20) for grade in ("A1", "B2", "C3")]
BY_AREA = {
    **OF_AREAS,
    "O2.S5": "{indicators: {attacks: {kind: incident, measure: events, aggregate: sum}},"
             " rule: {each: {area: 1, at_least: 2}, rises: {indicator: attacks, by: 20 %, window: 12 months}}}",
}  # fmt: skip


def of_areas(codes: Mapping[str, str], people: Mapping[str, float]) -> Areas:
    """Four provinces in a row under other codes, their people, and no finer areas."""
    row = [codes[each] for each in PROVINCES]
    areas = [Area("XX", 0, "", {"en": "Ostara"}), *(Area(code, 1, "XX", {"en": code}) for code in people)]
    beside = {code: [row[n] for n in (at - 1, at + 1) if 0 <= n < 4] for at, code in enumerate(row)}
    return Areas(areas, dict(people), beside)


def told_of(model: TrendModel, rules: Mapping[str, str], of: Sequence[Tree], areas: Areas) -> list[Finding]:
    inputs = Inputs(framework(rules), mission(capital="XX04"), store(of), areas, model)
    return list(assess(inputs, as_of=AS_OF, known=KNOWN).findings)


def of_provinces(chance: Random) -> list[Tree]:
    """Attacks, officials and trust in each province. No two are equally sure, because of equals the first is named."""
    attacks, posts, trust = [], [], []
    states, shares = chance.sample(POSTS, len(PROVINCES)), chance.sample(range(45, 57), len(PROVINCES))
    for area, post, share in zip(PROVINCES, states, shares, strict=True):
        attacks.append(f"2021-07..2025-06 events={chance.randint(1, 9)},{chance.randint(1, 9)} area={area}")
        attacks.append(f"2025-07..2026-06 events={chance.randint(0, 9)},{chance.randint(2, 12)} area={area}")
        posts.append(f"2026-06-01 post {post} area={area}")
        trust.append(f"2026-05-01 q share={share / 100} se=0.05 area={area}")
    return [
        {"kind": "incident", "covers": EVERYTHING, "monthly": attacks},
        {"kind": "presence", "source_type": "register", "points": posts},
        {"kind": "survey", "source_type": "survey", "points": trust},
    ]


def renamed(of: Any, codes: Mapping[str, str]) -> Any:
    """The same with other codes of areas, whose lists stand in their own order."""
    if isinstance(of, Mapping):
        return {codes.get(key, key): renamed(each, codes) for key, each in of.items()}
    if isinstance(of, (list, tuple)):
        found = [renamed(each, codes) for each in of]
        names = all(isinstance(each, str) and each in PROVINCES for each in found)
        areas = all(isinstance(each, Mapping) and "area" in each for each in found)
        series = all(isinstance(each, list) and each and each[0] in (*PROVINCES, *codes.values()) for each in found)
        if series and not names:  # of a chart, area by area
            return sorted(found, key=lambda each: str(each[0]))
        return sorted(found) if names else sorted(found, key=lambda each: each["area"]) if areas else found
    if not isinstance(of, str):
        return of
    return " ".join(f"area={codes[word[5:]]}" if word[5:] in codes else codes.get(word, word) for word in of.split(" "))


@EXAMPLES
@given(st.permutations(PROVINCES), CHANCE)
def test_areas_under_other_codes_change_nothing_but_names(model: TrendModel, other: list[str], chance: Random) -> None:
    codes, plain = dict(zip(PROVINCES, other, strict=True)), dict(zip(PROVINCES, PROVINCES, strict=True))
    told = of_provinces(chance)
    before = told_of(model, BY_AREA, told, of_areas(plain, PEOPLE))
    people = {codes[each]: PEOPLE[each] for each in PROVINCES}
    after = told_of(model, BY_AREA, renamed(told, codes), of_areas(codes, people))
    back = {new: old for old, new in codes.items()}
    assert [renamed(each, back) for each in trees(after)] == [renamed(each, plain) for each in trees(before)]


@EXAMPLES
@given(CHANCE, st.floats(0.1, 0.9))
def test_an_area_split_in_two_that_add_up_changes_nothing_of_the_country(
    model: TrendModel, chance: Random, share: float
) -> None:
    told = of_provinces(chance)
    plain = dict(zip(PROVINCES, PROVINCES, strict=True))
    whole = told_of(model, OF_AREAS, told, of_areas(plain, PEOPLE))
    people = {**PEOPLE, "XX01": 400_000.0 * share, "XX05": 400_000.0 * (1.0 - share)}
    halves = told_of(model, OF_AREAS, [split(each, chance) for each in told], of_areas(plain, people))
    for one, other in zip(whole[:2], halves[:2], strict=True):
        assert as_tree(of_the_country(one)) == as_tree(of_the_country(other))
    for one, other in zip(whole[2:], halves[2:], strict=True):
        assert (one.status, one.probability, one.flags) == (other.status, other.probability, other.flags)
        assert one.numbers["value"] == pytest.approx(other.numbers["value"])


def of_the_country(finding: Finding) -> Finding:
    charts = tuple(replace(each, areas=()) for each in finding.charts)
    return replace(finding, data_points=0, areas=(), charts=charts)


def split(told: Tree, chance: Random) -> Tree:
    """The first province becomes two: its events are shared out at random, its states and estimates hold of both."""
    found = dict(told)
    for name in ("points", "monthly"):
        lines = []
        for line in told.get(name, ()):
            if "area=XX01" not in line:
                lines.append(line)
            elif name == "points":
                lines += [line, line.replace("XX01", "XX05").replace(" post ", " other ")]
            else:
                lines += shared_out(line, chance)
        if name in told:
            found[name] = lines
    return found


def shared_out(line: str, chance: Random) -> list[str]:
    span, events, _ = line.split(" ")
    values = [int(each) for each in events.removeprefix("events=").split(",")]
    first = [chance.randint(0, each) for each in values]
    parts = {"XX01": first, "XX05": [all_ - some for all_, some in zip(values, first, strict=True)]}
    return [f"{span} events={','.join(map(str, of))} area={code}" for code, of in parts.items()]
