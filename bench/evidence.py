"""Evidence at scale: how long imports take, what an assessment's questions cost on thirty million data points.

    python bench/evidence.py [MILLIONS]

Imports: files with the columns and the share of text of the UCDP event data set, from a generator of this module. The
cube: ten million invented events with three measures each over twenty years, in 12 releases of a lineage; 200
indicators, each the monthly sums of some categories of a kind and a measure. Peers answer the same 200 questions on the
same rows: pandas from the whole frame, a loop that asks DuckDB one question after the other of the rows, and Spark
where it is installed. Memory is the largest of each process's own, looked at every 20 milliseconds: pages of mapped
files are left out, because the system drops them when it needs the memory.
"""

import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from primacy.assessment.indicators.selection import select
from primacy.assessment.indicators.selectors import Selector
from primacy.evidence.bringing.importing import import_files
from primacy.evidence.store.columns import SCHEMA
from primacy.evidence.store.datasets import Coverage, DatasetVersion
from primacy.evidence.store.engines import engine
from primacy.evidence.store.store import Store
from primacy.framework.instance import Instance

REFERENCE = Path(os.environ.get("PRIMACY_REFERENCE_DATA", Path(__file__).parents[2] / "shared" / "data"))
BOUNDARIES = [REFERENCE / "boundaries_caf_2024" / f"caf_admin{level}_simplified.geojson.gz" for level in (1, 2)]
SMALL = bool(os.environ.get("PRIMACY_BENCH_SMALL"))
MILLIONS = 0.072 if SMALL else 30
EVENTS = ((1_000, "5 s"), (3_000, "25 s")) if SMALL else ((350_000, "5 s"), (3_000_000, "25 s"))
RELEASES = 12
AREAS = [f"CF{number:02d}{inner:02d}" for number in range(1, 13) for inner in range(1, 7)]
KINDS = ("incident", "violation")
CATEGORIES = {kind: [f"{kind}/type-{one}/sub-{two}" for one in range(4) for two in range(3)] for kind in KINDS}
MEASURES = {"incident": ("events", "deaths", "civilian_deaths"), "violation": ("events", "severity", "verified")}
FIRST, DAYS = date(2004, 1, 1), 20 * 365
KNOWN, AS_OF = datetime(2024, 6, 30, tzinfo=UTC), date(2024, 6, 30)
HEAD = (
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,"
    "dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,"
    "number_of_sources,source_article,source_office,source_date,source_headline,source_original,where_prec,"
    "where_coordinates,where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,"
    "region,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,"
    "high,low,gwnoa,gwnob"
)
TEXT = "government forces and an armed group clashed near the market, several people were reported killed by the press "


# ---- imports


def write_events(path: Path, count: int) -> None:
    """A file like the UCDP event data set 23.1: 49 columns of which half are text that the importer passes over."""
    random = np.random.default_rng(7)
    head = HEAD.split(",")
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(head)
        for start in range(0, count, 50_000):
            size = min(50_000, count - start)
            days, kinds = random.integers(0, DAYS, size), random.integers(1, 4, size)
            longitude, latitude = random.uniform(15, 27, size), random.uniform(3, 10, size)
            deaths = random.poisson(3, size)
            for place in range(size):
                day = (FIRST + timedelta(days=int(days[place]))).isoformat()
                point = (f"{latitude[place]:.4f}", f"{longitude[place]:.4f}")
                killed, number = int(deaths[place]), start + place
                writer.writerow([
                    number, f"CAF-{number}", day[:4], 1, "Clear", kinds[place], 1, 1, "A conflict", 1, 1, "A dyad", 1,
                    1, "Government of the country", 2, 2, f"Group {number % 40}", 1, TEXT, "An agency", day, TEXT,
                    "An office", 1 + number % 3, "A town", "A place near a town", "A prefecture", "A district", *point,
                    f"POINT ({point[1]} {point[0]})", 1, "Central African Republic", 482, "Africa", 1, 1, day, day, 0,
                    0, killed, 0, killed, killed + 2, killed, 482, "",
                ])  # fmt: skip


