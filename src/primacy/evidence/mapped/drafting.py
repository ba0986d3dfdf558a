"""The text of a first draft of a mapping: each guess with its reason, and what nobody can know as a question.

A draft is to be read and corrected by a person. What may mean two things is asked, never guessed.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Any, get_args

from primacy.evidence.bringing.locating import Locator
from primacy.evidence.errors import shortened
from primacy.evidence.kinds import KINDS
from primacy.evidence.mapped.guessing import Guesses, known_words
from primacy.evidence.mapped.looking import Look, number_marks, spreadsheet_day
from primacy.evidence.mapped.mapping import QUESTION
from primacy.evidence.mapped.mapping_files import known_categories
from primacy.evidence.mapped.remarks import remark
from primacy.evidence.shown.protected import speaks_of_it
from primacy.framework.grammar import SourceType
from primacy.framework.saying import ENGLISH, Said, Words, said
from primacy.places.areas import Areas
from primacy.places.files.files import Source
from primacy.places.names import plain

MOST_VALUES = 30  # shown for translation
MOST_AREAS = 0.5  # of the texts of a column that says where
OF_ITEMS = ("state", "estimate")  # natures of kinds whose lines follow one another by what they are about
READ_BY_CATEGORY = {"incident", "violation"}
SOURCE_TYPES = get_args(SourceType)
SCALES_SAID = {
    "thousand": said("evidence/draft.in-thousands"),
    "million": said("evidence/draft.in-millions"),
    "billion": said("evidence/draft.in-billions"),
}
ORDERS = ("day-month-year", "month-day-year")  # of three numbers, which only the table or a person can tell


@dataclass
class Writer:
    """The text of one draft, written line by line."""

    source: Source
    looks: list[Look]
    lines: tuple[int, int] | None
    missing: list[str]
    notes: list[Said]
    sums: Mapping[str, list[str]] = field(default_factory=dict)  # column -> texts of lines that sum up the others
    areas: Areas | None = None
    named: str = ""  # the kind, where a person said it
    language: str = ENGLISH  # of the remarks
    text: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    def write(self) -> tuple[str, list[str]]:
        self.guesses = Guesses(self.source.label, self.looks)
        self.roles = self.guesses.roles()
        self.kind, why = (self.named, "") if self.named else self.guesses.kind()
        self._head()
        self.add(f"kind: {self.kind or QUESTION}", why)
        self._table()
        self._days()
        self._place()
        self._texts()
        self._measures()
        self._provenance()
        return "\n".join(self.text) + "\n", self.questions

    def add(self, line: str, why: Words = "") -> None:
        """A line with the reason above it; where it holds a question, the reason is the question."""
        text = remark(why, self.language)
        if text:
            self.text.append(f"{re.match(' *', line)[0]}# {text}")  # type: ignore[index]
        if QUESTION in line:
            self.questions.append(text)
        self.text.append(line)

    def note(self, what: Words) -> None:
        """A line of its own that only says something."""
        self.text.append(f"# {remark(what, self.language)}")

    def take(self, *roles: str, fits: Callable[[Look], bool] = lambda _: True) -> Look | None:
        """The first column of a role that has none yet."""
        for role in roles:
            for look in self.roles.get(role, []):
                if look.name not in self.used and fits(look):
                    self.used.add(look.name)
                    return look
        return None

    # ---- parts

    def _head(self) -> None:
        stem = re.sub(r"[^a-z0-9]+", "-", plain(re.sub(r"\.\w{2,5}$", "", self.source.name)).replace(" ", "-")).strip(
            "-"
        )
        label = shortened(self.source.label, 80)
        for each in (said("evidence/draft.head", label=label, question=QUESTION), *self.notes):
            self.note(each)
        self.text.append(f"mapping: {stem[:60].strip('-') or 'table'}")

    def _table(self) -> None:
        if self.source.sheet:
            self.add(f"table: {{sheet: {_quoted(self.source.sheet)}}}")
        elif self.lines:
            self.add(
                f"table: {{header: [{self.lines[0]}, {self.lines[1]}]}}",
                said("evidence/draft.below-title"),
            )
        if self.sums:
            texts = ", ".join(f"{_quoted(column)}: {_quoted_list(each)}" for column, each in self.sums.items())
            self.add(f"lines: {{leave_out: {{{texts}}}}}", said("evidence/draft.sums"))
        if self.missing:
            self.add(f"missing: {_quoted_list(self.missing)}", said("evidence/draft.missing"))
        figures = [look for look in self.looks if look.numeric and not look.serial and not look.forms]
        marks, why = number_marks(figures) if not self.source.sheet else ({}, "")
        if marks is None:
            self.add(f"numbers: {{decimal: {QUESTION}}}", why)
        elif marks:
            written = ", ".join(f"{name}: {_quoted(mark)}" for name, mark in marks.items() if mark)
            self.add(f"numbers: {{{written}}}", why)

    def _days(self) -> None:
        told = self.roles.get("reported", [])
        look = self.take("date") or self._first_unused(lambda each: bool(each.forms) and each not in told)
        year, month = (next(iter(self.roles.get(role, [])), None) for role in ("year", "month"))
        if look is None and year is not None and month is not None:
            columns = [year.name, month.name]
            self.used.update(columns)
            self.add(f"date: {{column: {_quoted_list(columns)}, forms: month}}", said("evidence/draft.year-and-month"))
        elif look is None and year is not None:
            self.used.add(year.name)
            self.add(f"date: {{column: {_quoted(year.name)}, forms: year}}", said("evidence/draft.year"))
        elif look is None and told:
            self._day("date", told[0], doubt=said("evidence/draft.reported", column=shortened(told[0].name)))
        elif look is None:
            self.add(f"date: {QUESTION}", said("evidence/draft.which-date"))
        else:
            self._day("date", look)
        if (until := self.take("until")) is not None and until is not look:
            self._day("until", until)
        doubtful = told if look is None and year is None else []  # it may be the only day there is
        if not doubtful and (entered := self.take("entered")) is not None:
            self.entered(entered)

    def entered(self, look: Look) -> None:
        """The column that says from when on a line was known."""
        self.note(said("evidence/draft.entered"))
        self._day("entered", look)

    def _day(self, name: str, look: Look, doubt: Said | None = None) -> None:
        """With a doubt whether it is that day at all the column is asked for."""
        if doubt is None:
            self.used.add(look.name)
        forms, why = ", ".join(look.forms), said("evidence/draft.as-in", examples=shortened(look.example, 30))
        if look.serial and not look.forms:
            meant = spreadsheet_day(look.example)
            forms, why = QUESTION, said("evidence/draft.spreadsheet-day", number=look.example, day=meant)
        elif any(form in ORDERS for form in look.forms):  # whatever stands beside: one would be read as the other
            order, found = look.order()
            known = ", ".join([form for form in look.forms if form not in ORDERS] + [order])
            forms = known if order else QUESTION if found else forms
            if found:
                why = found if order else said("evidence/draft.write-order", why=found)
        elif not look.forms:
            forms = QUESTION
        century = ", century: 2000" if look.short_years else ""
        forms = forms if forms == QUESTION else f"[{forms}]"
        column = _quoted(look.name) if doubt is None else QUESTION
        if doubt is not None:
            why = _joined([doubt, why]) if forms == QUESTION and isinstance(why, Said) else doubt
        self.add(f"{name}: {{column: {column}, forms: {forms}{century}}}", why)

    def _place(self) -> None:
        numbered = self.roles.get("record", [])[:1]
        codes = sorted(
            (look for look in self.looks if look.coded and look.name not in self.used and look not in numbered),
            key=lambda look: -len(look.example),
        )  # fmt: skip
        country = self.take("country")
        parts: list[str] = []
        whys: list[Said] = []
        if codes:
            self.used.update(look.name for look in codes)
            parts.append(f"code: {_quoted_list([look.name for look in codes])}")
            whys.append(said("evidence/draft.pcode", example=shortened(codes[0].example)))
        latitude, longitude = self.take("latitude"), self.take("longitude")
        if latitude and longitude:
            parts.append(f"latitude: {_quoted(latitude.name)}, longitude: {_quoted(longitude.name)}")
            whys.append(said("evidence/draft.degrees"))
        levels = {level: look for level in (1, 2, 3) if not codes and (look := self.take(f"level{level}"))}
        if levels:
            names = ", ".join(f"{level}: {_quoted(look.name)}" for level, look in levels.items())
            parts.append(f"names: {{{names}}}")
            whys.append(said("evidence/draft.levels"))
        if country:
            parts.append(f"country: {_quoted(country.name)}")
        if not parts or (country and len(parts) == 1):
            parts, whys = self._named_place(parts, whys)
        if parts:
            self.add(
                f"place: {{{', '.join(parts)}}}", _joined(whys) if whys else said("evidence/draft.other-countries")
            )
        else:
            self.note(said("evidence/draft.nowhere"))

    def _named_place(self, parts: list[str], whys: list[Said]) -> tuple[list[str], list[Said]]:
        """A column whose texts are names of areas; without one, a column called like places is asked about."""
        free = [look for look in self.looks if look.name not in self.used and not look.numeric and not look.forms]
        shares = [(self._areas_in(look), look) for look in free if not self.guesses.personal(look)]
        known = [(share, look) for share, look in shares if share >= MOST_AREAS]
        look = max(known, key=lambda each: each[0], default=(0.0, None))[1]
        if look is not None:
            self.used.add(look.name)
            named = said("evidence/draft.area-name", example=shortened(look.example))
            return [*parts, f"code: {_quoted_list([look.name])}"], [*whys, named]
        perhaps = self.take("somewhere")
        if perhaps is not None:
            return [*parts, f"code: {QUESTION}"], [
                *whys,
                said("evidence/draft.somewhere", column=shortened(perhaps.name)),
            ]
        return parts, whys

    def _areas_in(self, look: Look) -> float:
        if self.areas is None or not len(self.areas):
            return 0.0
        locator = Locator(self.areas)
        texts = [value for value, _ in look.values.most_common(MOST_VALUES)]
        return sum(bool(locator.meant(text)) for text in texts) / len(texts) if texts else 0.0

    def _texts(self) -> None:
        numbered = [look for look in self.roles.get("record", []) if look.different and look.name not in self.used]
        record = next((look for look in numbered if not look.running), None)
        kind = KINDS.get(self.kind)
        if not record and numbered and not (kind and kind.nature in OF_ITEMS):
            self.add(f"record: {QUESTION}", said("evidence/draft.running", column=shortened(numbered[0].name)))
        if record:
            self.used.add(record.name)
            self.add(
                f"record: {_quoted(record.name)}",
                said("evidence/draft.record"),
            )
            self.add("export: partial", said("evidence/draft.export"))
        self._item(record, kind.nature if kind else "")
        self._category()
        for name in ("actor", "target"):
            if (look := self.take(name)) is not None:
                self._translated(name, look)
        groups = {name: look for name in ("sex", "age") if (look := self.take(name)) is not None}
        if groups:
            columns = ", ".join(f"{name}: {_without_all(look)}" for name, look in groups.items())
            self.add(f"group: {{{columns}}}", said("evidence/draft.groups"))

    def _item(self, record: Look | None, nature: str) -> None:
        look = self.take("item", fits=lambda each: not each.running)
        if look or record:
            name = (look or record).name  # type: ignore[union-attr]
            self.add(f"item: {_quoted(name)}", said("evidence/draft.item"))
        elif nature in OF_ITEMS:
            self.add(f"item: {QUESTION}", said("evidence/draft.which-item", kind=self.kind))

    def _category(self) -> None:
        """What each text means to the rules: as shipped mappings have it, else a question."""
        look = self.take("category")
        if look is None or len(look.values) > MOST_VALUES:
            if look is not None:
                self.used.discard(look.name)
            if self.kind in READ_BY_CATEGORY:
                self.add(f"category: {QUESTION}", said("evidence/draft.which-event"))
            return
        self.add("category:", said("evidence/draft.categories", count=len(look.values)))
        self.text += [f"  column: {_quoted(look.name)}", "  other: refuse", "  values:"]
        known = known_categories()
        for value, _ in look.values.most_common(MOST_VALUES):
            if speaks_of_it(value):
                left_out = said("evidence/draft.never-by-place", text=_quoted(shortened(value, 40)))
                self.text.append(f"    # {remark(left_out, self.language)}")
                continue
            meant = known.get(plain(value), "")
            asked = said("evidence/draft.which-category", text=shortened(value, 40))
            self.add(f"    {_quoted(value)}: {_quoted(meant) if meant else QUESTION}", "" if meant else asked)

    def _translated(self, name: str, look: Look) -> None:
        """A column that sorts things, with its texts to translate; free text is only named."""
        if not look.sorts:
            self.used.discard(look.name)
            return
        self.add(f"{name}:", said("evidence/draft.texts", count=len(look.values)))
        self.text += [f"  column: {_quoted(look.name)}", "  other: refuse", "  values:"]
        self.text += [f"    {_quoted(value)}: {_quoted(value)}" for value, _ in look.values.most_common(MOST_VALUES)]

    def _measures(self) -> None:
        found: list[tuple[str, Said]] = []
        indicator, value = self.take("indicator"), None
        if indicator is not None:
            value = self.take("value")
        if indicator is not None and value is not None:
            self.text.append("measures:")
            self.add("  - measure:", said("evidence/draft.line-measures"))
            self.text += [f"      column: {_quoted(indicator.name)}", "      values:"]
            for text, _ in indicator.values.most_common(MOST_VALUES):
                self.add(
                    f"        {_quoted(text)}: {QUESTION}",
                    said("evidence/draft.which-measure", text=shortened(text, 40)),
                )
            self.text.append(f"    column: {_quoted(value.name)}")
            if scale := _scale(value):
                self.add(f"    scale: {scale}", SCALES_SAID[scale])
            return
        measures = known_words()["measures"].get(self.kind, {})
        for look in self.looks:
            if look.name in self.used or not (look.partly_numeric or self.kind == "law"):
                continue
            hits = [
                (len(words), measure) for measure, entries in measures.items() for entry in entries
                if (words := frozenset(plain(str(entry)).split())) and words <= look.words
            ]  # fmt: skip
            if hits and (look.partly_numeric or max(hits)[1] == "stage"):
                self.used.add(look.name)
                found.append(self._measure(max(hits)[1], look))
        always = known_words()["always"].get(self.kind)
        if any(f"measure: {always}," in line for line, _ in found):
            always = None  # the table counts them itself
        self.text.append("measures:")
        if always:
            self.add(f"  - {{measure: {always}, always: 1}}", said("evidence/draft.counts-one"))
        for line, why in found:
            self.add(line, why)
        if not always and not found:
            self.add(
                f"  - {{measure: {QUESTION}, column: {QUESTION}}}",
                said("evidence/draft.which-figure"),
            )

    def _measure(self, measure: str, look: Look) -> tuple[str, Said]:
        """The entry of a column of figures, and the reason or question."""
        why = said("evidence/draft.called-so", column=shortened(look.name))
        unit = KINDS[self.kind].measures[measure]
        parts = [f"measure: {measure}", f"column: {_quoted(look.name)}"]
        if unit == "currency":
            currency = self.take("unit")
            parts.append(f"unit: {{column: {_quoted(currency.name)}}}" if currency else f"unit: {QUESTION}")
            why = why if currency else said("evidence/draft.currency", column=shortened(look.name))
        if scale := _scale(look):
            parts.append(f"scale: {scale}")
            why = _joined([why, SCALES_SAID[scale]])
        elif unit == "share" and (
            any(str(word) in look.name.lower() for word in known_words()["percent"])
            or any(_above_one(value) for value in look.values)
        ):
            parts.append("scale: percent")
        return f"  - {{{', '.join(parts)}}}", why

    def _provenance(self) -> None:
        never = {look.name: why for look in self.looks if (why := self.guesses.personal(look))}
        if never:
            self.add(
                f"never: {_quoted_list(list(never))}",
                said("evidence/draft.persons", why=next(iter(never.values()))),
            )
        rest = [look.name for look in self.looks if look.name not in self.used and look.name not in never]
        if rest:
            self.note(said("evidence/draft.unread", columns=[shortened(name, 40) for name in rest]))
        self.add("confidentiality: internal", said("evidence/draft.confidentiality"))
        self.add(f"producer: {QUESTION}", said("evidence/draft.who-keeps"))
        self.add("source_type: monitor", said("evidence/draft.source-types", types=SOURCE_TYPES))
        self.add('licence: ""')
        self.note(said("evidence/draft.coverage"))
        self.text.append(
            "# coverage: [{kind: incident, areas: [XX], from: 2024-01-01, to: 2024-12-31, complete: true}]"
        )

    def _first_unused(self, fits: Any) -> Look | None:
        free = (look for look in self.looks if look.name not in self.used and not self.guesses.personal(look))
        return next((look for look in free if fits(look) and not look.numeric), None)


def _joined(whys: Sequence[Said]) -> Said:
    """Several reasons one after the other."""
    return reduce(lambda first, then: said("evidence/draft.whys", first=first, then=then), whys)


def _scale(look: Look) -> str:
    """In what a column of figures counts, as its name says; empty where it says nothing or that it is a rate."""
    if look.words & _plain_words(known_words()["rates"]):
        return ""
    scales = known_words()["scales"]
    return next((scale for scale, entries in scales.items() if look.words & _plain_words(entries)), "")


def _plain_words(entries: Sequence[str]) -> set[str]:
    return {plain(str(each)) for each in entries}


def _above_one(value: str) -> bool:
    try:
        return float(value.replace(",", ".")) > 1
    except ValueError:
        return False


def _without_all(look: Look) -> str:
    """A column of groups; the words in it that mean everybody become no group."""
    everybody = [value for value in look.values if plain(value) in {plain(str(word)) for word in known_words()["all"]}]
    if not everybody:
        return _quoted(look.name)
    values = ", ".join(f'{_quoted(value)}: ""' for value in everybody)
    return f"{{column: {_quoted(look.name)}, other: keep, values: {{{values}}}}}"


def _quoted(text: str) -> str:
    """A text as YAML; in quotation marks wherever it could be taken for something else."""
    return json.dumps(text, ensure_ascii=not text.isprintable())


def _quoted_list(texts: Sequence[str]) -> str:
    return "[" + ", ".join(map(_quoted, texts)) + "]"
