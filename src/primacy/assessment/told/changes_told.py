"""What the mission sets otherwise than the standard, in words: which field, what it was and is, from when it counts."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError

from primacy.assessment.checks import favour
from primacy.assessment.told.indicator_told import indicator_told
from primacy.assessment.told.rule_outline import Outline, rule_outline
from primacy.assessment.told.rule_phrases import rule_phrase
from primacy.assessment.told.sentences import flag_word, say
from primacy.framework import Framework, Mission, load
from primacy.framework.entries import Confirmation, Entry, Measured
from primacy.framework.grammar import FALSE_ALARMS, Rule
from primacy.framework.languages import named, words
from primacy.framework.mission import Baseline, Change
from primacy.framework.overlay import FieldChange, written
from primacy.framework.translations import english
from primacy.framework.values import beside_unit, span
from primacy.ui.wording import alarm_text, day_text, span_text, written_number

PEOPLE = ("lead", "with", "consulted")
SPANS = ("window", "fresh")
SAID = ("text", "what", "title", "says")  # of what a list holds, the field that says it
NAMED = {"kind": "kinds", "aggregate": "aggregates", "measure": "measures", "horizon": "horizons"}
TEXTS = {"indicators": ("label", "labels"), "thresholds": ("unit", "units")}  # of a part: the field, where its text is
PLACED = {"collect": "collect.{}.what", "assumptions": "assumptions.{}", "evidence": "evidence.{}.says"}
NAMED_TEXTS = {"signs": "signs.{}", "due": "due.{}", "options": "options.{}.title"}  # texts of a list by place, by id


@dataclass(frozen=True)
class ToldChange:
    """A change for people: the name of its field, the two values, and from when it counts by whose word."""

    field: str
    old: str
    new: str
    standing: str
    rules: tuple[tuple[Outline, ...], ...] = ()
    """Where both values are rules: the old one and the new one, each part below part."""

    def line(self, language: str) -> str:
        """A value beside that of the standard, and whether it counts."""
        template = str(words(language, "changes")["changed"])
        values = template.format(self.field, self.old, self.new) if self.field else self.new
        return f"{values} ({self.standing})"


def told(framework: Framework, change: FieldChange, language: str, to_come: Framework | None = None) -> ToldChange:
    """One change in a language. `to_come`: the framework with what does not count yet, of which a change may speak."""
    standing, ahead = standing_of(change, language), to_come or framework
    if not change.field:
        return ToldChange("", "", str(words(language, "changes")["added"]), standing)
    values = [
        _Value(source, source.readable.get(change.entry), change.field, value, language)
        for source, value in ((load(), change.old), (ahead, change.new))
    ]
    rules = tuple(each.outline for each in values)
    return ToldChange(
        field=field_text(ahead, change.entry, change.field, language),
        old=values[0].text,
        new=values[1].text,
        standing=standing,
        rules=rules if all(rules) else (),
    )


def told_of_mission(mission: Mission, change: Change, language: str, on: date) -> ToldChange:
    """One change of a register or norm of the mission file."""
    said = words(language, "changes")
    replaced = mission.before(change)
    old = written_number(mission.norms[change.name], language) if change.name in mission.norms else said["none"]
    if isinstance(replaced, list):
        old = _joined(replaced, language) or str(said["none"])
    new = _joined(change.to, language) if isinstance(change.to, list) else written_number(change.to, language)
    table = words(language, "fields")
    kind = table["norm" if change.norm is not None else "register"]
    name = change.name.replace("_", " ").replace("-", " ")
    counting = change.state(on) == "in force"
    standing = _signed(change.counts_from, change.by, change.on, change.because, language, counting=counting)
    return ToldChange(f"{kind} · {name}", str(old), new, standing if change.counts else str(said["unsigned"]))


def told_of_baseline(mission: Mission, baseline: Baseline, language: str, on: date) -> ToldChange:
    """A baseline that was signed on a day: from when it counts, and which period decided before."""
    said = words(language, "changes")
    own = baseline.benchmarks[0] if baseline.benchmarks else ""
    before = [each for each in mission.baselines_for(own) if each.counts_from < baseline.counts_from]
    signed_on = baseline.on or date.min
    standing = _signed(
        baseline.counts_from, baseline.signed, signed_on, baseline.because, language,
        counting=baseline.counts_from <= on,
    )  # fmt: skip
    return ToldChange(
        field=f"{words(language, 'fields')['baseline']} · {baseline.name}",
        old=_period(before[0], language) if before else str(said["none"]),
        new=_period(baseline, language),
        standing=standing if baseline.counts else str(said["unsigned"]),
    )


def _period(baseline: Baseline, language: str) -> str:
    return f"{day_text(baseline.from_, language)} – {day_text(baseline.to, language)}"


def told_changes(mission: Mission, language: str, on: date) -> list[ToldChange]:
    """Every change that the mission file itself tells: of registers, of norms, of baselines."""
    dated = [each for each in mission.baselines if each.on is not None]
    return [
        *(told_of_mission(mission, each, language, on) for each in mission.changes),
        *(told_of_baseline(mission, each, language, on) for each in dated),
    ]


def field_text(framework: Framework, id: str, field: str, language: str) -> str:
    """A field by its name in a language: `number · share of the baseline rate · value`."""
    head, *rest = field.split(".")
    table = words(language, "fields")
    parts = [str(table.get(head, head))]
    if head in ("indicators", "thresholds") and rest:
        parts.append(_part_text(framework, id, head, rest.pop(0), language))
    elif head == "flags" and rest:
        parts.append(flag_word(rest.pop(0), language))
    parts += [str(table.get(step, step.replace("_", " ").replace("-", " "))) for step in rest]
    return " · ".join(parts)


def _part_text(framework: Framework, id: str, head: str, name: str, language: str) -> str:
    """An indicator by its label, a number by what it counts; by its own name where the framework lacks it."""
    for source in (framework, load()):
        entry = source.readable.get(id)
        if isinstance(entry, Measured) and name in getattr(entry, head):
            return source.text(id, f"{'labels' if head == 'indicators' else 'units'}.{name}", language)[0]
    return name.replace("-", " ")


@dataclass(frozen=True)
class _Value:
    """What a field holds in a framework, for a reader of a language; `entry` is None where the framework lacks it."""

    framework: Framework
    entry: Entry | None
    field: str
    value: Any
    language: str

    @property
    def text(self) -> str:
        head, last, value, language = self.field.split(".")[0], self.field.split(".")[-1], self.value, self.language
        if value is None or value == []:
            return str(words(language, "changes")["none"])
        if isinstance(value, bool):
            return str(words(language, "changes")["yes" if value else "no"])
        if last == "confirmed":
            return _confirmation_text(value, language)
        if head == "rule":
            return self._rule(value)
        if head in PEOPLE:
            return _joined([_person(self.framework, each, language) for each in _listed(value)], language)
        if head == "thresholds" and last == "value":
            return written_number(beside_unit(value, self._unit), language)
        if isinstance(value, Mapping) and isinstance(self.entry, Measured) and (added := self._added(self.entry)):
            return added
        if last in SPANS:
            with suppress(ValueError):  # of a change without effect nobody looked whether it is one
                return span_text(span(str(value)), language)
        if last in NAMED and isinstance(value, str):
            return named(language, NAMED[last], value)
        return _joined([self._said(head, place, each) for place, each in enumerate(_listed(value))], language)

    @property
    def _unit(self) -> str:
        """The unit of the threshold that the field is of, as it is written."""
        found = self.entry.thresholds.get(self.field.split(".")[1]) if isinstance(self.entry, Measured) else None
        return "" if found is None else found.unit

    def _added(self, entry: Measured) -> str:
        """A whole indicator or threshold in words; nothing where the field is neither."""
        head, *rest = self.field.split(".")
        if head == "indicators" and len(rest) == 1 and rest[0] in entry.indicators:
            told_ = indicator_told(self.framework, entry, rest[0], self.language)
            return f"{told_.read} {told_.enough}".strip()
        if head == "thresholds" and len(rest) == 1 and rest[0] in entry.thresholds:
            added = entry.thresholds[rest[0]]
            return written_number(beside_unit(added.value, added.unit), self.language)
        return ""

    @property
    def outline(self) -> tuple[Outline, ...]:
        """A rule part below part; nothing where the field holds none, or names what the framework lacks."""
        if self.field != "rule" or not isinstance(self.entry, Measured):
            return ()
        try:
            return rule_outline(self.entry, Rule.model_validate(self.value), self.language, self.framework)
        except (LookupError, ValidationError):
            return ()

    def _rule(self, value: Any) -> str:
        """A rule as a sentence; as it is written where it names what the framework lacks."""
        if not isinstance(self.entry, Measured):
            return written(value)
        try:
            return say(rule_phrase(self.entry, Rule.model_validate(value)), self.language, framework=self.framework)
        except (LookupError, ValidationError):
            return written(value)

    def _said(self, head: str, place: int, value: Any) -> str:
        """One text of the field, or the words of what its list holds there."""
        if not isinstance(value, Mapping):
            if value in self.framework.readable:
                return f"{value} {self.framework.text(value, 'title', self.language)[0]}"
            return self._translated(self._name(head, place), written(value))
        if isinstance(alarm := value.get("alarm"), Mapping):
            indicator, budget = (str(alarm.get(name, "")) for name in ("indicator", "false_alarms"))
            label = self._translated(f"labels.{indicator}", indicator, whatever=True)
            return alarm_text(label, budget or FALSE_ALARMS, self.language)
        inside = value.get("sign", value)
        if not isinstance(inside, Mapping):
            return written(value)
        name = NAMED_TEXTS.get("signs" if "sign" in value else head, "").format(inside.get("id"))
        text = str(next((inside[each] for each in SAID if each in inside), ""))
        if not text:
            return written(value)
        told_ = self._translated(name or self._name(head, place), text)
        return f"{told_} ({self._rule(inside['rule'])})" if "rule" in inside else told_

    def _name(self, head: str, place: int) -> str:
        """Where the texts of the framework keep that of this field, or of a place in its list."""
        if head in PLACED:
            return PLACED[head].format(place)
        steps = self.field.split(".")
        if head in TEXTS and len(steps) == 3 and steps[2] == TEXTS[head][0]:
            return f"{TEXTS[head][1]}.{steps[1]}"
        return self.field

    def _translated(self, name: str, text: str, *, whatever: bool = False) -> str:
        """The text in the language, where it is that which the framework has under this name, or `whatever` it has."""
        found = None if self.entry is None else english(self.framework, self.entry.id, name)
        if self.entry is None or found is None or (found != text and not whatever):
            return text
        return self.framework.text(self.entry.id, name, self.language)[0]


def _confirmation_text(value: Any, language: str) -> str:
    """Who confirmed a number, when and why; as it is written where that is not so."""
    try:
        given = Confirmation.model_validate(value)
    except ValidationError:
        return written(value)
    return str(words(language, "changes")["signed"]).format(given.by, day_text(given.on, language), given.because)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _joined(parts: list[str], language: str) -> str:
    return str(words(language, "semicolon")).join(parts)


def _person(framework: Framework, id: str, language: str) -> str:
    return framework.text(id, "title", language)[0] if id in framework.components else str(id)


def standing_of(change: FieldChange, language: str) -> str:
    """Whether a change counts, from which day, and who signed it why."""
    said = words(language, "changes")
    if not change.guarded:
        return str(said["at once"])
    signed = change.signature
    if signed is None:
        return str(said["unsigned"])
    counting = change.state == "in force"
    return _signed(signed.counts_from, signed.by, signed.on, signed.because, language, counting=counting)


def _signed(start: date, by: list[str], on: date, because: str, language: str, *, counting: bool) -> str:
    names = str(words(language, "list_comma")).join(by)
    template = words(language, "changes")["counts" if counting else "pending"]
    return str(template).format(day_text(start, language), names, day_text(on, language), because)


# ---- as plain data


def as_tree(
    framework: Framework, mission: Mission | None, on: date, to_come: Framework | None = None
) -> dict[str, Any]:
    """Every change, and how many of each year were in the mission's own favour."""
    return {
        "changes": [_change_tree(framework, each, to_come or framework) for each in framework.changes],
        "mission": [_own_tree(framework, mission, each, on) for each in mission.changes] if mission is not None else [],
        "years": [asdict(each) for each in favour.years(framework, mission)],
    }


