"""Pictures and sums that pages show of a stored assessment, kept so that no reader waits for them twice.

A package never changes, so what is drawn from it does not change either. Each assessment has a folder of its own in
`DATA/pictures`; a file is named by the hash of what it shows, so its name says nothing, and it goes when the
package goes.
"""

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from primacy import __version__
from primacy.assessment.finding import Finding
from primacy.assessment.front.pictured import pictures_of, widths_of
from primacy.assessment.told.consequences import Answer, Consequences, Harm, consequences
from primacy.evidence.store.store import Store
from primacy.framework import Framework, Instance, Mission
from primacy.places.at_hand import place_names
from primacy.places.files.replacing import replace
from primacy.ui.pictures import Picture, specification, svg_once


def drawn(instance: Instance, assessment_id: str, picture: Picture, language: str, *, narrow: bool) -> str:
    """The SVG of a picture; drawn where it was not drawn before."""
    spec = json.dumps(specification(picture, language, narrow=narrow), sort_keys=True, ensure_ascii=False)
    return _kept(_folder(instance, assessment_id) / f"{_name(spec)}.svg", lambda: svg_once(spec))


def people(instance: Instance, assessment_id: str, benchmark: str) -> Consequences:
    """What it meant for people; summed where it was not summed before."""
    package = instance.package(assessment_id)
    path = _folder(instance, assessment_id) / f"{_name(f'people {benchmark}')}.json"
    store = Store(instance.evidence)
    text = _kept(path, lambda: json.dumps(asdict(consequences(package, store, benchmark)), default=date.isoformat))
    told: dict[str, Any] = json.loads(text)
    harms = tuple(
        Harm(**{**each, "groups": tuple((str(group), float(n)) for group, n in each["groups"])})
        for each in told["harms"]
    )
    answers = tuple(Answer(**{**each, "day": date.fromisoformat(each["day"])}) for each in told["answers"])
    start, end = (date.fromisoformat(told[name]) for name in ("start", "end"))
    return Consequences(start, end, harms, told["sources"], answers)


def draw_all(
    instance: Instance,
    assessment_id: str,
    findings: Sequence[Finding],
    framework: Framework,
    mission: Mission,
    languages: list[str],
) -> Iterator[float]:
    """Draw and sum everything that pages will ask for; yields the share of it that is done."""
    clear(instance)
    for index, finding in enumerate(findings):
        if finding.benchmark in framework.benchmarks:
            people(instance, assessment_id, finding.benchmark)
            for language in languages:
                places = place_names(instance.places, language)
                pictures = pictures_of(finding, framework, mission, language, places)
                for picture, widths in zip(pictures, widths_of(pictures), strict=True):
                    for narrow in widths:
                        drawn(instance, assessment_id, picture, language, narrow=narrow)
        yield (index + 1) / len(findings)
    _kept(_whole(instance, assessment_id), lambda: "")


def all_drawn(instance: Instance, assessment_id: str) -> bool:
    """Whether nothing of an assessment is left to be drawn at the first look."""
    return _whole(instance, assessment_id).is_file()


def _whole(instance: Instance, assessment_id: str) -> Path:
    return _folder(instance, assessment_id) / _name("whole")


def clear(instance: Instance) -> None:
    """Remove what was kept of assessments whose package is gone."""
    for folder in instance.pictures.glob("*/"):
        if not instance.package(folder.name).is_file():
            shutil.rmtree(folder, ignore_errors=True)


def _folder(instance: Instance, assessment_id: str) -> Path:
    return instance.pictures / assessment_id


def _name(content: str) -> str:
    return sha256(f"{__version__}\n{content}".encode()).hexdigest()[:24]


def _kept(path: Path, make: Callable[[], str]) -> str:
    """The text of a file, or what is made and written there; where the folder cannot be written, made each time."""
    try:
        return path.read_text("utf-8")
    except OSError:
        text = make()
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        replace(path, lambda fresh: fresh.write_text(text, "utf-8"))
    except OSError:
        return text
    return text
