"""The check of a framework tells every fault at once, with file, line, field and remedy."""

from datetime import date
from pathlib import Path

import pytest

from primacy.assessment.checks.checking import check, check_all
from primacy.framework import Mission, load

SIGNED = "changed: {by: [planning, police], on: 2026-01-31, because: the mandate says so}\n"
CHANGED = """\
id: O2.M2
changed: {by: [planning, police], on: 2026-01-31, because: the mandate says so}
indicators:
  attacks-on-civilians: {kind: incident, measure: events, aggregate: rate}
"""


def overlay(folder: Path, content: str, name: str = "O2.M2.yaml") -> Path:
    (folder / name).write_text(content, "utf-8")
    return folder


def test_the_standard_framework_has_no_fault() -> None:
    assert check() == []


def test_a_sound_overlay_has_no_fault(tmp_path: Path) -> None:
    assert check(overlay(tmp_path, f"id: O2.M2\n{SIGNED}thresholds: {{fall: {{value: 30 %}}}}\n")) == []


def test_a_change_of_what_decides_has_no_effect_until_two_people_sign(tmp_path: Path) -> None:
    (problem,) = check(overlay(tmp_path, "id: O2.M2\ntitle: Less violence\nthresholds: {fall: {value: 30 %}}\n"))
    assert (problem.field, problem.line) == ("thresholds.fall.value", 3)
    assert "two people" in problem.what
    (problem,) = check(overlay(tmp_path, f"id: O2.M2\n{SIGNED.replace('police', 'planning')}"))
    assert (problem.field, problem.what) == ("changed.by", "needs two different people")


