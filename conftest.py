"""What every test may ask for: the real data kept beside the project, where it is there."""

import os
from pathlib import Path

import pytest

REFERENCE_DATA = Path(os.environ.get("PRIMACY_REFERENCE_DATA", Path(__file__).parent.parent / "shared" / "data"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if REFERENCE_DATA.is_dir():
        return
    absent = pytest.mark.skip(reason=f"the real data sets are not at {REFERENCE_DATA}")
    for item in items:
        if item.get_closest_marker("reference_data"):
            item.add_marker(absent)


@pytest.fixture(scope="session")
def reference_data() -> Path:
    """The folder of real data sets."""
    return REFERENCE_DATA
