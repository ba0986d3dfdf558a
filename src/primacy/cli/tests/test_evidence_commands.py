"""import, template and datasets from the command line: what they print, and their exit codes."""

import getpass
import json
import re
from pathlib import Path
from typing import Any

import pytest

from primacy.cli.tests.conftest import Run
from primacy.evidence.tests.ged_files import ged
from primacy.evidence.tests.test_acled import export
from primacy.framework.saying import CLOSED, OPENED


@pytest.fixture
def events(tmp_path: Path) -> Path:
    path = tmp_path / "GEDEvent_v23_1.csv"
    path.write_text(ged({}, {}, {"best": -1}))
    return path


def _json(run: Run, *arguments: object) -> Any:
    code, out, _ = run(*arguments, "--json")
    assert code == 0
    return json.loads(out)


def test_import_says_what_it_did(run: Run, events: Path) -> None:
    code, out, _ = run("import", events)
    assert code == 0
    assert "GEDEvent_v23_1.csv (ucdp-ged, recognised)" in out
    assert "its columns id, type_of_violence, side_a, side_b and 13 more are those of a file of UCDP events" in out
    assert "items 2, rows 6, 2020-05-01 to 2020-05-02; known 2023-06-18" in out
    assert "1 rejected, first line 4: best is below 0: '-1'" in out
    assert "COD-AB boundaries" in out


def test_import_as_json_and_again(run: Run, events: Path) -> None:
    first = _json(run, "import", events)["imported"][0]
    again = _json(run, "import", events)["imported"][0]
    assert (first["new"], again["new"]) == (True, False)
    assert first["version"]["id"] == again["version"]["id"]


def test_import_quiet_says_nothing(run: Run, events: Path) -> None:
    assert run("import", events, "--quiet") == (0, "", "")


def test_import_lists_its_formats(run: Run) -> None:
    code, out, _ = run("import", "--list")
    assert code == 0
    formats = {line.split()[0] for line in out.splitlines()}
    assert formats >= {"ucdp-ged", "ucdp-candidate", "boundaries", "population", "csv"}


BAD = """\
kind,item,date,area,measure,value
contact,c1,31/12/2024,XX,events,-1
contact,c2,2024-05-01,XX,events,many
"""


def test_a_refused_file_is_answered_with_all_its_faults_and_where_they_are_listed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "contacts.csv").write_text(BAD)
    code, out, errors = run("import", tmp_path / "contacts.csv")
    assert (code, out) == (2, "")
    told = errors.splitlines()
    assert told[0].startswith("contacts.csv, line 2: cannot be used in 2 of its 2 lines")
    assert told[1:4] == [
        "  line 2, date: date has its year at the end (write 2024-12-31): '31/12/2024'",
        "  line 2, value: value is below 0, which events cannot be: '-1'",
        "  line 3, value: value is no number: 'many'",
    ]
    path = Path(told[4].removeprefix("  all of them in "))
    assert path.read_text().splitlines()[0] == "line,field,value,reason,fault"


def test_only_the_first_faults_are_shown_and_the_rest_is_counted(run: Run, tmp_path: Path) -> None:
    lines = "contact,c,2024-05-01,XX,events,x\n" * 300
    (tmp_path / "contacts.csv").write_text(BAD.splitlines()[0] + "\n" + lines)
    told = run("import", tmp_path / "contacts.csv")[2].splitlines()
    assert len(told) == 22
    assert told[-1].startswith("  and 280 more; all of them in ")


def test_a_refused_file_as_json_is_one_object_with_its_faults(run: Run, tmp_path: Path) -> None:
    (tmp_path / "contacts.csv").write_text(BAD)
    code, out, _ = run("import", tmp_path / "contacts.csv", "--json")
    assert code == 2
    told = json.loads(out)
    assert told["imported"] == []
    assert (told["refused"]["where"], told["refused"]["faults_in_all"]) == ("contacts.csv, line 2", 3)
    assert told["refused"]["faults"][2] == {
        "line": 3, "field": "value", "value": "many", "reason": "value is no number", "fault": "places/no-number",
        "remedy": "",
    }  # fmt: skip
    assert Path(told["refused"]["faults_file"]).is_file()


def test_what_was_imported_before_a_refused_file_is_said_too(run: Run, tmp_path: Path) -> None:
    (tmp_path / "good.csv").write_text(BAD.splitlines()[0] + "\ncontact,c1,2024-05-01,XX,events,1\n")
    (tmp_path / "contacts.csv").write_text(BAD)
    code, out, errors = run("import", tmp_path / "good.csv", tmp_path / "contacts.csv")
    assert code == 2
    assert "items 1, rows 1" in out
    assert "Imported before it: good.csv" in errors


