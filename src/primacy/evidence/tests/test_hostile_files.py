"""Files as hostile people or broken machines make them: rows or one clear refusal, in every format there is.

`bench/hostile.py` brings a hundred thousand of them; what it found is kept here as one case each.
"""

import gzip
import io
import zipfile
from random import Random

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from primacy.evidence.bringing.formats import formats
from primacy.evidence.tests.hostile_cases import Case, Ground, case_of
from primacy.evidence.tests.hostile_samples import (
    ACTUALS,
    MADE,
    MAPPING,
    POINTS,
    RECORDS,
    Sample,
    parquet,
    samples,
    workbook,
)
from primacy.evidence.tests.hostile_trees import LAUGHS_IN_YAML
from primacy.places.files import json_rows
from primacy.places.importers import boundaries

pytest.importorskip("openpyxl")
STORED = 10  # one case in so many
ALL = [sample for format in MADE for sample in samples(format)]


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return Ground(tmp_path_factory.mktemp("hostile") / "ground")


def test_every_format_has_a_sample() -> None:
    assert list(MADE) == list(formats())


def as_it_is(sample: Sample) -> Case:
    return Case(sample.name, sample.content, sample.beside, None, sample.country or None, sample.mapping.encode())


@pytest.mark.parametrize("sample", ALL, ids=[sample.label for sample in ALL])
def test_a_sample_is_read(ground: Ground, sample: Sample) -> None:
    assert ground.bring(as_it_is(sample), store=False) == "rows"


@pytest.mark.parametrize("format", MADE)
@settings(max_examples=12)
@given(number=st.integers(0, 2**32))
def test_a_damaged_file_ends_in_rows_or_in_one_clear_refusal(ground: Ground, format: str, number: int) -> None:
    case = case_of(format, Random(number))
    try:
        ending = ground.bring(case, store=number % STORED == 0)
    except BaseException:
        ground.restore()
        raise
    assert ending in ("rows", "refused")


# ---- what was found


def sample(name: str) -> bytes:
    return next(each.content for each in ALL if each.name == name)


def changed(name: str, before: str, after: str) -> bytes:
    text = sample(name).decode()
    assert before in text
    return text.replace(before, after, 1).encode()


