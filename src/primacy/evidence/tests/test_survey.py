"""Surveys: answers with their design become estimates and nothing else; a table of estimates goes through."""

import csv
import gzip
import shutil
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from primacy.evidence.bringing.formats import Reading, Task
from primacy.evidence.bringing.importing import import_files
from primacy.evidence.errors import BadInput, Refused
from primacy.evidence.importers import survey
from primacy.evidence.mapped.no_answers import perhaps_no_answers
from primacy.evidence.mapped.survey_design import WEIGHTED, design_file
from primacy.evidence.mapped.survey_design_files import read_design
from primacy.evidence.mapped.survey_drafting import draft_design, open_points
from primacy.evidence.store.store import Store
from primacy.framework.instance import Instance
from primacy.framework.yaml_files import read_yaml
from primacy.places.areas import Areas
from primacy.places.files.files import Source, sources

TODAY = date(2026, 1, 1)
Write = Callable[[str, str], Path]
DESIGN = """
survey: perceptions
date: 2024-03-01
until: 2024-03-20
wave: 2024
country: XX
producer: Statistics office
weight: w
missing: ["99"]
area: {column: district}
groups: {sex: {column: q2, values: {Women: f, Men: m}}}
questions:
  trust: {column: q14, category: survey/trust-in-government, share: [Yes, Rather yes]}
"""


def answers(*groups: tuple[int, str, str, str], weight: str = "1") -> str:
    """(how many, district, sex, answer)"""
    lines = [f"{weight},{place},{sex},{answer}" for count, place, sex, answer in groups for _ in range(count)]
    return "\n".join(["w,district,q2,q14", *lines]) + "\n"


EVEN = answers((20, "District 1", "Women", "Yes"), (20, "District 1", "Men", "No"), (20, "District 2", "Women", "No"),
               (20, "District 2", "Men", "Yes"))  # fmt: skip


@pytest.fixture
def read(write: Write) -> Callable[..., tuple[list[dict[str, Any]], Reading]]:
    def done(
        text: str, design: str = DESIGN, *, areas: Areas | None = None, country: str = ""
    ) -> tuple[list[dict[str, Any]], Reading]:
        write("answers.design.yaml", design)
        reading = survey.read(next(sources(write("answers.csv", text))), Task(areas or Areas(), country, TODAY))
        tables = list(reading.batches)
        return (pa.concat_tables(tables).to_pylist() if tables else []), reading

    return done


Read = Callable[..., tuple[list[dict[str, Any]], Reading]]


def test_estimates_by_country_area_and_group(read: Read, areas: Areas) -> None:
    rows, _ = read(EVEN, areas=areas)
    told = {(row["area"], row["level"], row["group"]): (row["value"], row["n"]) for row in rows}
    assert told == {
        ("XX", 0, ""): (0.5, 80), ("XX11", 2, ""): (0.5, 40), ("XX12", 2, ""): (0.5, 40),
        ("XX", 0, "sex=f"): (0.5, 40), ("XX", 0, "sex=m"): (0.5, 40),
    }  # fmt: skip
    first = rows[0]
    assert (first["kind"], first["item"], first["category"], first["wave"], first["measure"]) == (
        "survey", "perceptions/trust", "survey/trust-in-government", "2024", "share",
    )  # fmt: skip
    assert (first["date"], first["until"], first["note"]) == (date(2024, 3, 1), date(2024, 3, 20), "design effect 1.00")
    assert first["se"] == pytest.approx((0.25 / 79) ** 0.5)


def test_weights_count(read: Read) -> None:
    text = answers((10, "", "Women", "Yes"), weight="3") + answers((30, "", "Men", "No")).partition("\n")[2]
    rows, _ = read(text)
    assert [row["value"] for row in rows if not row["group"]] == [0.5]


def test_no_answer_is_outside(read: Read) -> None:
    rows, _ = read(
        answers(
            (15, "", "Women", "Yes"),
            (15, "", "Men", "Rather yes"),
            (10, "", "Men", "99"),
            (10, "", "Men", ""),
            (10, "", "Men", "No"),
        )
    )
    assert [(row["value"], row["n"]) for row in rows if not row["group"]] == [(0.75, 40)]