FAULTS = [
    # what it shows                     what is added to the file                                                         field                                what it says
    ("an unknown kind",                 "  x: {kind: weather, aggregate: sum}\n",                                         "indicators.x.kind",                 "no kind weather"),
    ("an unknown measure",              "  x: {kind: incident, measure: rain, aggregate: sum}\n",                         "indicators.x.measure",              "no measure rain"),
    ("effort that is none",             "  x: {kind: incident, aggregate: rate, effort: incident}\n",                     "indicators.x.effort",               "no kind of effort"),
    ("an unknown column",               "  x: {kind: incident, aggregate: sum, where: {colour: red}}\n",                  "indicators.x.where",                "colour is no column"),
    ("an unknown register",             "  x: {kind: seat, aggregate: share, register: chairs, pass: {value: '>= 1'}}\n", "indicators.x.register",             "no kind chairs"),
    ("of an indicator that is not there", "  x: {kind: incident, aggregate: share, of: y}\n",                             "indicators.x.of",                   "no indicator y"),
    ("questions that nobody combines",  "  x: {kind: survey, measure: share, aggregate: latest}\n",                       "indicators.x.aggregate",            "could read several questions"),
    ("a gap of nothing",                "  x: {kind: survey, measure: share, aggregate: gap}\n",                          "indicators.x",                      "`of` two indicators, or `between`"),
    ("a stage that is not there",       "  x: {kind: law, measure: stage, aggregate: distinct, pass: {stage: sung}}\n",   "indicators.x.pass.stage",           "sung is no stage"),
    ("a rule of an unknown indicator",  "rule: {falls: {indicator: nothing, by: fall, window: 12 months}}\n",             "rule.falls",                        "no indicator nothing"),
    ("a number that is no threshold",   "rule: {falls: {indicator: attacks-on-civilians, by: much, window: 12 months}}\n", "rule.falls.by",                    "much is neither a number nor a threshold"),
    ("after an unknown benchmark",      "rule: {after: [O9.S1], falls: {indicator: attacks-on-civilians, by: fall, window: 12 months}}\n", "rule.after",       "O9.S1 is no benchmark"),
    ("after itself",                    "rule: {after: [O2.M2], falls: {indicator: attacks-on-civilians, by: fall, window: 12 months}}\n", "rule.after",       "waits for itself"),
    ("a source that is not listed",     "thresholds: {fall: {source: hearsay}}\n",                                        "thresholds.fall.source",            "hearsay is not in the register"),
    ("published without a source",      "thresholds: {fall: {standard: true}}\n",                                         "thresholds.fall.standard",          "without a source"),
    ("beside an unknown benchmark",     "beside: [O9.S1]\n",                                                              "beside",                            "O9.S1 is no benchmark"),
    ("beside itself",                   "beside: [O2.M2]\n",                                                              "beside",                            "names the benchmark itself"),
    ("fewer than nobody asked",         "  x: {kind: survey, where: {item: q}, measure: share, aggregate: latest, enough: {n: -4}}\n", "indicators.x.enough", "does not say how many are enough"),
    ("enough of something else",        "  x: {kind: survey, where: {item: q}, measure: share, aggregate: latest, enough: {persons: 4}}\n", "indicators.x.enough", "does not say how many are enough"),
    ("more than all areas",             "  x: {kind: incident, aggregate: sum, areas: 140 %}\n",                          "indicators.x.areas",                "“140 %” is no part of all areas"),
    ("no source of a kind",             "  x: {kind: incident, aggregate: sum, sources: {survey: 0}}\n",                  "indicators.x.sources",              "is below 1"),
    ("told in days what is a share",    "  x: {kind: law, aggregate: share, register: areas, pass: {value: '>= 1'}, unit: days}\n", "indicators.x.unit",    "“days” is not what the indicator is measured in: a share"),
    ("told as a count what is by patrols", "  x: {kind: incident, aggregate: rate, effort: patrol-days, unit: events}\n",  "indicators.x.unit",                 "a rate by effort"),
    ("an alarm that is always false",   "reversal: [{alarm: {indicator: attacks-on-civilians, false_alarms: often}}]\n",  "reversal.0.alarm.false_alarms",     "“often” is no number of times a year"),
    ("an alarm that never rings",       "reversal: [{alarm: {indicator: attacks-on-civilians, false_alarms: 0 a year}}]\n", "reversal.0.alarm.false_alarms",   "above 0"),
    ("an unknown flag",                 "flags: {red flag: {rule: {exists: {indicator: attacks-on-civilians}}}}\n",       "flags",                             "red flag is no flag"),
    ("a number that is none",           "thresholds: {fall: {value: many}}\n",                                            "thresholds.fall.value",             "“many” is no number"),
    ("a fall by nothing",               "thresholds: {fall: {value: 0 %}}\n",                                             "thresholds.fall.value",             "is no change"),
    ("a fall that is a rise",           "thresholds: {fall: {value: -50 %}}\n",                                           "thresholds.fall.value",             "is no change"),
    ("a window of nothing",             "rule: {falls: {indicator: attacks-on-civilians, by: fall, window: 0 months}}\n", "rule.falls.window",                 "“0 months” is no length of time"),
    ("a day that does not exist",       "rule: {falls: {indicator: attacks-on-civilians, by: fall, window: 12 months, against: 2026-02-30}}\n", "rule.falls.against", "no event 2026-02-30"),
    ("scores of what nobody scores",    "  x: {kind: survey, where: {item: q}, measure: mean, aggregate: latest}\nrule: {scored: {indicator: x, at_least: 2}}\n", "rule.scored", "asks for the mean of what coders give"),
    ("areas of a survey",               "  x: {kind: survey, where: {item: q}, measure: share, aggregate: latest}\nrule: {covers: {indicator: x, at_least: 60 %}}\n", "rule.covers", "covers asks for what is so in an area"),
    ("an empty question",               "question: ' '\n",                                                                "question",                          "is empty"),
    ("nothing that misleads",           "misleads: ''\n",                                                                 "misleads",                          "is empty"),
    ("nothing to collect",              "collect: []\n",                                                                  "collect",                           "is empty"),
    ("nothing said to collect",         "collect: [{what: '', kind: incident, how: type it}]\n",                          "collect.0.what",                    "is empty"),
    ("a short name that is long",       "short: Violence against civilians and institutions\n",                           "short",                             "letters"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "added", "field", "says"), FAULTS, ids=[case[0] for case in FAULTS])
