"""The same package, byte for byte, whoever computes it: on another day, with other threads, clocks, languages, hashes."""

import json
import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from primacy.assessment.assessing import assess
from primacy.assessment.inputs import Inputs
from primacy.assessment.packages import package
from primacy.assessment.packages.signing import key_of
from primacy.assessment.tests import building
from primacy.assessment.tests.inventing import evidence, lists_named, mission_fields
from primacy.evidence.store.store import Store
from primacy.framework import load

# Run by another process: a mission's folder in, the hash of the package out. The clock of all of our modules is moved.
CHILD = """
import datetime, json, sys
from pathlib import Path
import ibis
folder, threads, days = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
connect = ibis.duckdb.connect
ibis.duckdb.connect = lambda *words, **named: connect(*words, threads=threads, **named)
from primacy.assessment.packages import package
from primacy.assessment.assessing import assess
from primacy.assessment.inputs import Inputs
from primacy.assessment.packages.signing import key_of
from primacy.assessment.tests import building
from primacy.assessment.trends.trend import TrendModel
from primacy.evidence.store.store import Store
from primacy.framework import load

class Kind(type):
    def __instancecheck__(cls, value): return isinstance(value, cls.__mro__[1])
class Moment(datetime.datetime, metaclass=Kind):
    @classmethod
    def now(cls, tz=None): return datetime.datetime.now(tz) + datetime.timedelta(days=days)
class Day(datetime.date, metaclass=Kind):
    @classmethod
    def today(cls): return datetime.date.today() + datetime.timedelta(days=days)
for name, module in list(sys.modules.items()):
    if name.startswith("primacy."):
        for called, put in (("datetime", Moment), ("date", Day)):
            if getattr(module, called, None) is put.__mro__[1]: setattr(module, called, put)

def some():
    return building.framework({id: load().benchmarks[id] for id in sys.argv[4].split()})

fields, model = (json.loads((folder / name).read_text()) for name in ("mission.json", "model.json"))
inputs = Inputs(some(), building.mission(**fields), Store(folder / "evidence"), building.country(), TrendModel.from_dict(model))
package.write(folder / f"{threads}.zip", inputs, assess(inputs, as_of=building.AS_OF, known=building.KNOWN),
              key=key_of(folder / "signing.key"))
"""
SOME = ("O1.S1", "O1.S2", "O1.M1", "O2.S2", "O2.M2", "O2.M6", "O2.L1", "O3.S4", "O3.M5", "O4.M1", "O5.S1")
ELSEWHERE = [
    # what it shows                          threads  days  environment
    ("one thread, a year later, far east",   1,       400,  {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}),
    ("four threads, long ago, far west",     4,       -900, {"PYTHONHASHSEED": "4242", "TZ": "America/Adak", "LC_ALL": "C.UTF-8",
                                                             "LANG": "ar_EG.UTF-8", "OPENBLAS_NUM_THREADS": "2"}),
]  # fmt: skip


@pytest.fixture(scope="module")
def here(model, tmp_path_factory) -> tuple[Path, bytes]:
    """A mission with invented evidence on benchmarks of many kinds, and its package as this process computes it."""
    folder = tmp_path_factory.mktemp("here")
    framework = building.framework({id: load().benchmarks[id] for id in SOME})
    fields = {"country": building.COUNTRY, "capital": "XX01", **mission_fields(framework)}
    plain = json.loads(building.mission(**fields).model_dump_json(by_alias=True))
    (folder / "mission.json").write_text(json.dumps(plain))
    (folder / "model.json").write_text(json.dumps(model.as_dict()))
    store = Store(folder / "evidence")
    for each in evidence(framework, Random(3), lists_named(framework)):
        made = building.store([each])
        store.add(made._given.to_batches(), made.versions()[0].model_copy(update={"id": ""}))
    inputs = Inputs(framework, building.mission(**plain), Store(folder / "evidence"), building.country(), model)
    package.write(folder / "here.zip", inputs, assess(inputs, as_of=building.AS_OF, known=building.KNOWN),
                  key=key_of(folder / "signing.key"))  # fmt: skip
    return folder, (folder / "here.zip").read_bytes()


@pytest.mark.parametrize(("shows", "threads", "days", "environment"), ELSEWHERE, ids=[each[0] for each in ELSEWHERE])
def test_another_process_writes_the_same_bytes(here, shows, threads, days, environment):
    folder, content = here
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(folder), str(threads), str(days), " ".join(SOME)], capture_output=True, text=True,
        env={**os.environ, **environment, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (folder / f"{threads}.zip").read_bytes() == content


def test_the_evidence_of_this_test_decides_many_benchmarks(here):
    statuses = {each.status for each in package.findings_of(here[0] / "here.zip")}
    assert len(statuses) >= 4