def test_few_are_not_told_nor_what_would_give_them_away(read: Read) -> None:
    rows, reading = read(answers((50, "", "Women", "Yes"), (4, "", "Men", "No")))
    assert [(row["group"], row["n"]) for row in rows] == [("", 54)]
    assert "not told: 1 estimates from fewer than 10 respondents, and 1 that would give them away" in map(
        str, reading.notes
    )


def test_rare_answers_are_not_told(read: Read) -> None:
    design = DESIGN.replace("share: [Yes, Rather yes]", "each: true")
    rows, _ = read(
        answers((30, "", "", "Yes"), (30, "", "", "No"), (20, "", "", "Perhaps"), (1, "", "", "My name is")), design
    )
    assert {row["item"] for row in rows} == {"perceptions/trust/no", "perceptions/trust/yes"}


def test_the_weights_may_be_missing_with_a_reason(read: Read) -> None:
    design = DESIGN.replace("weight: w", "weight: none\nunweighted: they were not published.")
    _, reading = read(EVEN, design)
    assert "without weights (they were not published): the figures hold for those who were asked" in map(
        str, reading.notes
    )


def test_respondents_of_one_number_count_once(read: Read) -> None:
    rows, reading = read(EVEN.replace("w,", "w,", 1), DESIGN + "respondent: w\n")
    assert not rows  # all have the number 1, of which one line counts
    assert reading.faults.count
    assert not any("Yes" in str(fault) for fault in reading.faults)


def test_a_fault_never_says_what_a_respondent_said(read: Read) -> None:
    text = EVEN + "Somebody said so,District 1,Women,Yes\n,District 1,Women,Yes\n"
    rows, reading = read(text)
    assert [str(fault) for fault in reading.faults] == ["w is no number", "w is empty"]
    assert rows[0]["n"] == 80


def test_places_that_are_none_count_for_the_country(read: Read, areas: Areas) -> None:
    _, reading = read(EVEN.replace("District 2", "Nowhere at all"), areas=areas)
    assert reading.locator.found.not_found == {"Nowhere at all": 40}


WRONG = [
    ("no questions", DESIGN.partition("questions:")[0] + "questions: {}\n", "questions"),
    ("an unknown field", DESIGN + "waves: 3\n", "waves"),
    ("no reason for no weights", DESIGN.replace("weight: w", "weight: none"), "unweighted"),
    ("two ways", DESIGN.replace("share:", "mean: true, share:"), "one of share, each and mean"),
    ("every answer counts", DESIGN.replace("[Yes, Rather yes]", "[Yes, No]"), "line 13.*share lists every answer"),
    ("an open question", DESIGN.replace("Statistics office", "ASK"), "line 7: producer is still a question"),
    ("one of an older draft", DESIGN.replace("Statistics office", "FILL IN"), "producer is still a question"),
    ("a cell of nothing", DESIGN + "cells: [[age]]\n", "names age, which is neither"),
    ("fewer than can be safe", DESIGN + "least: 1\n", "least"),
    ("broken", "survey: [", "broken YAML"),
    ("a bomb", "a: &a [1]\nb: [*a, *a]\n", "names for parts"),
    ("a column that is not there", DESIGN.replace("q14", "q15"), "q15"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "design", "says"), WRONG, ids=[case[0] for case in WRONG])