def test_a_fault_is_told_with_file_line_field_and_remedy(
    tmp_path: Path, shows: str, added: str, field: str, says: str
) -> None:
    found = [each for each in check(overlay(tmp_path, CHANGED + added)) if each.field == field]
    assert any(says in each.what for each in found)
    for problem in found:
        assert (problem.file, bool(problem.remedy)) == ("O2.M2.yaml", True)
        assert problem.line is not None
        assert 1 <= problem.line <= len((CHANGED + added).splitlines())


def test_all_faults_come_at_once_and_point_at_their_lines(tmp_path: Path) -> None:
    content = (
        CHANGED
        + "  x: {kind: weather, aggregate: sum}\nbeside: [O9.S1]\nshort: Violence against civilians and institutions\n"
    )
    found = {problem.field: problem.line for problem in check(overlay(tmp_path, content))}
    assert found == {"indicators.x.kind": 5, "beside": 6, "short": 7}


def test_a_fault_of_form_points_at_its_line_too(tmp_path: Path) -> None:
    (problem,) = check(overlay(tmp_path, f"id: O2.M2\n{SIGNED}horizon: soon\n"))
    assert (problem.file, problem.field, problem.line) == ("O2.M2.yaml", "horizon", 3)


def test_faults_of_form_and_of_meaning_come_together(tmp_path: Path) -> None:
    content = (
        CHANGED + "  x: {kind: weather, aggregate: sum}\n  y: {aggregate: total}\nhorizon: soon\nbeside: [O9.S1]\n"
    )
    found = {problem.field: problem.line for problem in check(overlay(tmp_path, content))}
    assert found == {"indicators.x.kind": 5, "indicators.y.aggregate": 6, "horizon": 7, "beside": 8}


def test_a_fault_of_form_hides_no_fault_of_meaning_beside_it(tmp_path: Path) -> None:
    content = """\
  x: {kind: weather, aggregate: sum, window: long}
rule:
  all:
    - falls: {indicator: attacks-on-civilians, by: fall, window: soon}
    - rises: {indicator: nothing, by: fall, window: 12 months}
    - k_of: {k: 1, of: [{ceases: {indicator: attacks-on-civilians, window: 12 months}}, {exists: {indicator: gone}}]}
"""
    found = [problem.field for problem in check(overlay(tmp_path, CHANGED + content))]
    assert sorted(found) == [
        "indicators.x.kind", "indicators.x.window", "rule.all.0.falls.window", "rule.all.1.rises",
        "rule.all.2.k_of.of.0.ceases.at_most", "rule.all.2.k_of.of.1.exists",
    ]  # fmt: skip


def test_a_fault_that_only_follows_from_another_is_not_told(tmp_path: Path) -> None:
    content = "  x: {kind: seat, register: seat, aggregate: share, pass: {colour: red}}\n"
    assert [each.field for each in check(overlay(tmp_path, CHANGED + content))] == ["indicators.x.pass"]


def test_a_field_written_twice_is_told_with_its_line(tmp_path: Path) -> None:
    content = f"id: O2.M2\n{SIGNED}thresholds: {{fall: {{value: 30 %}}}}\nthresholds: {{fall: {{unit: share}}}}\n"
    (problem,) = check(overlay(tmp_path, content))
    assert (problem.line, "`thresholds` stands twice" in problem.what) == (4, True)


def test_files_of_one_name_in_two_folders_both_count(tmp_path: Path) -> None:
    for folder, id in (("a", "O2.M2"), ("b", "O2.M3")):
        (tmp_path / folder).mkdir()
        overlay(tmp_path / folder, f"id: {id}\nbeside: [O9.S1]\n", name="changes.yaml")
    assert {(each.file, each.line) for each in check(tmp_path)} == {("a/changes.yaml", 2), ("b/changes.yaml", 2)}


