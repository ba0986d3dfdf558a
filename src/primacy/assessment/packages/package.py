"""A package: everything that an assessment read and found, in one file that `primacy verify` computes again.

A zip with fixed dates and no compression, so that the same assessment is the same file on every machine:

    package.json       what it is, and the hash of every other file
    framework.json     the effective framework        mission.json   the public part of the mission file
    calibration.json   the trend model as numbers     places.json    areas, people, neighbours; no geometry
    datasets.json      the dataset versions in force  inputs.csv     every data point that the rules read
    reporting.json     months still being reported    findings.json  the findings
    watches.json       risks and trade-offs with their signals

What is not computed stands beside it, outside the comparison:

    views.json         what the leadership says       index.html     a page for people (`sheet.py`)
    about.json         the code's version, the hash of its standard, the key and the mission's own words
                       on the page, and the hashes of these two
    signature.json     who says that it is whole (`seal.py`)
"""

import json
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from primacy import __version__
from primacy.assessment.assessing import Assessment, assess, rows_read
from primacy.assessment.finding import Finding, Watch
from primacy.assessment.finding_json import as_tree, finding_of, watch_of
from primacy.assessment.inputs import FULL, Inputs
from primacy.assessment.packages.people_page import (
    OTHER,
    PAGE,
    UNCHANGED,
    PageCheck,
    checked_page,
    own_texts,
    page_of,
    waiting,
    with_texts,
)
from primacy.assessment.packages.rows_csv import from_csv, to_csv
from primacy.assessment.packages.seal import SIGNATURE, UNSIGNED, Seal, file_hash, seal_of, signature_of, wrong_files
from primacy.assessment.packages.sharing import Carried, with_carried
from primacy.assessment.packages.signing import SigningKey
from primacy.assessment.trends.trend import TrendModel
from primacy.assessment.views import View, share_of_differences
from primacy.evidence.lacking.being_reported import BeingReported
from primacy.evidence.store.datasets import DatasetVersion
from primacy.evidence.store.store import Store
from primacy.framework import Framework, Mission, load
from primacy.places.areas import Areas

FORMAT = 1
MOMENT = (1980, 1, 1, 0, 0, 0)
LARGEST = 2_000_000_000
Tree = dict[str, Any]


class NotAPackage(Exception):
    """The file cannot be read as a package; the message says why and what to do."""


@dataclass(frozen=True)
class Opened:
    """A package that was read."""

    inputs: Inputs
    assessment: Assessment
    wrong: tuple[tuple[str, str], ...]  # files that are not as the package names them, and why
    seal: Seal = UNSIGNED
    views: tuple[View, ...] = ()
    page: Callable[[], PageCheck] = PageCheck  # compares the page for people with the findings


def write(
    path: Path, inputs: Inputs, assessment: Assessment, *, key: SigningKey | None = None, views: Sequence[View] = ()
) -> None:
    """Write the package of an assessment; an existing file is replaced whole or not at all.

    `key` signs it. `views` go into a full package as they were given, and into one for sharing as the share that
    differs, without persons.
    """
    files = dict(contents(inputs, assessment))
    files |= beside(inputs, assessment, views, file_hash(files["package.json"]), key)
    if key is not None:
        by = inputs.mission.name or inputs.mission.country
        files[SIGNATURE] = _json(signature_of(files, key, by))
    partial = path.with_name(f".{path.name}.partial")
    partial.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, MOMENT), content)
    partial.replace(path)


def contents(inputs: Inputs, assessment: Assessment) -> Iterator[tuple[str, str]]:
    """The files of the package, the list of contents first."""
    versions = inputs.store.versions(known=assessment.known)
    rows = rows_read(inputs, as_of=assessment.as_of, known=assessment.known)
    files = {
        "framework.json": _json(inputs.framework.as_dict()),
        "mission.json": _json(inputs.mission.model_dump(mode="json", by_alias=True)),
        "calibration.json": _json(inputs.model.as_dict()),
        "places.json": _json(inputs.areas.as_dict()),
        "datasets.json": _json([version.model_dump(mode="json", exclude={"parts", "cube"}) for version in versions]),
        "reporting.json": _json([each.as_dict() for each in inputs.still_reported(assessment.known)]),
        "inputs.csv": to_csv(rows),
        "findings.json": _json([as_tree(finding) for finding in assessment.findings]),
        "watches.json": _json([as_tree(each) for each in assessment.watches]),
    }
    yield "package.json", _json(_head(inputs, assessment, files))
    yield from files.items()


def beside(
    inputs: Inputs, assessment: Assessment, views: Sequence[View], hash: str, key: SigningKey | None
) -> dict[str, str]:
    """What no evidence decides: views, the page for people, and the version of the code. `hash`: of package.json."""
    told = list(views) if inputs.level >= FULL else []
    public = None if key is None else key.public
    share = share_of_differences(views)
    unconfirmed = waiting(inputs.framework, inputs.mission.languages)
    files = {
        "views.json": _json({
            "given": share.given, "differing": share.differing, "views": [each.as_dict() for each in told],
        }),
        PAGE: page_of(inputs, assessment, told, hash, public, unconfirmed),
    }  # fmt: skip
    said: Tree = {"code": __version__, "standard": load().hash}
    said |= {"key": public} if public else {}
    said |= {"unreviewed": unconfirmed} if unconfirmed else {}
    said |= {"texts": own} if (own := own_texts(inputs.framework, inputs.mission.languages)) else {}
    return {**files, "about.json": _json({**said, "files": {name: file_hash(each) for name, each in files.items()}})}


