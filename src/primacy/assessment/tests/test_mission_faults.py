"""What is wrong in a mission file beside its form: names that are not there, and what has no effect."""

from datetime import date
from pathlib import Path

import pytest

from primacy.assessment.checks.mission_faults import mission_faults
from primacy.framework import load, read_mission
from primacy.framework.mission import Mission
from primacy.places.areas import Area, Areas

TODAY = date(2026, 6, 30)
AREAS = Areas([Area("CAF", 0, "", {"en": "Centre"}), Area("CF71", 1, "CAF", {"en": "Bangui"})])
SIGNED = "signed: [planning, jmac], because: calm"
BASELINE = f"name: a, from: 2015-01-01, to: 2015-12-31, {SIGNED}"


def faults(folder: Path, content: str) -> dict[str, str]:
    (folder / "mission.yaml").write_text(f"country: CAF\n{content}\n", "utf-8")
    mission: Mission = read_mission(folder / "mission.yaml")
    return {each.field: f"{each.what}; {each.remedy}" for each in mission_faults(mission, load(), AREAS, TODAY)}


SOUND = f"""
capital: CF71
mandate: {{paragraphs: [{{number: 30, benchmarks: [O2, O5.S1], activities: [O2.A1]}}]}}
baselines: [{{{BASELINE}, benchmarks: [O2.M2], areas: [CF71]}}]
horizons: {{short: [2014-09-15, 2015-12-31], O2.M2: [2015-01-01, 2018-12-31]}}
events: {{polling_day: 2020-12-27, agreement: 2019-02-06}}
languages: [en, fr]
components: [police, planning]
set_aside: [{{benchmark: O2.L1, by: head of mission, on: 2026-01-12, because: another body does it}}]
"""


def test_a_sound_file_has_no_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, SOUND) == {}


FAULTS = [
    # what it shows                        what the file says                                                          field                              what is told
    ("set aside by nobody",                "set_aside: [{benchmark: O2.L1, by: '', on: 2026-01-12, because: ''}]",      "set_aside.0",                     "O2.L1 is not set aside: the decision does not say who took it"),
    ("set aside in the future",            "set_aside: [{benchmark: O2.L1, by: me, on: 2099-01-12, because: so}]",      "set_aside.0.on",                  "2099-01-12 has not come"),
    ("an event that nothing asks for",     "events: {poling_day: 2020-12-27}",                                         "events.poling_day",               "use for example polling_day"),
    ("a horizon back to front",            "horizons: {short: [2015-12-31, 2014-09-15]}",                              "horizons.short",                  "before it begins"),
    ("a horizon of nothing",               "horizons: {shorts: [2014-12-31, 2015-09-15]}",                             "horizons",                        "shorts is no benchmark"),
    ("complaints closed before the vote",  "events: {polling_day: 2020-12-27, complaints_closed: 2020-12-01}",         "events.complaints_closed",        "2020-12-01 lies before `polling_day` (2020-12-27)"),
    ("a transition over before agreed",    "events: {agreement: 2019-02-06}\nmandate: {end_of_transition: 2018-01-01}", "mandate.end_of_transition",       "lies before `agreement`"),
    ("an unknown capital",                 "capital: CF72",                                                            "capital",                         "CF72 is no area"),
    ("an unknown disputed area",           "disputed: [CF99]",                                                         "disputed",                        "CF99 is no area"),
    ("a level that the map lacks",         "report_level: 4",                                                          "report_level",                    "no level 4"),
    ("an unknown language",                "languages: [en, xx]",                                                      "languages",                       "there is no language xx here"),
    ("an unknown component",               "components: [polise]",                                                     "components",                      "polise is no component of the mission; use for example police"),
    ("an unknown activity",                "mandate: {paragraphs: [{number: '1', activities: [O2.A99]}]}",             "mandate.paragraphs.0.activities", "O2.A99 is no activity"),
    ("an unknown output",                  "mandate: {paragraphs: [{number: '1', benchmarks: [O9]}]}",                 "mandate.paragraphs.0.benchmarks", "O9 is no benchmark"),
    ("a norm that nothing reads",          "norms: {killings: 12}",                                                    "norms.killings",                  "no rule reads this norm"),
    ("a baseline of nothing",              f"baselines: [{{{BASELINE}, benchmarks: [O2.M99]}}]",                       "baselines.0.benchmarks",          "O2.M99 is no benchmark"),
    ("a baseline of nowhere",              f"baselines: [{{{BASELINE}, areas: [CF99]}}]",                              "baselines.0.areas",               "CF99 is no area"),
    ("a core benchmark twice",             "core: [O1.S1, O2.S1, O1.S1]",                                              "core",                            "names O1.S1 twice; leave it in once"),
    ("a member of a register twice",       "registers: {bound_actors: [front, union, front]}",                         "registers.bound_actors",          "names front twice"),
    ("two baselines of one name",          f"baselines: [{{{BASELINE}}}, {{{BASELINE}}}]",                             "baselines",                       "names a twice; give one of them another name"),
    ("a renewal before the start",         "mandate: {start: 2014-09-15, renewal: 2013-11-15}",                        "mandate.renewal",                 "ends (2013-11-15) before it begins (2014-09-15)"),
    ("a report before the start",          "mandate: {start: 2014-09-15, reports: [2015-01-01, 2014-01-01]}",           "mandate.reports.1",               "2014-01-01 lies before the mandate begins"),
    ("a core of nothing",                  "core: [O2.S99]",                                                           "core",                            "O2.S99 is no benchmark"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "content", "field", "says"), FAULTS, ids=[case[0] for case in FAULTS])
def test_a_fault_is_told_with_its_field_and_remedy(
    tmp_path: Path, shows: str, content: str, field: str, says: str
) -> None:
    found = faults(tmp_path, content)
    assert list(found) == [field]
    assert says in found[field]


@pytest.mark.parametrize(("code", "sound"), [("CAF", True), ("XXX", True), ("XOS", True), ("CAR", False)])
def test_a_country_is_one_of_the_list_or_for_practice(code: str, sound: bool) -> None:
    assert ([each.field for each in mission_faults(Mission(country=code), load())] == []) == sound