def test_a_file_that_is_not_read_is_a_fault(tmp_path: Path) -> None:
    (problem,) = check(overlay(tmp_path, "id: O2.M2\n", name="O2.M2.yml"))
    assert (problem.file, problem.remedy) == ("O2.M2.yml", "call it O2.M2.yaml")


def test_a_confirmation_of_a_day_to_come_is_a_fault(tmp_path: Path) -> None:
    content = "id: O2.M2\nthresholds: {fall: {confirmed: {by: me, on: 2099-01-01, because: agreed}}}\n"
    (problem,) = check(overlay(tmp_path, content), today=date(2026, 6, 30))
    assert (problem.field, problem.line) == ("thresholds.fall.confirmed.on", 2)


SIGNERS = [
    # what it shows                       signed                                      fields              what it says
    ("nobody who is known",               "by: [foo, bar], on: 2026-01-31",           ["by.0", "by.1"],   "is no component"),
    ("a day that has not come",           "by: [planning, police], on: 2030-01-01",   ["on"],             "has not come"),
    ("components by id and title",        "by: [Planning, Head of Mission], on: 2026-01-31", [],          ""),
    ("two of one component, and a role",  "by: [planning (chief), 'planning: deputy', leader], on: 2026-01-31", [], ""),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "signed", "fields", "says"), SIGNERS, ids=[case[0] for case in SIGNERS])
def test_a_change_is_signed_by_somebody_known_on_a_day_that_has_come(
    tmp_path: Path, shows: str, signed: str, fields: list[str], says: str
) -> None:
    content = f"id: O2.M2\nchanged: {{{signed}, because: agreed}}\nthresholds: {{fall: {{value: 30 %}}}}\n"
    found = check(overlay(tmp_path, content), today=date(2026, 6, 30))
    assert [each.field for each in found] == [f"changed.{field}" for field in fields]
    assert all(says in each.what and each.line == 2 and each.remedy for each in found)


RISK = f"""\
id: O2.R90
{SIGNED}title: Talks stall
short: Talks stall
about: Nobody meets.
lead: political-affairs
benchmarks: [O2.M3]
answers: [O1.A1]
"""
SIGNS = [
    # what it shows              the sign                                                          field                  what it says
    ("an unknown benchmark",     "finding: {benchmark: O9.S1, status: [reversed]}",                "signs.0.finding",     "O9.S1 is no benchmark"),
    ("an unknown status",        "finding: {benchmark: O2.M3, status: [bad]}",                     "signs.0.finding",     "bad is no status"),
    ("a sign nobody defined",    "report: O2.S1/nothing",                                          "signs.0.report",      "no sign O2.S1/nothing"),
    ("a rule of nothing",        "rule: {share: {indicator: sessions, at_most: 20 %}}",            "signs.0.rule.share",  "no indicator sessions"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "sign", "field", "says"), SIGNS, ids=[case[0] for case in SIGNS])
def test_signs_of_risks_are_checked(tmp_path: Path, shows: str, sign: str, field: str, says: str) -> None:
    for language in ("ar", "fr"):
        (tmp_path / "locale" / language).mkdir(parents=True)
        (tmp_path / "locale" / language / "own.yaml").write_text("O2.R90: {short: ...}\n", "utf-8")
    content = RISK + f"signs: [{{id: quiet, text: Nobody meets, {sign}}}]\n"
    (problem,) = check(overlay(tmp_path, content, "risk.yaml"))
    assert (problem.file, problem.field) == ("risk.yaml", field)
    assert says in problem.what


def test_a_fault_of_signing_says_who_must_sign_and_where(tmp_path: Path) -> None:
    content = f"id: O2.M2\n{SIGNED.replace('police', 'Planning')}thresholds: {{fall: {{value: 30 %}}}}\n"
    (problem,) = check(overlay(tmp_path, content))
    assert (problem.field, problem.line) == ("changed.by", 2)
    assert problem.remedy.startswith("two different people who agree sign in this file under `changed`")