def test_a_design_that_is_wrong_is_refused(read: Read, shows: str, design: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        read(EVEN, design)


def test_all_faults_of_a_design_are_told_at_once_with_place_and_remedy(read: Read) -> None:
    design = """
survey: two words
date: in spring
country: XX
weight: none
groups: {sex: {column: q2}}
cells: [[age]]
least: few
waves: 3
questions:
  trust: {column: q14, category: trust, share: Yes}
  fear: {column: q15}
"""
    with pytest.raises(BadInput, match=r"line 2: has 9 faults, the first: survey is a short name") as caught:
        read(EVEN, design)
    told = {(each.line, each.field, str(each.reason).partition(":")[0]) for each in caught.value.faults}
    assert told == {
        (2, "survey", "is a short name of letters, digits, points and hyphens, without spaces"),
        (3, "date", "is a day such as 2024-03-01"),
        (5, "weight", "is none"),
        (7, "cells.1", "names age, which is neither a group nor `area` (known"),
        (8, "least", "is a number of respondents, 5 or more"),
        (9, "waves", "is not a field that exists here"),
        (11, "questions.trust.category", "begins with survey/ and has no spaces, such as survey/trust-in-government"),
        (11, "questions.trust.share", "is a list of the answers that count, such as `[Yes, Rather yes]`"),
        (12, "questions.fear", "says not one of share, each and mean"),
    }


def test_a_draft_asks_what_nobody_can_know(write: Write, read: Read) -> None:
    draft = draft_design(Source(write("x.csv", EVEN)))
    with pytest.raises(BadInput, match="has 5 open questions") as caught:
        read(EVEN, draft)
    asked = [each.field for each in caught.value.faults]
    assert asked == ["date", "until", "country", "producer", "questions.q14.share"]
    assert any("which answers count" in each for each in open_points(draft))


@pytest.mark.parametrize(("language", "asked"), [("fr", "quelles réponses comptent"), ("ar", "أي الأجوبة تُحسب")])
def test_a_draft_asks_in_the_language_of_its_reader(write: Write, read: Read, language: str, asked: str) -> None:
    source = Source(write("x.csv", EVEN))
    draft = draft_design(source, language)
    assert read_yaml(draft) == read_yaml(draft_design(source))
    assert asked in open_points(draft, language)[-1]
    with pytest.raises(BadInput, match="has 5 open questions"):
        read(EVEN, draft)


ANSWERS = [  # columns, whether they are those of answers of a sample
    ("Respondent,Region,Village,trust,sex,weight", True),
    ("répondant,préfecture,village,confiance,sexe,poids", True),
    ("hhid,district,food score,pweight", True),
    ("رقم المستجيب,المحافظة,الثقة,الوزن", True),
    ("Date,District,Women,Week,Case", False),
    ("Date,District,household,killed", False),
    ("Date,Region,Item,weight", False),
    ("school,api00,pw,fpc", True),
    ("school,district,api00,pw,fpc1,fpc2", True),
    ("weight,stratum,psu,qn8", True),
    ("الثقة,الوزن,الطبقة", True),
    ("County,Bush,Kerry,wt", False),
    ("Date,Cluster,weight", False),
]


@pytest.mark.parametrize(("columns", "answers"), ANSWERS)
def test_answers_are_known_by_who_answered_and_a_weight(write: Write, columns: str, answers: bool) -> None:
    assert survey.lacks_design(Source(write("file.csv", f"{columns}\n"))) is answers


def test_answers_without_a_design_are_refused_with_what_is_missing(write: Write, instance: Instance) -> None:
    path = write("form.csv", "q1,q2,q3,q4,q5,q6\n" + "Yes,No,Yes,No,Yes,No\n" * 3)
    with pytest.raises(Refused, match=r"its design is missing.*form\.design\.yaml"):
        import_files([path], instance=instance)
    assert not Store(instance.evidence).versions()


def test_a_draft_has_what_the_columns_tell_and_no_free_text(write: Write) -> None:
    rows = "".join(
        f"1.{n},North,{'Women' if n % 2 else 'Men'},{'Yes' if n % 3 else 'No'},Story number {n}\n" for n in range(30)
    )
    draft = draft_design(Source(write("x.csv", "weight,region,sex,q1,q2\n" + rows)))
    said = read_yaml(draft)
    assert (said["weight"], said["area"], said["groups"]) == (
        "weight",
        {"column": "region"},
        {"sex": {"column": "sex"}},
    )
    assert said["questions"] == {"q1": {"column": "q1", "share": "ASK"}}
    assert 'Of ["Yes", "No"]' in draft
    assert "Story" not in draft


@pytest.mark.parametrize(("column", "weighs"), [
    ("pw", True), ("weight_final", True), ("poids", True), ("pondération", True), ("الوزن", True), ("W1", True), ("hh_weight", True),
    ("Women", False), ("West", False), ("Water", False), ("weight_kg", False), ("q1", False),
])  # fmt: skip
def test_a_column_of_weights_says_so(column: str, weighs: bool) -> None:
    assert bool(WEIGHTED.fullmatch(column)) is weighs


# ---- what may be no answer

NO_ANSWERS = [
    # what it shows                            answers                                               no answer, perhaps
    ("a code among words",                     {"Yes": 38, "No": 54, "999": 708},                    ["999"]),
    ("a code behind a scale",                  dict.fromkeys("123459", 5),                           ["9"]),
    ("two codes behind a scale",               dict.fromkeys("123489", 5),                           ["8", "9"]),
    ("codes of two digits",                    dict.fromkeys(["0", "10", "97", "98", "99"], 5),      ["97", "98", "99"]),
    ("as programs write them",                 dict.fromkeys(["1.0", "2.0", "99.0"], 5),             ["99.0"]),
    ("below nought",                           dict.fromkeys(["1", "2", "-1", "-99"], 5),            ["-1", "-99"]),
    ("in English",                             dict.fromkeys(["Yes", "Not asked", "Don't know", "Refused", "No answer / Refuse"], 5), ["Not asked", "Don't know", "Refused", "No answer / Refuse"]),
    ("with the code before",                   dict.fromkeys(["1. Yes", "2. No", "99. Refused"], 5), ["99. Refused"]),
    ("in French",                              dict.fromkeys(["Oui", "Ne sait pas", "Pas de réponse", "Refus de répondre"], 5), ["Ne sait pas", "Pas de réponse", "Refus de répondre"]),
    ("in Arabic",                              dict.fromkeys(["نعم", "لا", "لا أعرف", "رفض الإجابة", "لم يُسأل"], 5), ["لا أعرف", "رفض الإجابة", "لم يُسأل"]),
    ("marks of programs",                      dict.fromkeys(["1", "2", ".", ".a", "#NULL!"], 5),    [".", ".a", "#NULL!"]),
    ("ages with a code",                       {**{str(age): 3 for age in range(18, 80)}, "99": 4},  ["99"]),
    ("a whole scale",                          dict.fromkeys(map(str, range(11)), 5),                []),
    ("a scale to both sides",                  dict.fromkeys(["-2", "-1", "0", "1", "2"], 5),        []),
    ("figures below nought",                   {str(-each / 4): 1 for each in range(60)},            []),
    ("numbers of lines",                       {str(each): 1 for each in range(1, 1000)},            []),
    ("answers that hold such a word",          dict.fromkeys(["No", "Missing persons", "He refused"], 5), []),
    ("a story",                                {f"Story {each}": 1 for each in range(40)} | {"Don't know, my name is X": 1}, []),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "given", "found"), NO_ANSWERS, ids=[case[0] for case in NO_ANSWERS])
