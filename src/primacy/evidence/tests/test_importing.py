"""Importing: every file recognised, whole or not at all, and everything said."""

import gzip
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from primacy.evidence.bringing.formats import formats
from primacy.evidence.bringing.importing import import_files
from primacy.evidence.errors import BadInput, Refused
from primacy.evidence.store.store import Store
from primacy.evidence.tests.ged_files import EVENT, GED_COLUMNS, ged
from primacy.framework.instance import Instance
from primacy.places.areas import Areas

Write = Callable[[str, str], Path]
POINTS = "kind,item,date,area,measure,value\ncontact,c1,2024-01-01,XX,events,1\n"
PEOPLE = "ISO3,ADM1_PCODE,Gender,Age_range,Population,Reference_year,Source\nXX,XX1,all,all,100,2015,Census\n"


def stored(instance: Instance) -> list[dict[str, Any]]:
    store = Store(instance.evidence)
    rows = store.rows(as_of=date(2030, 1, 1), known=datetime(2030, 1, 1, tzinfo=UTC))
    found: list[dict[str, Any]] = store.fetch(rows).to_pylist()
    return found


def test_every_importer_has_a_data_sheet_and_one_line_about_it() -> None:
    assert set(formats()) >= {"boundaries", "population", "ucdp-ged", "ucdp-candidate", "csv"}
    for importer in formats().values():
        assert "Data sheet" in (importer.__doc__ or "")
        assert "\n" not in importer.ABOUT
        assert "Licence" in importer.__doc__ or importer.FORMAT == "csv"


def test_a_file_is_recognised_and_imported_with_its_provenance(write: Write, instance: Instance) -> None:
    (summary,) = import_files([write("GEDEvent_v23_1.csv", ged({}, {}))], instance=instance, imported_by="planner")
    version = summary.version
    assert version is not None
    assert (summary.format, summary.format_given, summary.new) == ("ucdp-ged", False, True)
    assert (summary.items, summary.rows) == (2, 6)
    assert (version.name, version.licence, version.imported_by) == ("GEDEvent_v23_1", "CC BY 4.0", "planner")
    assert version.known == datetime(2023, 6, 18, tzinfo=UTC)
    assert version.file_hash.startswith("sha256:")


def test_the_same_file_again_is_said_to_change_nothing(write: Write, instance: Instance) -> None:
    path = write("GEDEvent_v23_1.csv", ged({}))
    import_files([path], instance=instance)
    (again,) = import_files([path], instance=instance)
    assert not again.new
    assert "nothing was changed" in str(again.notes[0])
    assert len(Store(instance.evidence).versions()) == 1