def _head(inputs: Inputs, assessment: Assessment, files: Mapping[str, str]) -> Tree:
    closed = closed_in(inputs, known=assessment.known)
    return ({"not_to_be_passed_on": closed} if closed else {}) | {
        "format": FORMAT,
        "kind": "full" if inputs.level >= FULL else "shared",
        "id": assessment.id,
        "as_of": assessment.as_of.isoformat(),
        "known": assessment.known.isoformat(),
        "framework": assessment.framework,
        "evidence": assessment.evidence,
        "level": inputs.level,
        "files": {name: file_hash(content) for name, content in files.items()},
    }


def closed_in(inputs: Inputs, *, known: datetime) -> list[str]:
    """The data sets with rows among the inputs whose licence forbids to pass them on."""
    return sorted({each.name or each.id for each in inputs.store.versions(known=known) if each.closed})


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


# ---- reading and verifying


def read(path: Path) -> Opened:
    """Raises NotAPackage with what is wrong."""
    files = _files(path)
    try:
        head = json.loads(files["package.json"])
        inputs = Inputs(
            framework=with_texts(Framework.from_dict(json.loads(files["framework.json"])), {}),
            mission=Mission.model_validate(json.loads(files["mission.json"])),
            store=Store.in_memory(
                from_csv(files["inputs.csv"]),
                [DatasetVersion.model_validate(each) for each in json.loads(files["datasets.json"])],
            ),
            areas=Areas.from_dict(json.loads(files["places.json"])),
            model=TrendModel.from_dict(json.loads(files["calibration.json"])),
            level=head["level"],
            reporting=tuple(BeingReported.from_dict(each) for each in json.loads(files["reporting.json"])),
        )
        assessment = Assessment(
            id=head["id"], as_of=date.fromisoformat(head["as_of"]), known=datetime.fromisoformat(head["known"]),
            framework=head["framework"], evidence=head["evidence"], code=json.loads(files["about.json"])["code"],
            findings=tuple(finding_of(each) for each in json.loads(files["findings.json"])),
            watches=tuple(watch_of(each) for each in json.loads(files["watches.json"])),
        )  # fmt: skip
        views = tuple(View.from_dict(each) for each in json.loads(files["views.json"])["views"])
        hash, about = file_hash(files["package.json"]), json.loads(files["about.json"])
        page = lambda: checked_page(files.get(PAGE, ""), inputs, assessment, views, hash, about)  # noqa: E731
        return Opened(inputs, assessment, tuple(wrong_files(files)), seal_of(files, views), views, page)
    except (AttributeError, KeyError, ValueError, TypeError) as error:
        raise NotAPackage(f"{path.name} is damaged ({error}). Ask for the file again.") from error


def findings_of(path: Path) -> tuple[Finding, ...]:
    """Only the findings, for pages."""
    return tuple(finding_of(each) for each in json.loads(part_of(path, "findings.json")))


def watches_of(path: Path) -> tuple[Watch, ...]:
    """Only the risks and trade-offs, for pages."""
    return tuple(watch_of(each) for each in json.loads(part_of(path, "watches.json")))


def model_of(path: Path) -> TrendModel:
    """Only the calibration with which it judged."""
    return TrendModel.from_dict(json.loads(part_of(path, "calibration.json")))


def framework_in(path: Path) -> Framework:
    """Only the framework by which it judged, with the mission's own words, for pages."""
    files = _files(path, {"framework.json", "about.json"})
    own = json.loads(files["about.json"]).get("texts", {})
    return with_texts(Framework.from_dict(json.loads(files["framework.json"])), own)


def part_of(path: Path, name: str) -> str:
    """One file of a package as text."""
    return _files(path, {name})[name]


@dataclass(frozen=True)
class JudgedBy:
    """By what an assessment judged. `framework`: its entries as plain data; `standard`: the hash of the standard under
    it, empty where the package does not say."""

    as_of: date
    known: datetime
    mission: Mission
    framework: Tree
    standard: str = ""

    @property
    def day(self) -> date:
        """The day whose framework and mission file were in force: what is to come was not looked at."""
        return min(self.as_of, self.known.date())


def judged_by(path: Path) -> JudgedBy:
    """Raises NotAPackage with what is wrong."""
    files = _files(path, {"package.json", "mission.json", "framework.json", "about.json"})
    try:
        head, about = json.loads(files["package.json"]), json.loads(files["about.json"])
        return JudgedBy(
            date.fromisoformat(head["as_of"]), datetime.fromisoformat(head["known"]),
            Mission.model_validate(json.loads(files["mission.json"])), json.loads(files["framework.json"]),
            about.get("standard", ""),
        )  # fmt: skip
    except (KeyError, ValueError) as error:
        raise NotAPackage(f"{path.name} does not say by what it judged ({error}).") from error