WRONG = [
    ("a file without a name", ["import", ""], "Name at least one file"),
    ("a file that is not there", ["import", "nowhere.csv"], "no such file"),
    ("no file", ["import"], "Name at least one file"),
    ("an unknown format", ["import", "EVENTS", "--format", "nonsense"], "is no format"),
    ("a date that is none", ["import", "EVENTS", "--known", "June"], "--known"),
    ("an unknown kind", ["template", "contacts"], "is no kind of evidence"),
    ("an unknown dataset", ["datasets", "show", "zzz"], "is not the id of a dataset"),
    ("a withdrawal without a reason", ["datasets", "withdraw", "zzz"], "--because"),
]


@pytest.mark.parametrize(("shows", "arguments", "message"), WRONG, ids=[case[0] for case in WRONG])
def test_wrong_use_is_exit_code_2_with_a_message(
    run: Run, events: Path, shows: str, arguments: list[str], message: str
) -> None:
    code, out, errors = run(*[events if each == "EVENTS" else each for each in arguments])
    assert code == 2
    assert message in errors
    assert "Traceback" not in errors
    assert out == ""


def test_known_and_name_may_be_given(run: Run, events: Path) -> None:
    version = _json(run, "import", events, "--known", "2024-02-03", "--name", "events")["imported"][0]["version"]
    assert (version["known"], version["name"]) == ("2024-02-03T00:00:00Z", "events")


def test_datasets_lists_shows_and_withdraws(run: Run, events: Path) -> None:
    assert "No datasets yet" in run("datasets")[1]
    identity = _json(run, "import", events)["imported"][0]["version"]["id"]
    assert identity in run("datasets")[1]
    shown = run("datasets", "show", identity[:6])[1]
    assert "CC BY 4.0" in shown
    assert "silence means unknown" in shown
    assert run("datasets", "withdraw", identity, "--because", "wrong file")[0] == 0
    assert "withdrawn" in run("datasets")[1]
    listed = _json(run, "datasets")["datasets"][0]
    assert listed["withdrawn_because"] == "wrong file"
    assert listed["imported_by"] == listed["withdrawn_by"] == f"{getpass.getuser()} at the terminal"
    assert f"imported by        {getpass.getuser()} at the terminal" in run("datasets", "show", identity)[1]
    assert run("datasets", "erase", identity, "--because", "kept long enough")[0] == 0
    assert _json(run, "datasets", "show", identity)["erased_by"] == f"{getpass.getuser()} at the terminal"


def test_an_official_source_is_named_for_a_topic(run: Run, events: Path, tmp_path: Path) -> None:
    first = _json(run, "import", events)["imported"][0]["version"]["id"]
    other = tmp_path / "others.csv"
    other.write_text("kind,item,date,measure,value,category\nincident,e1,2020-05-01,deaths,4,violence/one-sided\n")
    second = _json(run, "import", other)["imported"][0]["version"]["id"]
    code, out, _ = run("datasets", "official", second[:6], "--for", "incident/violence/one-sided")
    assert code == 0
    assert f"others ({second}) is from now on the official source for incident/violence/one-sided" in out
    assert f"for comparison: GEDEvent_v23_1 ({first})" in out
    named = "official for incident: violence › attacks on civilians (incident/violence/one-sided)"
    assert named in run("datasets")[1]
    assert "since 20" in run("datasets", "show", second)[1]
    assert run("datasets", "official", second, "--for", "incident/violence/one-sided")[0] == 2
    assert run("datasets", "official", second, "--for", "casualties")[0] == 2
    code, _, errors = run("datasets", "official", second, "--for", "incident/vilence/one-sided")
    assert code == 2
    assert "tells nothing of incident/vilence/one-sided" in errors
    ended = _json(run, "datasets", "official", second, "--for", "incident/violence/one-sided", "--end")
    assert [mark["ends"] for mark in ended["marks"]] == [False, True]
    assert ended["compared"] == [first]