def zipped(*members: tuple[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return target.getvalue()


def spoilt(content: bytes, at: int) -> bytes:
    return content[:at] + b"\xff" * 40 + content[at + 40 :]


def nested(depth: int) -> bytes:
    return b'[{"Ref":' + b"[" * depth + b"]" * depth + b"}]"


def twice(column: str) -> bytes:
    table = pa.table(ACTUALS)
    return parquet(table.append_column(column, table.column(column)))


def without_styles() -> bytes:
    with zipfile.ZipFile(io.BytesIO(workbook(["kind", "item"], ["x", 1.5]))) as archive:
        return zipped(*((name, archive.read(name).replace(b' t="n"', b' s="99" t="n"')) for name in archive.namelist()))


DESIGN = {"answers.design.yaml": b"survey: x\ndate: 0000-00-00\n"}
DEEP_DESIGN = {"answers.design.yaml": b"survey: " + b"[" * 100_000}
FOUND: list[tuple[str, Case, str]] = [
    ("JSON nested as deep as can be read", Case("a.json", nested(700), mapping=MAPPING.encode()), "nested too deep"),
    ("a workbook in an archive that is broken inside", Case("a.zip", spoilt(zipped(("b.xlsx", workbook(["a"], ["b"] * 90))), 300)), "cannot be"),
    ("a form of number that a workbook lacks", Case("a.xlsx", without_styles(), format="csv"), "cannot be read as a workbook"),
    ("a year of many digits", Case("A_projects.csv", changed("A_projects.csv", '"2013"', '"1e300"')), ""),
    ("a precision of many digits", Case("a.csv", changed("acled.csv", '"2022","1"', '"2022","1e308"')), ""),
    ("a file of no events", Case("a.csv", sample("acled.csv").split(b"\n")[0] + b"\n" + b"," * 29 + b'"' + b"\n", format="acled"), "a.csv"),
    ("a design with a day that does not exist", Case("answers.csv", sample("answers.csv"), DESIGN), "has 3 faults"),
    ("a design nested without end", Case("answers.csv", sample("answers.csv"), DEEP_DESIGN), "YAML"),
    ("a mapping that stands for millions", Case("log.csv", RECORDS.encode(), mapping=f"mapping: {LAUGHS_IN_YAML}".encode()), "names for parts of itself"),
    ("a mapping whose field has no letters", Case("log.csv", RECORDS.encode(), mapping=f"{MAPPING}'=;=': 1\n".encode()), "is not a field"),
    ("a P-code of many letters", Case("people.csv", changed("people.csv", "XX11", "X" * 300)), ""),
    ("a currency of many letters", Case("food.csv", changed("food.csv", "XXD", "X" * 300)), ""),
    ("letters without end before one that is none", Case("a.csv", b"# " + b"x" * 250_000 + b"\xe9\n" + POINTS.replace("é", "e").encode()), ""),
    ("a column twice in Parquet", Case("a.parquet", twice("ged_sb"), country="CAF"), "has the columns ged_sb twice"),
    ("texts for numbers in Parquet", Case("a.parquet", parquet(ACTUALS | {"ged_ns": ["7", "8"]}), country="CAF"), "has string in the column ged_ns"),
    ("half a letter in JSON", Case("a.geojson", changed("xx_admin2.geojson", "District 1", "\\ud800")), "letters that no text has"),
    ("names that control a terminal", Case("a.zip", zipped(("a\x1b[31m\u202e.csv", b"x"))), "a.zip/a [31m .csv"),
    ("a member of an archive without a name", Case("a.zip", zipped(("x", b"kind,date")).replace(b"x", b"\0")), "holds no file with data"),
    ("a member of an archive that is called a point", Case("a.zip", zipped((".", b"kind,date"))), "holds no file with data"),
    ("two files with nothing on the country", Case("a.zip", zipped(("a.csv", sample("conflicts.csv")), ("b.csv", sample("conflicts.csv"))), country="TCD"), "a.zip: none of the 2 files"),
    ("a packed file that is cut off", Case("a.csv.gz", gzip.compress(POINTS.encode())[:-9]), "cut off"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "case", "message"), FOUND, ids=[each[0] for each in FOUND])
def test_what_was_found_stays_mended(ground: Ground, shows: str, case: Case, message: str) -> None:
    """With a message it is refused, without one its sound lines are read."""
    ending = ground.bring(case, store=False)
    assert ending == ("refused" if message else "rows")
    assert message in ground.told


def test_boundaries_that_repeat_one_shape_without_end_are_refused(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A few kilobytes of Parquet may stand for any number of bytes in memory."""
    monkeypatch.setattr(boundaries, "MOST_READ", 2**20)
    shapes = pa.DictionaryArray.from_arrays(pa.array([0] * 5_000, pa.int32()), pa.array([b"\0" * 4_000]))
    target = io.BytesIO()
    codes = pa.array([f"XX{n}" for n in range(5_000)])
    pq.write_table(pa.table({"adm2_pcode": codes, "geometry": shapes}), target, store_schema=False)
    assert len(target.getvalue()) < 100_000
    assert ground.bring(Case("a.parquet", target.getvalue()), store=False) == "refused"
    assert "larger than 1 MiB in memory" in ground.told


def test_json_of_values_without_end_is_refused(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_rows, "MOST_VALUES", 1_000)
    geo = b'{"type": "FeatureCollection", "x": "adm1_pcode", "features": [[]'
    for name, before, mapping in (("a.json", b'[{"Ref": 1}', MAPPING.encode()), ("a.geojson", geo, b"")):
        assert ground.bring(Case(name, before + b",[]" * 1_000 + b"]", mapping=mapping), store=False) == "refused"
        assert "too many values" in ground.told
