"""Abuse stories: what somebody could learn from a package that was handed out, or make others believe by it."""

import gc
import hashlib
import json
import re
import shutil
import zipfile

import pytest
from click.testing import CliRunner
from django.db import transaction

from primacy.access.models import AuditEntry
from primacy.assessment.inputs import write_model
from primacy.cli import primacy
from primacy.evidence.bringing.importing import import_files
from primacy.framework.instance import Instance

pytestmark = pytest.mark.django_db
MISSION = """\
country: XX
mandate: {resolution: "1 (2020)", start: 2020-01-01}
horizons: {short: [2020-01-01, 2030-01-01], medium: [2020-01-01, 2030-01-01], long: [2020-01-01, 2030-01-01]}
"""
# One coded score of consent each, by people whose names must not get out; the third one is strictly confidential.
SCORES = """\
kind,date,item,category,measure,value,source,confidentiality,note
rubric,2026-05-01,cabinet,rubric/consent/national,score,3,desk-one,1,
rubric,2026-05-01,cabinet,rubric/consent/national,score,{score},mole-in-the-cabinet,3,said over dinner
rubric,2026-05-01,army,rubric/consent/national,score,{score},mole-in-the-barracks,3,red line on the border
"""
SECRETS = ("mole-in-the", "over dinner", "red line on", "army", "consent.csv")


@pytest.fixture(autouse=True)
def _garbage():
    """`primacy assess` switches the looking for garbage off, for a process that ends at once."""
    yield
    gc.enable()


@pytest.fixture(scope="module")
def calibration(tmp_path_factory):
    folder = tmp_path_factory.mktemp("calibration")
    write_model(folder, simulations=1500)
    return folder


def begun(folder, calibration, score):
    """An instance with one coded score of a known and two of hidden sources."""
    shutil.copytree(calibration, Instance(folder).calibration)
    (folder / "mission.yaml").write_text(MISSION, encoding="utf-8")
    evidence(Instance(folder), folder.parent, score)
    return Instance(folder)


@pytest.fixture(scope="module")
def made(tmp_path_factory, calibration, django_db_setup, django_db_blocker):
    """An instance with a package handed out at level 1: made once, and its entry in the trail kept."""
    folder = tmp_path_factory.mktemp("made")
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setenv("PRIMACY_DATA", str(folder / "instance"))
        found = begun(folder / "instance", calibration, 2)
        said, output = assess(found, "--level", 1, "--out", folder / "shared.zip")
        trail = list(AuditEntry.objects.filter(deed="handed out a package").values_list("detail", flat=True))
        transaction.set_rollback(True)
    return folder, said, output, trail


@pytest.fixture
def instance(made, tmp_path, monkeypatch):
    """A copy, to be changed at will."""
    monkeypatch.setenv("PRIMACY_DATA", str(tmp_path / "instance"))
    shutil.copytree(made[0] / "instance", tmp_path / "instance")
    return Instance(tmp_path / "instance")


def evidence(instance, folder, score):
    path = folder / "consent.csv"
    path.write_text(SCORES.format(score=score), encoding="utf-8")
    import_files([path], instance=instance)


def run(instance, *words):
    done = CliRunner().invoke(primacy, ["--data", str(instance.folder), *map(str, words)], catch_exceptions=False)
    return done.exit_code, done.output


def assess(instance, *words):
    code, output = run(instance, "assess", "--as-of", "2026-06-30", "--json", *words)
    assert code == 0, output
    return json.loads(output), output


def content(path):
    with zipfile.ZipFile(path) as archive:
        return "\n".join(f"{name}\n{archive.read(name).decode()}" for name in archive.namelist())


def without_moments(text):
    """Two imports have two times, which are in every id."""
    return re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)?|\d{4}-\d\d-\d\d \d\d:\d\d UTC|\b[0-9a-f]{12,128}\b", "", text)


@pytest.fixture
def handed_out(made):
    """The package at level 1, and what was printed while it was made."""
    folder, said, output, _trail = made
    return folder / "shared.zip", said, output


def test_neither_the_package_nor_what_is_printed_tells_of_a_hidden_row(handed_out):
    path, _said, output = handed_out
    for text in (content(path), output):
        assert [secret for secret in SECRETS if secret in text] == []
    assert "rubric/consent/national" in content(path)


def test_a_coder_whose_score_is_told_is_a_number(handed_out):
    path, _said, _output = handed_out
    assert "desk-one" not in content(path)
    assert ",source 1," in content(path)


def test_no_id_or_hash_in_it_can_be_used_to_try_out_guesses(instance, handed_out):
    """Ids of data sets and assessments are hashes of rows: whoever guesses a hidden row could see that it is right."""
    path, _said, _output = handed_out
    full, _ = assess(instance)
    ids = [full["assessment"]["id"], full["assessment"]["evidence"].removeprefix("sha256:")]
    ids += [each.stem for each in (instance.evidence / "rows").glob("*.parquet")]
    assert len(ids) == 3
    assert [each for each in ids if each in content(path)] == []


def test_the_number_behind_a_carried_finding_does_not_move_a_byte(instance, handed_out, calibration, tmp_path):
    path, said, _output = handed_out
    carried = {each["benchmark"]: each["status"] for each in said["findings"] if each["carried"]}
    assert "O1.M1" in carried
    other = begun(tmp_path / "other", calibration, 1)
    shutil.copy(instance.signing_key, other.signing_key)
    again, _ = assess(other, "--level", 1, "--out", tmp_path / "again.zip")
    assert {each["benchmark"]: each["status"] for each in again["findings"] if each["carried"]} == carried
    assert without_moments(content(tmp_path / "again.zip")) == without_moments(content(path))


def test_what_is_stored_here_stays_whole(instance, handed_out):
    (stored,) = instance.assessments.glob("*.zip")
    assert "mole-in-the-cabinet" in content(stored)
    assert run(instance, "verify", stored)[0] == 0


def test_it_verifies_and_says_what_it_does_not_show(instance, handed_out):
    path, said, _output = handed_out
    code, output = run(instance, "verify", path)
    carried = [each["benchmark"] for each in said["findings"] if each["carried"]]
    assert code == 0
    assert "every field was computed again and is the same" in output
    assert re.search(rf"Not re-computable here, partly restricted: .*{carried[0]}", output)
    code, output = run(instance, "verify", path, "--json")
    told = json.loads(output)
    assert (code, told["same"], told["differences"]) == (0, True, [])
    assert set(carried) <= set(told["carried"])


def test_a_forged_status_is_found(instance, handed_out, tmp_path):
    path, _said, _output = handed_out
    forged = tmp_path / "forged.zip"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(forged, "w") as target:
        for name in source.namelist():
            text = source.read(name).decode()
            wrong = text.replace('"status":"insufficient evidence"', '"status":"met"')
            target.writestr(name, wrong if name == "findings.json" else text)
    assert run(instance, "verify", forged)[0] == 1


def test_which_package_was_handed_out_is_in_the_trail(made):
    folder, _said, _output, trail = made
    assert trail == [{"level": 1, "sha256": hashlib.sha256((folder / "shared.zip").read_bytes()).hexdigest()}]
