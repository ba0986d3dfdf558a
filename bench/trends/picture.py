"""The calibration curve as a picture: what was said against how often it was so."""

from collections.abc import Sequence

from primacy.assessment.trends.simulation import Floats
from primacy.assessment.trends.trend_features import Bools

SIDE, MARGIN, TENTHS = 260, 44, 10
COLOURS = ("#1b5e8a", "#b35900", "#4d7a1f")


def calibration_curve(said: Sequence[Floats], true: Bools, names: Sequence[str]) -> str:
    """An SVG with one line for each model; the area of a dot grows with how often that was said."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE + 2 * MARGIN} {SIDE + 2 * MARGIN}" role="img"'
        ' font-family="sans-serif" font-size="11">',
        "<title>Calibration: how often a fall by a fifth was true, against the probability that was said</title>",
        f'<rect width="{SIDE + 2 * MARGIN}" height="{SIDE + 2 * MARGIN}" fill="#fff"/>',
        f'<path d="M{_across(0)} {_up(0)}L{_across(1)} {_up(1)}" stroke="#888" stroke-dasharray="4 3"/>',
        f'<path d="M{_across(0)} {_up(1)}V{_up(0)}H{_across(1)}" stroke="#333" fill="none"/>',
        *(_tick(tenth / 10) for tenth in range(0, 11, 2)),
        f'<text x="{_across(0.5)}" y="{_up(0) + 34}" text-anchor="middle">probability said</text>',
        f'<text transform="translate(12 {_up(0.5)}) rotate(-90)" text-anchor="middle">share that was true</text>',
        *(_line(each, true, number) for number, each in enumerate(said)),
        *(
            f'<text x="{_across(0.04)}" y="{_up(0.97 - 0.06 * number)}" fill="{COLOURS[number]}">{name}</text>'
            for number, name in enumerate(names)
        ),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _across(share: float) -> float:
    return round(MARGIN + SIDE * share, 1)


def _up(share: float) -> float:
    return round(MARGIN + SIDE * (1.0 - share), 1)


def _tick(place: float) -> str:
    return (
        f'<text x="{_across(place)}" y="{_up(0) + 15}" text-anchor="middle">{place:.1f}</text>'
        f'<text x="{_across(0) - 6}" y="{_up(place) + 4}" text-anchor="end">{place:.1f}</text>'
    )


def _line(said: Floats, true: Bools, number: int) -> str:
    points = []
    for tenth in range(TENTHS):
        inside = (said >= tenth / TENTHS) & (said < (tenth + 1) / TENTHS + (tenth == TENTHS - 1))
        if inside.any():
            points.append((_across(said[inside].mean()), _up(true[inside].mean()), float(inside.mean())))
    path = "L".join(f"{x} {y}" for x, y, _ in points)
    dots = "".join(f'<circle cx="{x}" cy="{y}" r="{2 + 6 * share**0.5:.1f}"/>' for x, y, share in points)
    colour = COLOURS[number]
    return f'<g stroke="{colour}" fill="{colour}" fill-opacity="0.35"><path d="M{path}" fill="none"/>{dots}</g>'