def test_a_remedy_is_told_once(tmp_path: Path) -> None:
    (problem,) = check(overlay(tmp_path, f"id: O2.M2\n{SIGNED}thresholds: {{fall: {{value: many}}}}\n"))
    assert str(problem).count("for example 12, 0.5 or 80 %") == 1


def test_a_remedy_names_the_three_nearest_of_many_and_where_all_stand(tmp_path: Path) -> None:
    (problem,) = check(overlay(tmp_path, f"{CHANGED}  x: {{kind: incidents, aggregate: sum}}\n"))
    assert problem.remedy.startswith("use for example incident, ")
    assert problem.remedy.endswith("; docs/reference/kinds.md lists all")
    assert len(problem.remedy.split(", ")) == 3


NEVER = [
    # what it shows                the rule
    ("more than the whole",        "share: {indicator: kept, at_least: 120 %}"),
    ("fewer than none",            "share: {indicator: kept, at_most: -5 %}"),
    ("a fall by all of it",        "falls: {indicator: attacks, by: 100 %, window: 12 months}"),
    ("more points than there are", "scored: {indicator: quality, at_least: 4}"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "rule"), NEVER, ids=[case[0] for case in NEVER])
def test_a_rule_that_no_data_can_meet_is_a_fault(tmp_path: Path, shows: str, rule: str) -> None:
    content = f"""\
id: O2.M2
{SIGNED}indicators:
  kept: {{kind: commitment, register: commitment, measure: kept, pass: {{value: ">= 1"}}, aggregate: share}}
  attacks: {{kind: incident, measure: events, aggregate: rate}}
  quality: {{kind: rubric, measure: score, aggregate: mean}}
rule: {{{rule}}}
"""
    (problem,) = check(overlay(tmp_path, content))
    assert "can never be met" in problem.what


def test_a_file_of_any_name_is_told_by_its_own_name(tmp_path: Path) -> None:
    (problem,) = check(overlay(tmp_path, "id: O2.M2\nbeside: [O9.S1]\n", name="our-changes.yaml"))
    assert (problem.file, problem.line) == ("our-changes.yaml", 2)


SAID = [
    "{kind: survey, where: {item: q7}, measure: share, aggregate: latest}",
    "{kind: survey, measure: share, aggregate: weakest}",
    "{kind: survey, measure: share, aggregate: mean}",
    "{kind: figure, measure: share, aggregate: latest}",
]


@pytest.mark.parametrize("indicator", SAID)
def test_an_indicator_that_says_which_question_counts_or_how_is_sound(tmp_path: Path, indicator: str) -> None:
    assert check(overlay(tmp_path, f"{CHANGED}  x: {indicator}\n")) == []


def test_questions_that_a_rule_goes_over_one_by_one_need_no_more(tmp_path: Path) -> None:
    rule = "rule: {each: {item: all, at_least: all}, believes: {indicator: x, at_least: 0.5}}\n"
    content = CHANGED + "  x: {kind: survey, measure: share, aggregate: latest}\n" + rule
    assert check(overlay(tmp_path, content)) == []


def test_a_retired_benchmark_leaves_no_fault_in_files_that_the_mission_cannot_edit(tmp_path: Path) -> None:
    assert check(overlay(tmp_path, f"id: O2.S1\n{SIGNED}retired: true\n")) == []