def test_what_may_be_no_answer(shows: str, given: dict[str, int], found: list[str]) -> None:
    assert list(perhaps_no_answers(given)) == found


NOT_ASKED = answers((30, "", "Women", "Yes"), (30, "", "Men", "No"), (40, "", "Men", "999"), (2, "", "Men", "Refused"))


def test_a_draft_asks_which_codes_are_no_answer(write: Write, read: Read) -> None:
    draft = draft_design(Source(write("x.csv", NOT_ASKED)))
    (asked,) = [each for each in open_points(draft) if each.startswith("missing")]
    assert 'Write a list such as ["999"], or [] if each is an answer: "999" (q14: 40), "Refused" (q14: 2)' in asked
    assert 'Of ["Yes", "No"]' in draft, "they are not among the answers that may count"
    with pytest.raises(BadInput) as caught:
        read(NOT_ASKED, draft)
    assert "missing" in [each.field for each in caught.value.faults]


def test_a_draft_with_many_such_codes_names_each(write: Write) -> None:
    words = [
        "Not asked",
        "Refused to answer",
        "No answer",
        "Don't know",
        "Not applicable",
        "System missing",
        "No opinion",
        "Prefer not to say",
    ]
    text = "weight,interview,opinion\n" + "".join(f"1,{n},{each}\n" for n, each in enumerate(["Yes", *words]))
    for language in ("en", "fr", "ar"):
        draft = draft_design(Source(write("x.csv", text)), language)
        assert read_yaml(draft)["missing"] == "ASK"
        assert all(each in draft for each in words)
        assert "…" not in draft