def imported(count: int) -> tuple[float, float, float]:
    """(seconds, seconds of the processor, megabytes) of the import of a file in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        instance = Instance.here(Path(folder) / "instance")
        instance.folder.mkdir()
        instance.mission_file.write_text("country: CAF\n", encoding="utf-8")
        if all(path.is_file() for path in BOUNDARIES):
            import_files(BOUNDARIES, instance=instance)
        path = Path(folder) / "events.csv"
        write_events(path, count)
        return alone("import_one", str(path), str(instance.folder))


def import_one(path: str, folder: str) -> None:
    import_files([path], instance=Instance.here(Path(folder)), format="ucdp-ged")


# ---- the store of thirty million


def batches(release: int, rows: int) -> Iterator[pa.RecordBatch]:
    """Invented events of one release: three measures of each, in the years that the release covers."""
    random = np.random.default_rng(release)
    first = release % RELEASES * DAYS // RELEASES
    for start in range(0, rows // 3, 100_000):
        size = min(100_000, rows // 3 - start)
        kind = random.integers(0, 2, size)
        days = np.datetime64(FIRST) + random.integers(first, first + DAYS // RELEASES, size)
        category = random.integers(0, 12, size)
        shared = {
            "kind": pa.array(np.array(KINDS)[kind]),
            "item": pa.array(np.char.add(f"{release}-", np.arange(start, start + size).astype(str))),
            "date": pa.array(days, pa.date32()), "until": pa.array(days, pa.date32()),
            "area": pa.array(np.array(AREAS)[random.integers(0, len(AREAS), size)]),
            "level": pa.array(np.full(size, 2, np.int8)),
            "actor": pa.array(np.char.add("group ", random.integers(0, 40, size).astype(str))),
            "category": pa.array(np.array([CATEGORIES[k] for k in KINDS])[kind, category]),
            "grade": pa.array(np.array(["B2", "B3", "C3"])[random.integers(0, 3, size)]),
            "confidentiality": pa.array(random.integers(0, 2, size).astype(np.int8)),
            "line": pa.array(np.arange(start, start + size)),
        }  # fmt: skip
        for place in range(3):
            names = np.array([MEASURES[k][place] for k in KINDS])
            values = random.poisson(2, size).astype(float)
            columns = {**shared, "measure": pa.array(names[kind]), "value": pa.array(values)}
            schema = pa.schema([SCHEMA.field(name) for name in columns])
            yield pa.RecordBatch.from_arrays(
                [columns[name].cast(schema.field(name).type) for name in columns], schema=schema
            )


def fill(folder: str, millions: str) -> None:
    """Twelve releases, each with two years of its own."""
    store, rows = Store(Path(folder)), int(float(millions) * 1e6) // RELEASES
    for release in range(RELEASES):
        start = FIRST + timedelta(days=release * DAYS // RELEASES)
        store.add(
            batches(release, rows), version(f"release {release}", start, start + timedelta(days=DAYS // RELEASES - 1))
        )


def version(name: str, start: date, end: date) -> DatasetVersion:
    coverage = [Coverage(kind=kind, areas=("CF",), start=start, end=end, complete=True) for kind in KINDS]
    return DatasetVersion(
        name=name, lineage=name, format="csv", known=datetime(end.year, end.month, end.day, tzinfo=UTC),
        imported=KNOWN, coverage=tuple(coverage),
    )  # fmt: skip


def indicators() -> list[Selector]:
    """Two hundred: a kind, a measure, one to six of its categories."""
    random = np.random.default_rng(5)
    found = []
    for number in range(200):
        kind = KINDS[number % 2]
        picked = random.choice(CATEGORIES[kind], size=1 + number % 6, replace=False).tolist()
        measure = MEASURES[kind][number % 3]
        found.append(Selector(kind, frozenset({measure}), (("category", picked),), (), detail=False))
    return found


def answers(store: Store, as_of: date = AS_OF, known: datetime = KNOWN) -> list[float]:
    """Of each indicator its monthly sums by area, and of these the sum, which all peers must find too."""
    wanted = indicators()
    monthly = select(store, wanted, lambda name: [], as_of=as_of, known=known).monthly
    found = []
    for each in wanted:
        columns = monthly[each]
        area = columns["area"]
        place = (columns["month"] - FIRST.year * 12) * len(area.names) + area.codes
        found.append(float(np.bincount(place, weights=columns["value"]).sum()))
    return found


def ask_cold(folder: str) -> None:
    """In a fresh process: the first answer and the second."""
    store = Store(Path(folder))
    start = time.perf_counter()
    answers(store)
    first = time.perf_counter() - start
    warm = min(timed(lambda: answers(store)) for _ in range(3))
    early = datetime(2020, 3, 15, 12, tzinfo=UTC)
    answers(store, date(2020, 2, 14), early)
    then = min(timed(lambda: answers(store, date(2020, 2, 14), early)) for _ in range(3))
    print(json.dumps({"cold": first, "warm": warm, "as_of": then}))


def absorb(folder: str) -> None:
    """Thirty thousand more data points, until the next answer is right."""
    store = Store(Path(folder))
    before = sum(answers(store))
    start = time.perf_counter()
    store.add(batches(99, 30_000), version("more", FIRST, FIRST + timedelta(days=99)))
    stored = time.perf_counter() - start
    after = sum(answers(Store(Path(folder))))
    assert after > before
    print(json.dumps({"stored": stored}))


def by_pandas(folder: str) -> None:
    import pandas as pd

    names = ["kind", "measure", "category", "date", "area", "value"]
    files = sorted((Path(folder) / "rows").glob("*.parquet"))
    frame = pd.concat([pd.read_parquet(path, columns=names, dtype_backend="pyarrow") for path in files])
    start = time.perf_counter()
    days = frame["date"].astype("datetime64[s]").dt
    month = days.year * 12 + days.month
    found = []
    for each in indicators():
        chosen = (frame["kind"] == each.kind) & frame["measure"].isin(each.measures)
        chosen &= frame["category"].isin(dict(each.where)["category"])
        part = frame[chosen.to_numpy(dtype=bool)]
        found.append(float(part.groupby([month[chosen.to_numpy(dtype=bool)], part["area"]])["value"].sum().sum()))
    print(json.dumps({"seconds": time.perf_counter() - start, "sum": sum(found)}))


def by_loop(folder: str) -> None:
    import duckdb

    connection = duckdb.connect()
    rows = str(Path(folder) / "rows" / "*.parquet")
    start, total = time.perf_counter(), 0.0
    for each in indicators():
        found = connection.execute(
            "SELECT date_trunc('month', date), area, sum(value) FROM read_parquet(?) WHERE kind = ? AND measure = ? "
            "AND category IN (SELECT unnest(?)) GROUP BY ALL",
            [rows, each.kind, next(iter(each.measures)), dict(each.where)["category"]],
        ).fetchnumpy()
        total += float(np.sum(found['sum("value")']))
    print(json.dumps({"seconds": time.perf_counter() - start, "sum": total}))


def by_spark(folder: str) -> None:
    os.environ["PYSPARK_SUBMIT_ARGS"] = "--driver-memory 8g pyspark-shell"  # its own default of 1 GB holds no 30 M rows
    store = Store(Path(folder), engine=engine("spark"))
    first = timed(lambda: answers(store))
    warm = min(timed(lambda: answers(store)) for _ in range(2))
    print(json.dumps({"cold": first, "warm": warm}))


# ---- measuring


def timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def alone(what: str, *arguments: str) -> tuple[float, float, float]:
    """(seconds, seconds of the processor, megabytes) of a function of this module in a process of its own."""
    return run(what, *arguments)[:3]


def run(what: str, *arguments: str) -> tuple[float, float, float, dict[str, Any]]:
    """The same, and what it printed."""
    start = time.perf_counter()
    said = subprocess.run(
        [sys.executable, __file__, "--call", what, *arguments], check=True, capture_output=True, text=True
    ).stdout.strip().splitlines()  # fmt: skip
    told = json.loads(said[-2]) if len(said) > 1 else {}
    used = json.loads(said[-1])
    return time.perf_counter() - start, used["cpu"], used["megabytes"], told


def called(what: str, arguments: list[str]) -> None:
    most, ended = [0.0], threading.Event()
    watch = threading.Thread(target=watch_memory, args=(most, ended), daemon=True)
    watch.start()
    globals()[what](*arguments)
    ended.set()
    watch.join()
    own = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps({"cpu": own.ru_utime + own.ru_stime, "megabytes": most[0]}))


def watch_memory(most: list[float], ended: threading.Event) -> None:
    """The largest memory of this process without pages of files, which the system drops when it needs them."""
    while not ended.wait(0.02):
        said = Path("/proc/self/status").read_text("ascii")
        kilobytes = int(said.split("RssAnon:")[1].split()[0])
        most[0] = max(most[0], kilobytes / 1024)


def table(millions: float = MILLIONS) -> str:
    """Times and memory, ours beside the peers'."""
    lines = [("what", "data", "peer", "peer's figure", "ours", "target"), ("---",) * 6]
    for count, target in EVENTS:
        seconds, cpu, megabytes = imported(count)
        data = f"{count:,} events, {3 * count:,} data points"
        lines.append(("import, seconds (of the processor)", data, "", "", f"{seconds:.1f} ({cpu:.1f})", target))
        lines.append(("import, largest memory", data, "", "", f"{megabytes:,.0f} MB", "bounded by a batch"))
    with tempfile.TemporaryDirectory() as folder:
        filling = run("fill", folder, str(millions))
        data = f"{millions:g} M data points"
        lines.append(("writing the store, seconds", data, "", "", f"{filling[0]:.0f}", ""))
        ours, pandas, loop = run("ask_cold", folder), run("by_pandas", folder), run("by_loop", folder)
        question = "200 indicators, seconds"
        told = ours[3]
        lines += [
            (f"{question}, first time", data, "", "", f"{told['cold']:.2f}", "1 s"),
            (f"{question}, warm", data, "pandas", f"{pandas[3]['seconds']:.1f}", f"{told['warm']:.2f}", "0.5 s"),
            (f"{question}, warm", data, "a loop of queries", f"{loop[3]['seconds']:.1f}", f"{told['warm']:.2f}",
             "0.5 s"),
            ("the same as of an earlier day and knowledge, times as long as as of now", data, "", "",
             f"{told['as_of'] / told['warm']:.2f} ({told['as_of']:.2f} s)", "at most 1.5"),
            ("largest memory, GB", data, "pandas", f"{pandas[2] / 1024:.2f}", f"{ours[2] / 1024:.2f}", "4.2"),
        ]  # fmt: skip
        if find_spec("pyspark"):
            spark = run("by_spark", folder)[3]["warm"]
            peer = "our expressions on Spark, one machine"
            lines.append((f"{question}, warm", data, peer, f"{spark:.1f}", f"{told['warm']:.2f}", ""))
        else:
            lines.append((question, data, "Spark", "not installed here", "", ""))
        more = run("absorb", folder)
        lines.append(("30,000 more data points, seconds", data, "", "", f"{more[3]['stored']:.2f}", "1 s"))
    written = "\n".join("| " + " | ".join(line) + " |" for line in lines)
    return f"{written}\n\n{cardinalities(millions)}"


def cardinalities(millions: float) -> str:
    return (
        f"Cube of the {millions:g} M: {20 * 12} months, {len(AREAS)} areas, {sum(map(len, CATEGORIES.values()))} "
        f"categories, {sum(map(len, MEASURES.values()))} measures, 2 levels of confidentiality, {RELEASES} lineages."
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--call"]:
        called(sys.argv[2], sys.argv[3:])
    else:
        print(table(float(sys.argv[1]) if sys.argv[1:] else MILLIONS))
