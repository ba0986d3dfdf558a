"""What the tests of the engine share: a small calibration, made once a session, and the judge of one benchmark."""

import fcntl
import json

import pytest

from primacy.assessment.calibration import calibrate
from primacy.assessment.tests.building import Judge
from primacy.assessment.trend import TrendModel

SIMULATIONS = 30_000


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> TrendModel:
    """A trend model from few simulations; processes of one run take turns, and the first one makes it."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if base.name.startswith("popen-") else base
    path = shared / f"trend-{SIMULATIONS}.json"
    with (shared / ".trend-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.is_file():
            path.write_text(json.dumps(calibrate(simulations=SIMULATIONS).as_dict()), "utf-8")
    return TrendModel.from_dict(json.loads(path.read_text("utf-8")))


@pytest.fixture(scope="session")
def judge(model: TrendModel) -> Judge:
    """Judges one benchmark on a few lines of evidence."""
    return Judge(model)