def change_trees(framework: Framework, id: str) -> list[dict[str, Any]]:
    """The changes of one entry."""
    return [_change_tree(framework, each, framework) for each in framework.changes_of(id)]


def _change_tree(framework: Framework, change: FieldChange, to_come: Framework) -> dict[str, Any]:
    """Of an entry that the mission added, `mission` is the entry."""
    signed, added = change.signature, not change.field and change.entry in to_come.readable
    return {
        "entry": change.entry, "field": change.field,
        "name": field_text(framework, change.entry, change.field, "en") if change.field else "",
        "standard": change.old,
        "mission": to_come.tree_of(change.entry) if added else change.new,
        "state": change.state, "guarded": change.guarded,
        "direction": favour.direction(framework, change) if change.guarded and change.field else None,
        "counts_from": signed.counts_from.isoformat() if signed is not None else None,
        "signed": signed.model_dump(mode="json", by_alias=True) if signed is not None else None,
    }  # fmt: skip


def _own_tree(framework: Framework, mission: Mission, change: Change, on: date) -> dict[str, Any]:
    return {
        "field": change.field, "before": mission.before(change), "after": change.to, "state": change.state(on),
        "direction": favour.of_list(framework, mission, change), "counts_from": change.counts_from.isoformat(),
        "signed": {"by": change.by, "on": change.on.isoformat(), "because": change.because},
    }  # fmt: skip