COUNTED = [
    # what it shows            question                                       design                        told
    ("a share",                "share: [Yes]",                                "missing: []",                "q14 (999: 40 of 102 answers)"),
    ("each answer",            "each: true",                                  "missing: []",                "q14 (999: 40 of 102 answers)"),
    ("missing",                "share: [Yes]",                                'missing: ["999", Refused]',  ""),
    ("a small part",           "share: [Yes]",                                'missing: ["999"]',           ""),
    ("a part that somebody counts", 'share: ["999"]',                         "missing: []",                ""),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "question", "missing", "told"), COUNTED, ids=[case[0] for case in COUNTED])
def test_codes_that_count_as_answers_are_told(read: Read, shows: str, question: str, missing: str, told: str) -> None:
    design = (
        DESIGN.replace('missing: ["99"]', missing).partition("questions:")[0] + f"questions: {{q14: {{{question}}}}}\n"
    )
    _, reading = read(NOT_ASKED, design)
    notes = [each for each in map(str, reading.notes) if "stand for no answer" in each]
    assert [told in each for each in notes] == ([True] if told else [])


def test_of_a_mean_each_such_code_is_told_but_never_of_whom_there_are_few(read: Read) -> None:
    design = DESIGN.partition("missing:")[0] + "questions: {q14: {mean: true}}\n"
    _, reading = read(answers((50, "", "", "3"), (50, "", "", "4"), (2, "", "", "99")), design)
    (note,) = [each for each in reading.notes if "no answer" in str(each)]
    assert "count as answers in q14 (fewer than 10)" in note.told("en")
    assert "q14 (moins de 10)" in note.told("fr")
    assert "أقل من" in note.told("ar")


# ---- a table of estimates

TABLE = "question,share,se,n,date,area,group,category\nSafe at night,45 %,0.02,400,2024-05-01,XX11,sex=f,survey/safe-walking-alone\n"


def test_a_table_of_estimates(write: Write, instance: Instance, boundaries_file: Path) -> None:
    few = "Safe at night,0.5,0.2,6,2024-05-01,XX11,sex=m,survey/safe-walking-alone\n"
    _, done = import_files([boundaries_file, write("safe.csv", TABLE + few)], instance=instance)
    store = Store(instance.evidence)
    (row,) = store.fetch(store.rows(as_of=TODAY, known=datetime(2027, 1, 1, tzinfo=UTC))).to_pylist()
    assert (done.format, row["item"], row["value"], row["se"], row["n"]) == ("survey", "safe-at-night", 0.45, 0.02, 400)
    assert (row["area"], row["group"], row["category"]) == ("XX11", "sex=f", "survey/safe-walking-alone")
    assert "estimates from fewer than 10 respondents, left out: 1" in map(str, done.notes)


@pytest.mark.parametrize(("line", "why"), [
    ("Q,1.4,0.02,400,2024-05-01,,,", "share is no share"), ("Q,,0.02,400,2024-05-01,,,", "the estimate is empty"),
    ("Q,0.4,0.02,,2024-05-01,,,", "n is empty"), ("Q,0.4,0.02,400,,,,", "date is empty"), (",0.4,0.02,400,2024-05-01,,,", "question is empty"),
])  # fmt: skip
def test_what_is_wrong_in_a_table_of_estimates(write: Write, line: str, why: str) -> None:
    reading = survey.read(Source(write("safe.csv", f"{TABLE}{line}\n")), Task(Areas(), "XX", TODAY))
    assert [table.num_rows for table in reading.batches] == [1]
    assert str(reading.faults.first).startswith(why)


# ---- real surveys

KOSOVO = """
survey: kosovo-officials
date: 2014-01-01
until: 2014-12-31
country: XKX
producer: UNDP Kosovo
weight: none
unweighted: none were published
missing: ["999", "No answer / Refuse"]
groups: {sex: {column: Q16, values: {Women: f, Men: m}}, identity: {column: Q17}, age: {column: Q18}}
cells: [[sex], [identity], [age], [sex, age]]
questions:
  offered: {column: Q4, share: [Yes]}
  reported: {column: Q6, share: [Yes]}
  pressure: {column: Q3, each: true}
"""