EVENTS = "kind,item,date,area,measure,value\nincident,e1,2024-05-01,XX,events,1\nincident,e2,2024-01-10,XX,events,1\n"
BUDGET = (
    "kind,item,date,area,measure,value,unit\nbudget-line,b1,2024-05-01,XX,expected,1,\n"
    "budget-line,b1,2024-05-01,XX,approved,1,XAF\nfigure,f1,2024-05-01,XX,share,0.5,\n"
)
GIVEN_TWICE = [
    # what it shows, the day given first, withdrawn between, the day given then, known since, what is said of it
    ("another day", "2024-06-01", False, "2024-05-03", "2024-06-01",
     "({given}) was not used: what the file tells is here already, known since 2024-06-01"),
    ("the same day", "2024-06-01", False, "2024-06-01", "2024-06-01", ""),
    ("no day", "2024-06-01", False, None, "2024-06-01", ""),
    ("another day after a withdrawal", "2024-06-01", True, "2024-05-03", "2024-09-01",
     "was withdrawn before, so it counts again from 2024-09-01 on and not from 2024-05-03"),
    ("no day after a withdrawal", "2024-06-01", True, None, "2024-09-01", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("shows", "first", "withdrawn", "then", "since", "noted"), GIVEN_TWICE, ids=[case[0] for case in GIVEN_TWICE]
)
def test_a_day_of_knowledge_that_is_not_used_is_said_and_the_past_stays(
    write: Write, instance: Instance, shows: str, first: str, withdrawn: bool, then: str | None, since: str, noted: str
) -> None:
    path, now = write("events.csv", EVENTS), datetime(2024, 9, 1, 12, tzinfo=UTC)
    (summary,) = import_files([path], instance=instance, known=_day(first), now=_day("2024-07-01"))
    store = Store(instance.evidence)
    assert summary.version is not None
    if withdrawn:
        store.withdraw(summary.version.id, at=_day("2024-08-01"), because="a test")
    past = [_day(day) for day in ("2024-05-15", "2024-06-15", "2024-07-15", "2024-08-15")]
    before = [store.evidence_hash(known=day) for day in past]
    (again,) = import_files([path], instance=instance, known=_day(then) if then else None, now=now)
    assert again.version is not None
    assert f"{again.version.known:%Y-%m-%d}" == since
    assert [store.evidence_hash(known=day) for day in past] == before
    told = [str(each) for each in again.notes if each.key in ("evidence/known-kept", "evidence/known-again")]
    assert len(told) == bool(noted)
    assert noted.format(given=then) in " ".join(told)


def _day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


AHEAD = [
    # what it shows, table, the day given, lines that it could not have been known of
    ("what had not happened", EVENTS, "2024-02-01", 1),
    ("what had happened on that day", EVENTS, "2024-05-01", 0),
    ("what is planned or published of a time to come", BUDGET, "2024-02-01", 0),
    ("no day", EVENTS, None, 0),
]


@pytest.mark.parametrize(("shows", "table", "given", "lines"), AHEAD, ids=[case[0] for case in AHEAD])
def test_lines_of_after_the_day_of_knowledge_are_counted(
    write: Write, instance: Instance, shows: str, table: str, given: str | None, lines: int
) -> None:
    known = _day(given) if given else None
    (summary,) = import_files([write("x.csv", table)], instance=instance, known=known, now=_day("2024-09-01"))
    assert summary.rejected == 0
    told = [str(each) for each in summary.notes if each.key == "evidence/known-before-days"]
    assert len(told) == bool(lines)
    if lines:
        assert f"lines of a day after {given}, since when the file counts as known: {lines};" in told[0]


def test_without_boundaries_the_summary_names_the_file_to_add(write: Write, instance: Instance) -> None:
    (summary,) = import_files([write("ged231.csv", ged({}))], instance=instance)
    assert "COD-AB boundaries" in str(summary.notes[0])
    assert {row["area"] for row in stored(instance)} == {"XX"}


def test_a_folder_brings_boundaries_first_and_names_what_it_did_not_read(
    write: Write, instance: Instance, boundaries_file: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "all"
    folder.mkdir()
    (folder / "a_ged231.csv").write_text(ged({}))
    (folder / "b_people.csv").write_text(PEOPLE)
    boundaries_file.rename(folder / "z_admin2.geojson")
    (folder / "notes.txt").write_text("not for reading\n")
    summaries = import_files([folder], instance=instance)
    assert [each.format for each in summaries] == ["boundaries", "population", "ucdp-ged"]
    assert summaries[2].by_point == 1
    assert "not recognised and not read: notes.txt" in map(str, summaries[2].notes)
    assert Areas.load(instance.places).population("XX1") == 100.0
    assert {(row["kind"], row["area"]) for row in stored(instance)} == {("incident", "XX11"), ("population", "XX1")}


@pytest.mark.parametrize("packing", ["gz", "zip"])
def test_packed_files_are_the_same_dataset(write: Write, instance: Instance, tmp_path: Path, packing: str) -> None:
    plain = write("ged231.csv", ged({}))
    packed = tmp_path / f"ged231.{'csv.gz' if packing == 'gz' else 'zip'}"
    if packing == "gz":
        packed.write_bytes(gzip.compress(plain.read_bytes()))
    else:
        with zipfile.ZipFile(packed, "w") as archive:
            archive.write(plain, "ged231.csv")
    (first,), (second,) = (import_files([path], instance=instance) for path in (plain, packed))
    assert (first.new, second.new) == (True, False)


def test_imported_again_after_the_boundaries_it_replaces_the_version_without_areas(
    write: Write, instance: Instance, boundaries_file: Path
) -> None:
    path = write("ged231.csv", ged({}))
    import_files([path], instance=instance)
    (boundaries,) = import_files([boundaries_file], instance=instance)
    assert "import again, so that they get these areas: ged231" in map(str, boundaries.notes)
    (summary,) = import_files([path], instance=instance)
    assert "it replaces 3 rows of ged231" in " ".join(map(str, summary.notes))
    assert {row["area"] for row in stored(instance)} == {"XX11"}


def test_a_file_of_many_countries_gives_the_mission_its_own_and_says_so(write: Write, instance: Instance) -> None:
    path = write("ged231.csv", ged({}, {"country": "YY"}))
    (summary,) = import_files([path], instance=instance)
    assert summary.items == 1
    assert "the mission's country" in " ".join(map(str, summary.notes))
    (other,) = import_files([path], instance=instance, country="YY")
    assert other.version is not None
    assert other.version.coverage[0].areas == ("YY",)


def test_names_that_matched_and_names_that_did_not_are_listed(
    write: Write, instance: Instance, boundaries_file: Path
) -> None:
    away = {"latitude": 9}
    text = ged(away | {"adm_2": "District 2"}, away | {"adm_2": "Atlantis", "adm_1": "Utopia"})
    summaries = import_files([boundaries_file, write("ged231.csv", text)], instance=instance)
    assert summaries[1].by_name == {"District 2 -> XX12": 1}
    assert summaries[1].not_found == {"Atlantis": 1}


def test_rejected_lines_are_in_a_file_beside_the_dataset(write: Write, instance: Instance) -> None:
    (summary,) = import_files([write("ged231.csv", ged({}, {}, {"best": -1}))], instance=instance)
    assert summary.rejected == 1
    assert summary.first_rejected == "line 4: best is below 0: '-1'"
    assert Path(summary.rejected_file).read_text() == (
        "line,field,value,reason,fault\n"
        '4,best,-1,best is below 0,"{""said"": ""places/below"", ""column"": ""best"", ""least"": ""0""}"\n'
    )
    assert summary.version is not None
    assert "silence there does not mean none" in " ".join(map(str, summary.version.notes))


def test_what_was_rejected_is_unknown_and_not_peace(write: Write, instance: Instance) -> None:
    events = [{"id": str(year * 100 + n), "date_start": f"{year}-0{n}-01", "date_end": f"{year}-0{n}-01"}
              for year in (2018, 2019, 2020) for n in range(1, 7)]  # fmt: skip
    for event in events[12:]:
        event["best"] = "-5"
    (summary,) = import_files([write("ged231.csv", ged(*events))], instance=instance)
    assert summary.version is not None
    told = [(each.start.year, each.end.year, each.complete) for each in summary.version.coverage]
    assert told == [(2018, 2019, True), (2020, 2020, False)]
    assert "of 2020-01 to 2020-12 so many lines were rejected" in " ".join(map(str, summary.notes))


def test_files_of_one_release_add_up_and_a_selection_silences_nothing(write: Write, instance: Instance) -> None:
    import_files([write("ged231.csv", ged(*({"id": str(n)} for n in range(80))))], instance=instance)
    import_files([write("ged231_onesided.csv", ged({"id": "3"}, {"id": "4"}))], instance=instance)
    assert len({row["item"] for row in stored(instance)}) == 80
    with pytest.raises(Refused, match=r"240 rows of ged231 .* would stop counting"):
        import_files([write("some_events.csv", ged({"id": "3"}, {"id": "4"}))], instance=instance, format="ucdp-ged")
    assert len({row["item"] for row in stored(instance)}) == 80


def test_a_file_that_is_here_already_says_what_took_its_place(write: Write, instance: Instance) -> None:
    old, new = ged({"id": "1"}, {"id": "2"}), ged({"id": "1"}, {"id": "3"})
    import_files([write("ged221.csv", old)], instance=instance)
    (second,) = import_files([write("ged231.csv", new)], instance=instance)
    assert second.version is not None
    (again,) = import_files([write("ged221.csv", old)], instance=instance)
    assert f"because ged231 ({second.version.id}) came later and takes its place" in " ".join(map(str, again.notes))


def test_progress_goes_from_nothing_to_all(write: Write, instance: Instance) -> None:
    told: list[float] = []
    import_files([write("ged231.csv", ged({}))], instance=instance, progress=lambda share, what: told.append(share))
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_a_gzip_under_another_name_is_still_read(write: Write, instance: Instance, tmp_path: Path) -> None:
    (tmp_path / "ged211.csv").write_bytes(gzip.compress(ged({}).encode()))
    (summary,) = import_files([tmp_path / "ged211.csv"], instance=instance)
    assert summary.items == 1


def test_a_shapefile_is_refused_with_what_to_take_instead(instance: Instance, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "xx_adm.zip", "w") as archive:
        archive.writestr("xx_adm1.shp", b"\x00\x00\x27\x0a")
    with pytest.raises(BadInput, match="Take the GeoJSON"):
        import_files([tmp_path / "xx_adm.zip"], instance=instance)


def test_thirty_five_thousand_events_are_each_placed_by_their_point(
    write: Write, instance: Instance, boundaries_file: Path
) -> None:
    path = write("ged231.csv", ged(*[{"longitude": number % 4 + 0.5} for number in range(35_000)]))
    import_files([boundaries_file], instance=instance)
    (summary,) = import_files([path], instance=instance)
    assert (summary.items, summary.by_point) == (35_000, 35_000)


REFUSED = [
    ("a file cut off in its last line", "ged231.csv", ged({}, {})[:-40], {}, "stops in the middle of its last line"),
    ("boundaries without P-codes", "a.geojson", '{"features": [{"properties": {"name": "A"}}]}', {}, "without P-codes (their"),
    ("broken JSON", "a.geojson", '{"features": [{"properties": }', {}, "line 1, character"),
    ("no format that is known", "notes.csv", "a,b\n1,2\n", {}, "is in no format that is known"),
    ("an empty file", "empty.csv", "", {}, "is empty"),
    ("an unknown format", "ged231.csv", ged({}), {"format": "acled9"}, "'acled9' is no format"),
    ("the wrong format", "points.csv", POINTS, {"format": "ucdp-ged"}, "does not name id"),
    ("a GED file without events", "ged231.csv", ged(), {}, "holds no line of data"),
    ("a file of another country", "ged231.csv", ged({"country": "YY"}), {}, "holds nothing on XX; it holds YY"),
    ("most lines unusable", "ged231.csv", ged({}, {"best": -1}, {"low": "x"}), {}, "line 3: cannot be used in 2 of its 3 lines"),
    ("known before it can be", "ged231.csv", ged({}), {"known": datetime(2999, 1, 1, tzinfo=UTC)}, "nobody can know"),
    ("GED named as boundaries", "ged231.csv", ged({}), {"format": "boundaries"}, "is not complete GeoJSON"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "name", "text", "asked", "message"), REFUSED, ids=[case[0] for case in REFUSED])
def test_bad_input_gives_one_message_and_imports_nothing(
    write: Write, instance: Instance, shows: str, name: str, text: str, asked: dict[str, Any], message: str
) -> None:
    with pytest.raises(BadInput) as caught:
        import_files([write(name, text)], instance=instance, **asked)
    assert message in str(caught.value)
    assert caught.value.remedy
    assert stored(instance) == []


def test_a_file_that_fails_names_those_imported_before_it(write: Write, instance: Instance) -> None:
    good, bad = write("ged231.csv", ged({})), write("ged221.csv", ged({"best": -1}))
    with pytest.raises(BadInput, match=r"Imported before it: ged231\.csv"):
        import_files([good, bad], instance=instance)


def test_boundaries_of_another_country_are_refused(instance: Instance, boundaries_file: Path) -> None:
    instance.mission_file.write_text("country: CAF\n")
    with pytest.raises(BadInput, match="not of Central African Republic"):
        import_files([boundaries_file], instance=instance)


# ---- any file at all

TEXTS = {"ged231.csv": ged({}, {}), "v24_0_1_ged.csv": ged({}, {}), "points.csv": POINTS, "people.csv": PEOPLE}
settings.register_profile("files", suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def _tried(path: Path, instance: Instance, **asked: Any) -> None:
    try:
        import_files([path], instance=instance, **asked)
    except BadInput as error:
        assert str(error)  # noqa: PT017  (both outcomes are right)


@settings(settings.get_profile("files"), max_examples=60)
@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.csv.gz", "a.zip", "a.geojson"]), st.data())
def test_any_bytes_in_any_format_are_imported_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, name: str, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("any")
    (folder / name).write_bytes(content)
    wanted = data.draw(st.sampled_from([None, *formats()]))
    _tried(folder / name, Instance(folder / "instance"), format=wanted)


@settings(settings.get_profile("files"), max_examples=150)
@given(
    name=st.sampled_from(sorted(TEXTS)), place=st.floats(0, 1), cut=st.integers(0, 12),
    noise=st.binary(max_size=6) | st.sampled_from([b'"', b",,,", b"\n", b"-1", b"1e999", b"9999-99-99", b"\xff"]),
)  # fmt: skip
def test_a_damaged_file_is_imported_or_refused(
    tmp_path_factory: pytest.TempPathFactory, name: str, place: float, cut: int, noise: bytes
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    text = TEXTS[name].encode()
    at = int(place * len(text))
    (folder / name).write_bytes(text[:at] + noise + text[at + cut :])
    _tried(folder / name, Instance(folder / "instance"))


@settings(settings.get_profile("files"), max_examples=40)
@given(column=st.sampled_from(["best", "low", "high", "deaths_civilians"]), event=st.integers(0, 2))
def test_an_empty_cell_never_becomes_a_number(
    tmp_path_factory: pytest.TempPathFactory, column: str, event: int
) -> None:
    folder = tmp_path_factory.mktemp("gap")
    events = [EVENT | ({column: ""} if number == event else {}) | {"id": str(number)} for number in range(3)]
    lines = [",".join(GED_COLUMNS), *(",".join(each[name] for name in GED_COLUMNS) for each in events)]
    (folder / "ged231.csv").write_text("\n".join(lines))
    instance = Instance(folder / "instance")
    import_files([folder / "ged231.csv"], instance=instance)
    read = {"best": ("deaths", "value"), "low": ("deaths", "low"), "high": ("deaths", "high")}
    measure, field = read.get(column, ("civilian_deaths", "value"))
    of_event = [row for row in stored(instance) if row["item"] == str(event) and row["measure"] == measure]
    assert [row[field] for row in of_event if row[field] is not None] == []


@pytest.mark.reference_data
def test_the_central_african_republic_from_its_published_files(reference_data: Path, tmp_path: Path) -> None:
    instance = Instance(tmp_path / "instance")
    instance.folder.mkdir()
    instance.mission_file.write_text("country: CAF\n")
    names = ("boundaries_caf_2024", "ged_car_23_1", "pcodes_population/cod_population_admin1_CAF_COD.csv.gz")
    summaries = import_files([reference_data / name for name in names], instance=instance)
    events = summaries[-1]
    assert (events.items, events.by_point, events.country_only, events.rejected) == (1848, 1791, 57, 0)
    assert events.not_found == {}
    levels = {row["level"] for row in stored(instance) if row["kind"] == "incident"}
    assert levels == {0, 1, 2}
    areas = Areas.load(instance.places)
    assert areas.population("CF") == 4_953_014


VETOES = (
    "date,draft,meeting_record,crisis_topic,member_veto1,member_veto2,member_veto3\n1/2/2003,S/1,S/2,Mali,China,,\n"
)


def test_a_file_with_nothing_on_the_country_stops_no_other(write: Write, instance: Instance) -> None:
    files = [write("vetoes.csv", VETOES), write("GEDEvent_v23_1.csv", ged({}))]
    (summary,) = import_files(files, instance=instance)
    assert summary.format == "ucdp-ged"
    assert any(str(note).startswith("passed over: vetoes.csv: holds nothing on") for note in summary.notes)


def test_alone_it_is_refused_with_what_it_holds(write: Write, instance: Instance) -> None:
    with pytest.raises(BadInput, match=r"vetoes.csv: holds nothing on XX; it holds Mali"):
        import_files([write("vetoes.csv", VETOES)], instance=instance)


def test_several_such_files_are_refused_together(write: Write, instance: Instance) -> None:
    files = [write("a.csv", VETOES), write("b.csv", VETOES)]
    with pytest.raises(BadInput, match="none of the 2 files holds anything to import") as error:
        import_files(files, instance=instance)
    assert [fault.field for fault in error.value.faults or ()] == ["a.csv", "b.csv"]