def test_rows_that_may_not_be_passed_on_say_so_when_they_leave(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "acled.csv"
    path.write_text(export({}))
    identity = _json(run, "import", path)["imported"][0]["version"]["id"]
    assert "# its licence forbids to pass these rows on" in run("datasets", "export", identity)[1]
    assert "forbids to pass these rows on" in run("datasets", "export", identity, "--out", tmp_path / "out.csv")[1]


def test_datasets_exports_to_screen_and_file(run: Run, events: Path, tmp_path: Path) -> None:
    identity = _json(run, "import", events)["imported"][0]["version"]["id"]
    assert "one-sided" in run("datasets", "export", identity)[1]
    assert run("datasets", "export", identity, "--out", tmp_path / "rows.parquet")[0] == 0
    assert (tmp_path / "rows.parquet").stat().st_size > 0


def test_a_template_goes_out_and_comes_back(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "laws.csv"
    assert "O3.S1" in run("template", "law")[1]
    assert run("template", "law", "--out", path)[0] == 0
    text = path.read_text("utf-8-sig")
    assert run("import", path)[0] == 2, "nothing is filled in yet"
    filled = "law,electoral-law,2024-03-01,,XX,,,law/electoral,,,,stage,,adopted,,,,,B1,gazette,,,,\n"
    path.write_text(text + filled, "utf-8-sig")
    imported = _json(run, "import", path)["imported"][0]
    assert (imported["items"], imported["rejected"]) == (1, 0)
    left = run("template", "law")[1]
    assert "O5.M1" not in left, "what has evidence needs no example"
    assert "O3.S1" in left


LOG = "Ref;Date;Type;Killed\nA1;13/02/2024;Raid;2\nA2;14/02/2024;Raid;3\n"


def test_an_unknown_table_is_told_to_be_drafted_and_a_draft_is_asked_to_be_answered(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(LOG)
    code, _, errors = run("import", path)
    assert code == 2
    assert "`primacy import FILE --draft-mapping` writes one to correct" in errors
    code, out, _ = run("import", path, "--draft-mapping")
    assert code == 0
    assert f"{path}.mapping.yaml: a mapping drafted from log.csv" in out
    assert "to answer: who keeps this table?" in out
    code, _, errors = run("import", path, "--mapping", f"{path}.mapping.yaml")
    assert code == 2
    assert "producer: is still a question: who keeps this table?" in errors
    code, _, errors = run("import", path, "--draft-mapping")
    assert code == 2
    assert "is there already and is not overwritten" in errors


def test_a_draft_once_answered_brings_the_table_in(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(LOG)
    drafted = _json(run, "import", path, "--draft-mapping")["drafted"]
    assert [each["questions"] for each in drafted] == [["which category is Raid?", "who keeps this table?"]]
    mapping = Path(drafted[0]["mapping"])
    answered = mapping.read_text().replace('"Raid": ASK', '"Raid": violence/non-state').replace("ASK", "us")
    mapping.write_text(answered)
    told = _json(run, "import", path, "--mapping", mapping)["imported"][0]
    assert (told["format"], told["items"], told["rejected"]) == ("mapping", 2, 0)


def test_all_faults_of_a_mapping_are_printed_with_their_lines(run: Run, tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text(LOG)
    (tmp_path / "map.yaml").write_text(
        "mapping: log\nkind: incidnt\ndate: Date\nactr: A\nmeasures: [{measure: events, always: 1}]\n"
    )
    code, _, errors = run("import", tmp_path / "log.csv", "--mapping", tmp_path / "map.yaml")
    assert code == 2
    assert "  line 2, kind: 'incidnt' is no kind (did you mean incident?)" in errors
    assert "  line 4, actr: is not a field that exists here (did you mean actor?)" in errors


# ---- in the language of who types

FAULTS = {"evidence/not-below-zero", "places/no-number", "places/year-last"}  # the same in all languages


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_import_and_datasets_speak_the_language_asked_for(
    run: Run, events: Path, tmp_path: Path, language: str
) -> None:
    code, out, _ = run("import", events, "--language", language)
    plain = without_marks(out)
    assert code == 0
    assert {"fr": "(ucdp-ged, reconnu)", "ar": "(ucdp-ged، تم التعرف عليه)"}[language] in plain
    assert {"fr": "connu le 2023-06-18", "ar": "عُرفت في 2023-06-18"}[language] in plain
    assert not re.search("1 rejected|known|its columns|recognised", plain)
    told = _json(run, "import", events, "--language", language)["imported"][0]
    assert told["why"] in out
    dataset = told["version"]["id"]
    before, after = (run("datasets", *words)[1] for words in (("--language", language, "show", dataset),
                                                              ("show", dataset, "--language", language)))  # fmt: skip
    assert before == after
    assert told["version"]["notes"]
    assert all(note in after for note in told["version"]["notes"])
    assert {"fr": "éléments", "ar": "العناصر"}[language] in run("datasets", "--language", language)[1]


@pytest.mark.parametrize(("language", "word"), [("fr", "ligne 3, value"), ("ar", "السطر 3، value")])
def test_faults_are_told_in_the_language_asked_for(run: Run, tmp_path: Path, language: str, word: str) -> None:
    (tmp_path / "contacts.csv").write_text(BAD)
    code, out, errors = run("import", tmp_path / "contacts.csv", "--language", language)
    assert (code, out) == (2, "")
    assert word in without_marks(errors)
    assert "cannot be used" not in errors
    _code, out, _errors = run("import", tmp_path / "contacts.csv", "--language", language, "--json")
    refused = json.loads(out)["refused"]
    assert without_marks(refused["what"]) in without_marks(errors)
    assert {each["fault"] for each in refused["faults"]} == FAULTS


def test_a_draft_and_what_is_said_of_it_have_one_language(run: Run, tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("Date,Killed\n2024-05-01,1\n2024-05-02,1\n")
    code, out, _ = run("import", "--draft-mapping", tmp_path / "log.csv", "--language", "fr")
    assert code == 0
    assert "à répondre : qui tient ce tableau ?" in out.replace("\u00a0", " ")
    assert "# qui tient ce tableau" in (tmp_path / "log.csv.mapping.yaml").read_text("utf-8")


def without_marks(text: str) -> str:
    return text.replace(OPENED, "").replace(CLOSED, "").replace("\u00a0", " ")