OWN_NUMBERS = [
    # what it shows                 whose     the mission's file                                              field                        what it says
    ("more than all of it",         "O2.M6",  "thresholds: {fall: {value: 120 %}}",                           "thresholds.fall.value",     "can never be met"),
    ("below nothing",               "O2.L1",  "thresholds: {inactive: {value: -3}}",                          "thresholds.inactive.value", "can never be met"),
    ("in another unit",             "O2.M3",  "thresholds: {held: {value: 70, unit: days}}",                  "thresholds.held.unit",      "held is days"),
    ("beyond its scale",            "O3.L7",  "thresholds: {press: {value: 130}}",                            "thresholds.press.value",    "lies beyond its scale"),
    ("beyond a scale in words",     "O4.M1",  "thresholds: {conformity: {value: 4}}",                         "thresholds.conformity.value", "lies beyond its scale"),
    ("a number that nothing reads", "O3.S1",  "thresholds: {nope: {value: 3, unit: share of x}}",             "thresholds.nope",           "decides nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "id", "added", "field", "says"), OWN_NUMBERS, ids=[case[0] for case in OWN_NUMBERS])
def test_a_bad_number_of_the_mission_is_told_in_its_own_file(
    tmp_path: Path, shows: str, id: str, added: str, field: str, says: str
) -> None:
    found = check(overlay(tmp_path, f"id: {id}\n{SIGNED}{added}\n", name="k3.yaml"))
    assert (field, True) in [(each.field, says in each.what) for each in found]
    assert {(each.file, each.line) for each in found} == {("k3.yaml", 3)}
    assert len(set(found)) == len(found)


def test_numbers_of_the_standard_that_another_rule_leaves_over_are_no_fault(tmp_path: Path) -> None:
    rule = "rule: {falls: {indicator: attacks-on-civilians, by: 30 %, window: 12 months}}\n"
    assert check(overlay(tmp_path, f"id: O2.M2\n{SIGNED}{rule}")) == []


NAMELESS = f"""\
id: WRITTEN
{SIGNED}title: Roads are open
short: Roads
horizon: short
lead: force
question: Are they?
reversal: []
indicators:
  roads: {{kind: roadz, measure: open, aggregate: share}}
rule: {{share: {{indicator: roads, at_least: 150 %}}}}
misleads: Much.
collect: [{{what: roads, kind: incident, how: look}}]
"""


@pytest.mark.parametrize("written", ["O6.X1", "O6.S1", "nonsense", "[1]"])
def test_a_file_without_a_good_id_is_looked_at_all_the_same(tmp_path: Path, written: str) -> None:
    found = check(overlay(tmp_path, NAMELESS.replace("WRITTEN", written), name="d.yaml"))
    fields = ["id", "indicators.roads", "indicators.roads.kind", "rule.share.at_least", "short", "short"]
    assert sorted(each.field for each in found) == fields
    assert {each.file for each in found} == {"d.yaml"}
    assert all(each.line for each in found)
    assert not any("9001" in f"{each.what} {each.remedy}" for each in found)


def test_one_fault_of_a_verb_does_not_hide_another(tmp_path: Path) -> None:
    rule = "rule: {falls: {indicator: nonexistent, by: 20 %, window: 3 fortnights, windows: 2}}\n"
    found = check(overlay(tmp_path, f"id: O2.M2\n{SIGNED}{rule}"))
    assert sorted(each.field for each in found) == ["rule.falls", "rule.falls.window", "rule.falls.windows"]


@pytest.mark.parametrize("id", ["O5.S6", "O1.M1"])
def test_a_benchmark_set_aside_leaves_nothing_to_mend(tmp_path: Path, id: str) -> None:
    """Risks and choices of the standard that tell of its signs (O5.S6) or of its standing (O1.M1) do without them."""
    assert check(overlay(tmp_path, f"id: {id}\n{SIGNED}retired: true\n")) == []


def test_a_fault_of_a_borrowed_indicator_is_told_once_where_it_stands(tmp_path: Path) -> None:
    content = f"id: O1.S2\n{SIGNED}indicators:\n  contacts: {{measure: evnts}}\n  counterparts-met: {{kind: contct}}\n"
    found = check(overlay(tmp_path, content, name="contacts.yaml"))
    assert {(each.file, each.field) for each in found} == {
        ("contacts.yaml", "indicators.contacts.measure"), ("contacts.yaml", "indicators.counterparts-met.kind"),
    }  # fmt: skip


def test_of_two_files_on_one_entry_each_is_told_by_its_name(tmp_path: Path) -> None:
    for name in ("O1.S1-again.yaml", "O1.S1.yaml"):
        overlay(tmp_path, "id: O1.S1\nshort: Known partners\n", name=name)
    (problem,) = check(tmp_path)
    assert problem.file == "O1.S1.yaml"
    assert "O1.S1-again.yaml" in problem.what


@pytest.mark.parametrize(
    ("shows", "content", "field"),
    [
        ("signs", "id: O2.R1\nsigns: [{id: a, text: t, report: O2.R1/a}, {id: a, text: u, report: O2.R1/b}]\n", "signs.1.id"),
        ("options", "id: O2.T1\noptions: [{id: a, title: t, for: [f], against: [g]}, {id: a, title: u, for: [f], against: [g]}]\n", "options.1.id"),
        ("reversal signs", "id: O2.M2\nreversal: [{sign: {id: a, text: t}}, {sign: {id: a, text: u}}]\n", "reversal.1.id"),
    ],
)  # fmt: skip
def test_two_of_one_id_cannot_be_told_apart(tmp_path: Path, shows: str, content: str, field: str) -> None:
    id, rest = content.split("\n", 1)
    assert [each.field for each in check(overlay(tmp_path, f"{id}\n{SIGNED}{rest}"))] == [field]


def test_a_list_that_the_mission_file_does_not_have_is_told(tmp_path: Path) -> None:
    shown = "kind: contact, by: target, pass: {events: '>= 1'}, window: 45 days, aggregate: share"
    content = f"id: O1.S2\n{SIGNED}indicators:\n  elders: {{register: mission.elders, {shown}}}\n"
    (problem,) = check(overlay(tmp_path, content), Mission(country="XXA"))
    assert (problem.field, problem.what) == ("indicators.elders.register", "the mission file has no elders")
    assert check(tmp_path, Mission(country="XXA", registers={"elders": ["one"]})) == []


def test_a_field_of_another_shape_is_told_in_plain_words(tmp_path: Path) -> None:
    content = "id: O2.M2\ntitle: 5\nquestion:\nwith: police\nelectoral: [observing]\n"
    found = {each.field: each.what for each in check(overlay(tmp_path, content.replace("\n", f"\n{SIGNED}", 1)))}
    assert (found["title"], found["question"]) == ("is no text", "is empty")
    assert found["with"] == "is no list"
    assert found["electoral.0"].startswith("“observing” is none of none, assistance")


def test_faults_of_meaning_in_the_mission_file_come_with_those_of_its_form(tmp_path: Path) -> None:
    mission = tmp_path / "mission.yaml"
    mission.write_text("country: CAR\nreport_level: low\ncore: [O9.S9]\nevents: {poling_day: 2020-12-27}\n", "utf-8")
    found = {each.field: each.line for each in check_all(tmp_path / "framework", mission)}
    assert found == {"report_level": 2, "core": 3, "events.poling_day": 4, "country": 1}


def test_a_change_with_a_faulty_signature_has_no_effect_and_stops_nothing(tmp_path: Path) -> None:
    signed = SIGNED.replace("police", "planning")
    content = f"id: O2.M2\n{signed}title: Less violence\nthresholds: {{fall: {{value: 30 %}}}}\n"
    framework = load(overlay(tmp_path, content))
    assert framework.benchmarks["O2.M2"].title == "Less violence"
    assert framework.benchmarks["O2.M2"].thresholds["fall"] == load().benchmarks["O2.M2"].thresholds["fall"]
    assert {(each.field, each.state) for each in framework.changes} == {
        ("title", "in force"),
        ("thresholds.fall.value", "unsigned"),
    }
    (problem,) = check(tmp_path)
    assert problem.field == "changed.by"
