"""Each folder of published political data comes in by one plain command, into one instance of one country."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from primacy.cli import primacy

FOLDERS = [
    # folder, datasets that it brings, files of which it is said why they bring none
    ("ucdp_yearly", 8, ()),
    ("pax", 5, ("paax_v0.2_variables.csv.gz", "pax_agreement_country.csv.gz")),
    ("geo_pko", 4, ()),
    ("un_peace_security", 1, ("owid_un_peacekeeping_size.csv.gz", "psdata_metadata_all.json.gz", "unsc_vetoes.csv.gz")),
    ("views_competition", 5, ("views_cm_scores_2024_25.csv.gz",)),
]


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance of the Central African Republic with nothing in it but its mission file."""
    folder = tmp_path_factory.mktemp("car")
    (folder / "mission.yaml").write_text("country: CAF\n")
    return folder


def run(instance: Path, *command: str) -> Result:
    return CliRunner().invoke(primacy, ["--data", str(instance), *command])


@pytest.mark.reference_data
@pytest.mark.parametrize(("folder", "datasets", "without"), FOLDERS, ids=[case[0] for case in FOLDERS])
def test_a_folder_imports_by_one_command(
    instance: Path, reference_data: Path, folder: str, datasets: int, without: tuple[str, ...]
) -> None:
    told = run(instance, "import", str(reference_data / folder))
    assert told.exit_code == 0, told.output
    assert told.output.count("  dataset ") == datasets
    for name in without:
        assert f"passed over: {name}: " in told.output
    assert "not recognised" not in told.output