def assessed(folder: Path, *, as_of: date, known: datetime) -> Path | None:
    """The package of a folder that holds the assessment of a day with the knowledge of a moment, that was made last."""
    found = []
    for path in folder.glob("*.zip"):
        with suppress(NotAPackage, KeyError, ValueError):
            head = json.loads(part_of(path, "package.json"))
            if (head["as_of"], head["known"]) == (as_of.isoformat(), known.isoformat()):
                found.append(path)
    return max(found, key=lambda path: path.stat().st_mtime, default=None)


def last_of(folder: Path) -> JudgedBy | None:
    """By what the newest package of a folder judged; what is no package tells nothing."""
    found = []
    for path in sorted(folder.glob("*.zip")):
        with suppress(NotAPackage, KeyError, ValueError):
            head = json.loads(part_of(path, "package.json"))
            found.append((head["known"], head["as_of"], path))
    for *_when, path in sorted(found, reverse=True):
        with suppress(NotAPackage):
            return judged_by(path)
    return None


def _files(path: Path, names: set[str] | None = None) -> dict[str, str]:
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(each.file_size for each in archive.infolist()) > LARGEST:
                raise NotAPackage(f"{path.name} would unpack to more than 2 GB, which no package does.")
            if len(set(archive.namelist())) < len(archive.namelist()):
                raise NotAPackage(f"{path.name} holds two files of one name: readers would not see the same one.")
            wanted = [name for name in archive.namelist() if names is None or name in names]
            return {name: archive.read(name).decode("utf-8") for name in wanted}
    except FileNotFoundError as error:
        raise NotAPackage(f"There is no file {path}.") from error
    except (zipfile.BadZipFile, UnicodeDecodeError, OSError) as error:
        raise NotAPackage(
            f"{path.name} is not a package of an assessment ({error}). Give a file that `primacy assess --out` wrote."
        ) from error


@dataclass(frozen=True)
class Difference:
    """One field whose stored and recomputed values differ."""

    field: str
    stored: Any
    computed: Any


@dataclass(frozen=True)
class Verified:
    """`carried` names the findings that cannot be computed again from this package; `seal` who signed it.
    `page` whether the page for people says what was computed."""

    differences: tuple[Difference, ...]
    carried: tuple[str, ...]
    seal: Seal = UNSIGNED
    page: PageCheck = UNCHANGED


def verify(path: Path, *, progress: Callable[[float], None] | None = None) -> Verified:
    """Compute the package's assessment again from what lies in it and list every difference."""
    opened = read(path)
    carried = _carried(opened)
    as_of, known = opened.assessment.as_of, opened.assessment.known
    again = with_carried(assess(opened.inputs, as_of=as_of, known=known, progress=progress), carried)
    found = [Difference(f"files/{name}", "as the package names it", why) for name, why in opened.wrong]
    for name in ("id", "framework", "evidence"):
        stored, computed = getattr(opened.assessment, name), getattr(again, name)
        if stored != computed:
            found.append(Difference(name, stored, computed))
    for one, other, key in (
        (opened.assessment.findings, again.findings, "benchmark"),
        (opened.assessment.watches, again.watches, "entry"),
    ):
        found += differences(_by(key, one), _by(key, other))
    try:
        page = opened.page()
    except (AttributeError, KeyError, ValueError, TypeError) as error:
        raise NotAPackage(f"{path.name} is damaged (about.json: {error}). Ask for the file again.") from error
    if page.state == OTHER:
        found.append(Difference(f"files/{PAGE}", "as the package has it", "not the page that its findings give"))
    return Verified(tuple(found), (*carried.findings, *carried.watches), opened.seal, page)


def _by(key: str, listed: Sequence[Finding] | Sequence[Watch]) -> Tree:
    return {getattr(each, key): json.loads(json.dumps(as_tree(each))) for each in listed}


def _carried(opened: Opened) -> Carried:
    """What a shared package says without showing it. A full package shows everything."""
    if opened.inputs.level >= FULL:
        return Carried()
    return Carried(
        {each.benchmark: each for each in opened.assessment.findings if each.carried},
        {each.entry: each for each in opened.assessment.watches if each.carried},
    )


def differences(stored: Any, computed: Any, field: str = "") -> Iterator[Difference]:
    """Every leaf that differs, with its path."""
    if isinstance(stored, dict) and isinstance(computed, dict):
        for key in sorted({*stored, *computed}):
            yield from differences(stored.get(key), computed.get(key), f"{field}/{key}" if field else str(key))
    elif isinstance(stored, list) and isinstance(computed, list) and len(stored) == len(computed):
        for index, (one, other) in enumerate(zip(stored, computed, strict=True)):
            yield from differences(one, other, f"{field}/{index}")
    elif stored != computed:
        yield Difference(field, stored, computed)
