"""Findings as plain data: in full for packages, and in the form that outside scripts rely on."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import cache
from typing import Any

from primacy.assessment.finding import (
    AreaFinding,
    Chart,
    Finding,
    OtherSources,
    Part,
    Phrase,
    SignalFinding,
    SourceTold,
    Step,
    Watch,
)
from primacy.assessment.told.explaining import paragraph
from primacy.assessment.told.other_sources_told import other_sources_told
from primacy.assessment.told.sentences import joined_labels, say, say_all
from primacy.framework import Framework
from primacy.framework.translations import to_collect

Tree = dict[str, Any]


def as_tree(value: Any) -> Any:
    """Dataclasses as dicts, tuples as lists; phrases stay recognisable by their key."""
    if value is None or isinstance(value, str | float | int):
        return value
    if isinstance(value, Mapping):
        return {str(key): as_tree(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [as_tree(each) for each in value]
    found = ((name, getattr(value, name), unsaid) for name, unsaid in _fields(value.__class__))
    return {name: as_tree(each) for name, each, unsaid in found if each or not unsaid}


@cache
def _fields(kind: type) -> tuple[tuple[str, bool], ...]:
    """The name of each field, and whether it is left out where it is empty."""
    return tuple((each.name, "unsaid" in each.metadata) for each in fields(kind))


def finding_of(tree: Tree) -> Finding:
    """The way back from `as_tree`."""
    content = dict(tree)
    content["parts"] = tuple(_part(each) for each in tree["parts"])
    content["areas"] = tuple(AreaFinding(**each) for each in tree["areas"])
    content["charts"] = tuple(_chart(each) for each in tree["charts"])
    content["sentence"] = tuple(phrase_of(each) for each in tree["sentence"])
    content["would_change"] = tuple(phrase_of(each) for each in tree["would_change"])
    content["path"] = None if tree.get("path") is None else _step(tree["path"])
    content["flips"] = tuple(phrase_of(each) for each in tree.get("flips", ()))
    content["rule"] = phrase_of(tree["rule"])
    content["weakest"] = None if tree["weakest"] is None else phrase_of(tree["weakest"])
    content["history"] = tuple((day, p, status) for day, p, status in tree["history"])
    content["other_sources"] = tuple(_other_sources(each) for each in tree.get("other_sources", ()))
    content["flags"], content["collect"] = tuple(tree["flags"]), tuple(tree["collect"])
    content["areas_of"] = tuple(tree.get("areas_of", ()))
    return Finding(**content)


def watch_of(tree: Tree) -> Watch:
    """The way back from `as_tree` for a risk or a trade-off."""
    signals = tuple(SignalFinding(**{**each, "sentence": phrase_of(each["sentence"])}) for each in tree["signals"])
    return Watch(tree["entry"], tree["state"], signals, tree.get("carried", False))


def _part(tree: Tree) -> Part:
    beside = tuple(phrase_of(each) for each in tree.get("beside", ()))
    return Part(**{**tree, "sentence": phrase_of(tree["sentence"]), "beside": beside})


def _other_sources(tree: Tree) -> OtherSources:
    return OtherSources(**{**tree, "sources": tuple(SourceTold(**each) for each in tree["sources"])})


def phrase_of(tree: Any) -> Any:
    if isinstance(tree, dict) and set(tree) == {"key", "values"}:
        return Phrase(tree["key"], {name: phrase_of(each) for name, each in tree["values"].items()})
    return [phrase_of(each) for each in tree] if isinstance(tree, list) else tree


def _step(tree: Tree) -> Step:
    below = tuple(_step(each) for each in tree["steps"])
    then = None if tree.get("then") is None else phrase_of(tree["then"])
    return Step(**{**tree, "what": phrase_of(tree["what"]), "steps": below, "then": then})


def _chart(tree: Tree) -> Chart:
    fields_: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in tree.items()}
    fields_["areas"] = tuple((code, tuple(values)) for code, values in tree.get("areas", ()))
    return Chart(**fields_)


def finding_contract(finding: Finding, framework: Framework, names: Mapping[str, str], language: str = "en") -> Tree:
    def text(phrase: Phrase) -> str:
        return say(phrase, language, framework=framework, places=names)

    return {
        "benchmark": finding.benchmark,
        "title": framework.text(finding.benchmark, "title", language)[0],
        "status": finding.status,
        "reason": finding.reason,
        "probability": finding.probability,
        "lower": finding.lower,
        "flags": list(finding.flags),
        "sentence": text(finding.lead),
        "rule": text(finding.rule),
        "numbers": as_tree(finding.numbers),
        "parts": [
            {
                "role": part.role,
                "indicator": part.indicator,
                "evaluator": part.evaluator,
                "probability": part.probability,
                "adequate": part.adequate,
                "reason": part.reason,
                "capped": part.capped,
                "sentence": text(part.sentence),
                "beside": [text(each) for each in part.beside],
                "numbers": as_tree(part.numbers),
            }
            for part in finding.parts
        ],
        "weakest": None if finding.weakest is None else text(finding.weakest),
        "would_change": [text(each) for each in finding.would_change],
        "flips_at": finding.flips_at,
        "paragraph": say_all(paragraph(finding), language, framework=framework, places=names),
        "misleads": framework.text(finding.benchmark, "misleads", language)[0].strip(),
        "flips": [text(each) for each in finding.flips],
        "path": None if finding.path is None else _step_contract(finding.path, text),
        "projected": finding.projected,
        "data_points": finding.data_points,
        "restricted": finding.restricted,
        "carried": finding.carried,
        "areas_of": [
            {"indicator": each.partition("/")[2], "label": joined_labels([each], language, framework=framework)}
            for each in finding.areas_of
        ],
        "areas": [
            {
                "area": each.area,
                "name": names.get(each.area, each.name),
                "status": each.status,
                "probability": each.probability,
            }
            for each in finding.areas
        ],
        "collect": to_collect(framework, finding.benchmark, finding.collect, language),
        "other_sources": other_sources_told(finding, framework, language),
    }


def _step_contract(step: Step, text: Callable[[Phrase], str]) -> Tree:
    """One node of the way to the status, with those below; `part` is its place among the parts."""
    return {
        "what": text(step.what), "role": step.role, "probability": step.probability, "low": step.low,
        "high": step.high, "lower": step.lower, "capped": step.capped, "sets": step.sets, "waits": step.waits,
        "part": step.part, "then": None if step.then is None else text(step.then),
        "steps": [_step_contract(each, text) for each in step.steps],
    }  # fmt: skip


def watch_contract(watch: Watch, framework: Framework, names: Mapping[str, str], language: str = "en") -> Tree:
    entry = framework.entries[watch.entry]
    part = "signs" if watch.entry in framework.risks else "due"
    return {
        "id": watch.entry,
        "title": framework.text(watch.entry, "title", language)[0],
        "state": watch.state,
        "carried": watch.carried,
        "lead": entry.lead,
        "signals": [
            {
                "id": each.id,
                "text": framework.text(watch.entry, f"{part}.{each.id}", language)[0],
                "state": each.state,
                "probability": each.probability,
                "reason": each.reason,
                "sentence": say(each.sentence, language, framework=framework, places=names),
            }
            for each in watch.signals
        ],
    }
