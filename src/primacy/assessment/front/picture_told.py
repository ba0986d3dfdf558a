"""What a chart says, in sentences written from its numbers: its text alternative, and the words below it."""

from collections.abc import Iterator, Sequence
from datetime import date

from primacy.framework.languages import words
from primacy.ui.pictures.drawing import happened
from primacy.ui.pictures.picture import Picture, Span
from primacy.ui.wording import day_text, figure_text, month_text, share_text

Named = Sequence[tuple[str, Span, str]]  # (name, months, figure a month) of each baseline drawn


def told(picture: Picture, language: str, baselines: Named, effort: Sequence[str]) -> str:
    """All of it, one sentence a line: what it is, its levels, its extremes, and what is not known."""
    return "\n".join(_Teller(picture, language).sentences(baselines, effort))


def notes(picture: Picture, language: str, baselines: Named, effort: Sequence[str]) -> tuple[str, ...]:
    """What stands below a chart: which baselines it shows, and how hard was looked where that changed."""
    teller = _Teller(picture, language)
    return (*teller.baselines(baselines), *(effort if picture.effort is not None else ()))


class _Teller:
    def __init__(self, picture: Picture, language: str) -> None:
        self.picture, self.language = picture, language
        self.known = [(index, value) for index, value in enumerate(picture.values) if value is not None]

    def sentences(self, baselines: Named, effort: Sequence[str]) -> Iterator[str]:
        picture = self.picture
        unit = f" ({picture.unit})" if picture.unit else ""
        first = self.known[0][0] if self.known else 0
        yield self.say(
            "told", label=picture.title, unit=unit, start=self.month(first), end=self.month(len(picture.months) - 1)
        )
        yield from self.baselines(baselines)
        for level in picture.levels:
            if level.kind == "now":
                yield self.say(
                    "told_window",
                    start=self.month(level.span[0]),
                    end=self.month(level.span[1] - 1),
                    figure=level.figure,
                )
            elif level.kind == "needed":
                yield self.say("told_needed", figure=level.figure)
        yield from self._values()
        yield from self._doubts()
        yield from effort
        yield from self._happenings()

    def baselines(self, named: Named) -> Iterator[str]:
        for name, span, figure in named:
            yield self.say(
                "told_level", name=name, start=self.month(span[0]), end=self.month(span[1] - 1), figure=figure
            )

    def _values(self) -> Iterator[str]:
        if not self.known:
            return
        high, low = max(self.known, key=lambda each: each[1]), min(self.known, key=lambda each: each[1])
        if high[1] > low[1]:
            yield self.say(
                "told_range", high=self.figure(high[1]), high_month=self.month(high[0]), low=self.figure(low[1]),
                low_month=self.month(low[0]),
            )  # fmt: skip
        yield self.say("told_latest", figure=self.figure(self.known[-1][1]), month=self.month(self.known[-1][0]))

    def _doubts(self) -> Iterator[str]:
        picture = self.picture
        missing = len(picture.values) - len(self.known) - (self.known[0][0] if self.known else 0)
        if missing:
            yield self.say("told_unknown", count=str(missing))
        if picture.incomplete_from is not None and picture.incomplete_from < len(picture.months):
            yield self.say("told_incomplete", month=self.month(picture.incomplete_from))
        if picture.changes:
            yield self.say("told_changes", months=self._list(self.month(each) for each in picture.changes))

    def _happenings(self) -> Iterator[str]:
        shown = {words for _place, words in happened(self.picture)}
        days = [
            f"{each.words} ({day_text(date.fromisoformat(each.day), self.language)})"
            for each in sorted(self.picture.happenings, key=lambda each: each.day)
            if each.words in shown
        ]
        if days:
            yield self.say("told_happened", days=self._list(days))

    def say(self, key: str, **values: str) -> str:
        return str(words(self.language, "chart")[key]).format(**values)

    def figure(self, value: float) -> str:
        return share_text(value, self.language) if self.picture.share else figure_text(value, self.language)

    def month(self, index: int) -> str:
        return month_text(date.fromisoformat(self.picture.months[index]), self.language)

    def _list(self, parts: Iterator[str] | list[str]) -> str:
        return str(words(self.language, "list_comma")).join(parts)
