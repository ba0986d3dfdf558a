"""The pictures of a finding as a page shows them: drawn, each with the rows of its table."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from primacy.assessment.finding import Finding
from primacy.assessment.front.pictured import pictures_of, widths_of
from primacy.assessment.front.pictures_kept import drawn
from primacy.framework import Framework, Instance, Mission
from primacy.places.at_hand import place_names
from primacy.ui import small_multiples
from primacy.ui.pictures import Picture, specification, svg
from primacy.ui.wording import figure_text, share_text

Row = tuple[str, str | None, str]  # ISO month, the value in words, how hard was looked
TABLE_MONTHS = 24  # of a table with a column for each area


@dataclass(frozen=True)
class Drawn:
    """`wide` and `narrow` are SVG; a picture that only says yes or no has neither, but its months."""

    picture: Picture
    wide: str
    narrow: str
    rows: tuple[Row, ...]  # the newest first

    @property
    def since(self) -> tuple[str, str]:
        """How it stands at the end (yes | no | unknown), and the month since which it does; "" if since the first."""
        runs = [(state, list(months)) for state, months in groupby(self.states, key=lambda each: each[1])]
        state, months = runs[-1]
        return state, months[0][0] if len(runs) > 1 else ""

    @property
    def states(self) -> list[tuple[str, str]]:
        """(ISO month, yes | no | unknown), the earliest first."""
        return [
            (month, "unknown" if value is None else "yes" if value else "no")
            for month, value in zip(self.picture.months, self.picture.values, strict=True)
        ]

    @property
    def blank(self) -> bool:
        return self.picture.blank

    @property
    def gaps(self) -> bool:
        return bool(self.picture.unknown())

    @property
    def hatched(self) -> bool:
        return self.picture.incomplete_from is not None and self.picture.incomplete_from < len(self.picture.months)

    @property
    def effort(self) -> bool:
        return self.picture.effort is not None


def drawn_all(
    instance: Instance, assessment_id: str, finding: Finding, framework: Framework, mission: Mission, language: str
) -> list[Drawn]:
    """The deciding one first."""
    pictures = pictures_of(finding, framework, mission, language, place_names(instance.places, language))
    found: list[Drawn] = []
    for picture, widths in zip(pictures, widths_of(pictures), strict=True):
        wide, narrow = (
            drawn(instance, assessment_id, picture, language, narrow=each) if each in widths else ""
            for each in (False, True)
        )
        found.append(Drawn(picture, wide, narrow, tuple(_rows(picture, language))[::-1]))
    return found


@dataclass(frozen=True)
class InAreas:
    """One series in each area: `places` in the order in which the page speaks of them; `rows` are (ISO month, its value
    in each place), the newest first. `apart`: some of what was counted is known for the whole country only."""

    drawn: small_multiples.Multiples
    months: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    apart: bool

    @property
    def top(self) -> float:
        return self.drawn.grid[-1][1]


def in_areas(picture: Picture, order: Sequence[str], language: str) -> InAreas | None:
    """The series of a picture area by area; None where it is not told so."""
    place = {code: number for number, code in enumerate(order)}
    areas = tuple(sorted(picture.areas, key=lambda each: place.get(each[0], len(place))))
    drawn = small_multiples.draw(replace(picture, areas=areas))
    if drawn is None:
        return None
    rows = [
        (month, tuple("–" if value is None else figure_text(value, language) for value in values))
        for month, *values in zip(picture.months, *(values for _code, values in areas), strict=True)
    ]
    counted = sum(value or 0.0 for _code, values in areas for value in values)
    return InAreas(
        drawn, picture.months, tuple(rows[::-1][:TABLE_MONTHS]), counted < sum(v or 0.0 for v in picture.values)
    )


def sample_drawing(finding: Finding, framework: Framework, mission: Mission, language: str) -> Drawn:
    """The first picture of a finding that is stored nowhere, drawn and not kept."""
    picture = pictures_of(finding, framework, mission, language)[0]
    wide, narrow = (svg(specification(picture, language, narrow=each)) for each in (False, True))
    return Drawn(picture, wide, narrow, tuple(_rows(picture, language))[::-1])


def _rows(picture: Picture, language: str) -> list[Row]:
    def figure(value: float | None) -> str | None:
        if value is None:
            return None
        return share_text(round(value, 4), language) if picture.share else figure_text(value, language)

    efforts = picture.effort or (None,) * len(picture.months)
    return [
        (month, figure(value), "" if effort is None else figure_text(effort, language))
        for month, value, effort in zip(picture.months, picture.values, efforts, strict=True)
    ]