@pytest.mark.reference_data
def test_the_kosovo_survey(reference_data: Path, tmp_path: Path, instance: Instance) -> None:
    """800 officials: shares as counted with csv, identities of few kept back, no respondent in the store."""
    path = Path(shutil.copy(reference_data / "surveys" / "kosovo_undp_gender_corruption_2014.csv.gz", tmp_path))
    path.with_name("kosovo_undp_gender_corruption_2014.design.yaml").write_text(KOSOVO)
    instance.mission_file.write_text("{}\n")
    (done,) = import_files([path], instance=instance)
    store = Store(instance.evidence)
    rows = store.fetch(store.rows(as_of=TODAY, known=datetime(2027, 1, 1, tzinfo=UTC))).to_pylist()
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as stream:
        people = list(csv.DictReader(stream))
    women = [each for each in people if each["Q16"] == "Women"]
    told = {(row["item"].rpartition("/")[2], row["group"]): (row["value"], row["n"]) for row in rows}
    assert told["offered", ""] == (sum(each["Q4"] == "Yes" for each in people) / 800, 800)
    assert told["offered", "sex=f"] == (sum(each["Q4"] == "Yes" for each in women) / len(women), len(women))
    assert told["reported", ""][1] == sum(each["Q6"] not in ("999", "") for each in people)
    identities = {row["group"] for row in rows if row["group"].startswith("identity=")}
    assert identities == {"identity=Albanian", "identity=Serb"}
    assert done.format == "survey"
    assert min(row["n"] for row in rows) >= 10
    assert len(rows) < 200


@pytest.mark.reference_data
def test_the_draft_for_the_kosovo_survey_asks_of_999(reference_data: Path, tmp_path: Path) -> None:
    """Of 92 who were asked 38 said yes; 708 were not asked."""
    path = Path(shutil.copy(reference_data / "surveys" / "kosovo_undp_gender_corruption_2014.csv.gz", tmp_path))
    draft = draft_design(Source(path))
    assert any(each.startswith("missing") and '"999" (Q9_jo: 755)' in each for each in open_points(draft))
    for missing, share, noted in (("[]", 38 / 800, True), ('["999"]', 38 / 92, False)):
        design = KOSOVO.partition("missing:")[0] + f"missing: {missing}\nquestions: {{Q5_A: {{share: [Yes]}}}}\n"
        path.with_name("kosovo_undp_gender_corruption_2014.design.yaml").write_text(design)
        reading = survey.read(next(sources(path)), Task(Areas(), "", TODAY))
        (row,) = pa.concat_tables(list(reading.batches)).to_pylist()
        assert row["value"] == pytest.approx(share)
        assert any("Q5_A (999: 708 of 800 answers)" in str(each) for each in reading.notes) is noted


@pytest.mark.reference_data
def test_a_published_stratified_mean(reference_data: Path, tmp_path: Path, instance: Instance) -> None:
    path = Path(shutil.copy(reference_data / "surveys" / "r_survey_apistrat.csv.gz", tmp_path))
    design = "survey: api\ndate: 2000-01-01\ncountry: USA\nweight: pw\nstrata: [stype]\nunits: [fpc]\nquestions: {api00: {mean: true}}\n"
    path.with_name("r_survey_apistrat.csv.design.yaml").write_text(design)
    assert read_design(design_file(Source(path))).weight == "pw"
    import_files([path], instance=instance, country="USA")
    store = Store(instance.evidence)
    (row,) = store.fetch(store.rows(as_of=TODAY, known=datetime(2027, 1, 1, tzinfo=UTC))).to_pylist()
    assert (f"{row['value']:.4f}", f"{row['se']:.4f}", row["n"], row["measure"]) == ("662.2874", "9.4089", 200, "mean")


def test_answers_and_their_design_may_come_in_one_archive(tmp_path: Path, instance: Instance) -> None:
    path = tmp_path / "wave2.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("data/answers.csv", EVEN)
        archive.writestr("data/answers.design.yaml", DESIGN)
    (done,) = import_files([path], instance=instance)
    assert (done.format, done.version.lineage) == ("survey", "survey/perceptions")
    assert not any("not recognised" in str(note) for note in done.notes)
