"""Each folder of published political data comes in by one plain command, into one instance of one country."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from primacy.assessment.inputs import MODEL
from primacy.assessment.trends.trend import TrendModel
from primacy.cli import primacy

# folder, data sets that it brings, files of which it is said why they bring none, files that no format knows
FOLDERS = [
    ("boundaries_caf_2024", 0, (), ("hdx_dataset_metadata.json.gz",)),
    ("geonames_places", 0, (), ()),
    ("pcodes_population", 4, (), ("global_pcodes_adm1_adm2.csv.gz",)),
    ("ged_car_23_1", 1, (), ()),
    ("ged_other", 2, ("ged191_BGD_MMR.csv.gz", "hdx_conflict_data_BGD.csv.gz"), ()),
    ("aid_geocoded", 3, ("SierraLeoneAIMS_level_1a.csv.gz", "iati_2.03_TimorLesteAIMS.xml.gz"),
     ("FTS_CentralAfricanRepublic_projects_ancillary.csv.gz", "FTS_CentralAfricanRepublic_transactions_ancillary.csv.gz",
      "SierraLeoneAIMS_projects_ancillary.csv.gz")),
    ("ucdp_yearly", 8, (), ()),
    ("pax", 5, ("paax_v0.2_variables.csv.gz", "pax_agreement_country.csv.gz"), ()),
    ("geo_pko", 4, (), ()),
    ("un_peace_security", 1, ("owid_un_peacekeeping_size.csv.gz", "psdata_metadata_all.json.gz", "unsc_vetoes.csv.gz"), ()),
    ("views_competition", 5, ("views_cm_scores_2024_25.csv.gz",), ()),
]  # fmt: skip
# folder, why nothing of it can be a data point or a place, as the command says it
NOTHING = [
    ("acled_schema", "lists the columns of the format acled, and holds no line of data"),
    # Answers need the design of their survey, which nobody can guess: the test below drafts one and brings them in.
    ("surveys", "holds answers of respondents, but its design is missing"),
]
# For rooms with formats of their own: votes, seats, ballots, polling places, and lists of persons to compare.
OF_OTHER_ROOMS = {
    "apportionment_refs", "ballots_stv_irv", "elections_kosovo_observation", "elections_nepal",
    "elections_precinct_forensics", "elections_quick_count", "record_linkage",
}  # fmt: skip


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory, model: TrendModel) -> Path:
    """An instance of the Central African Republic with nothing in it but its mission file and a quick calibration."""
    folder = tmp_path_factory.mktemp("car")
    (folder / "mission.yaml").write_text("country: CAF\n")
    (folder / "calibration").mkdir()
    (folder / "calibration" / MODEL).write_text(json.dumps(model.as_dict()), "utf-8")
    return folder


def run(instance: Path, *command: str) -> Result:
    return CliRunner().invoke(primacy, ["--data", str(instance), *command])


@pytest.mark.reference_data
def test_every_folder_has_its_place_here(reference_data: Path) -> None:
    said = {case[0] for case in FOLDERS} | {case[0] for case in NOTHING} | OF_OTHER_ROOMS
    assert {path.name for path in reference_data.iterdir() if path.is_dir()} <= said


@pytest.mark.reference_data
@pytest.mark.parametrize(("folder", "datasets", "without", "unknown"), FOLDERS, ids=[case[0] for case in FOLDERS])
def test_a_folder_imports_by_one_command(
    instance: Path, reference_data: Path, folder: str, datasets: int, without: tuple[str, ...], unknown: tuple[str, ...]
) -> None:
    told = run(instance, "import", str(reference_data / folder))
    assert told.exit_code == 0, told.output
    assert told.output.count("  dataset ") == datasets
    for name in without:
        assert f"passed over: {name}: " in told.output
    said = re.search(r"not recognised and not read: (.*)", told.output)
    assert (said[1].split(", ") if said else []) == list(unknown)


@pytest.mark.reference_data
def test_the_instance_of_all_folders_is_assessed(instance: Path) -> None:
    """How long that takes on an idle machine is measured by bench/folders.py."""
    for command in (["init"], ["assess", "--as-of", "2022-12-31", "--json"]):  # with a database of its own
        words = [sys.executable, "-m", "primacy", "--data", str(instance), *command]
        told = subprocess.run(words, capture_output=True, text=True)
        assert told.returncode == 0, told.stdout + told.stderr
    assert len(json.loads(told.stdout)["findings"]) == 65


@pytest.mark.reference_data
@pytest.mark.parametrize(("folder", "why"), NOTHING, ids=[case[0] for case in NOTHING])
def test_what_brings_nothing_says_why(instance: Path, reference_data: Path, folder: str, why: str) -> None:
    told = run(instance, "import", str(reference_data / folder))
    assert told.exit_code == 2
    assert why in told.output
    assert "COD-AB" not in told.output


@pytest.mark.reference_data
@pytest.mark.parametrize("folder", sorted(OF_OTHER_ROOMS))
def test_tables_of_other_rooms_are_refused_and_never_guessed(instance: Path, reference_data: Path, folder: str) -> None:
    if not (reference_data / folder).is_dir():
        pytest.skip(f"{folder} is not here")
    told = run(instance, "import", str(reference_data / folder))
    assert told.exit_code == 2, told.output
    assert "  dataset " not in told.output


@pytest.mark.reference_data
def test_answers_of_a_survey_come_in_with_the_design_that_is_drafted_beside_them(
    tmp_path: Path, reference_data: Path
) -> None:
    (tmp_path / "mission.yaml").write_text("country: XKX\n")
    name = "kosovo_undp_gender_corruption_2014"
    shutil.copy(reference_data / "surveys" / f"{name}.csv.gz", tmp_path)
    answers = str(tmp_path / f"{name}.csv.gz")
    refused = run(tmp_path, "import", answers)
    assert "`primacy import FILE --draft-mapping` drafts it" in refused.output
    drafted = run(tmp_path, "import", answers, "--draft-mapping")
    assert drafted.exit_code == 0, drafted.output
    assert f"then `primacy import {answers}`" in drafted.output
    design = tmp_path / f"{name}.design.yaml"
    filled = {
        "date": "2014-03-01", "until": "2014-04-30", "country": "XKX", "producer": "UNDP",
        "weight": "none\\nunweighted: not published", "missing": "['999', No answer / Refuse]",
    }  # fmt: skip
    text = design.read_text("utf-8")
    for key, value in filled.items():
        text = re.sub(rf"(?m)^{key}: ASK.*$", f"{key}: {value}", text)
    text = text.replace("share: ASK", "each: true")
    design.write_text(text, "utf-8")
    told = run(tmp_path, "import", answers)
    assert told.exit_code == 0, told.output
    assert "(survey, recognised)" in told.output
