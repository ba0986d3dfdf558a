"""Places for scripts: the tree of areas, and their outlines as GeoJSON."""

import json
from functools import lru_cache
from typing import Any

import shapely
from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from ninja import P, PathEx, Query, Router
from pydantic import BaseModel, Field

from primacy.access.queries import SignedIn
from primacy.access.requiring import require
from primacy.framework import Instance, read_mission
from primacy.places.areas import Areas
from primacy.places.at_hand import State, areas_of, changed
from primacy.ui.questions import NotGiven, Spoken, answer
from primacy.ui.refusals import answers, of_types

router = Router(tags=["places"])
Tree = dict[str, Any]
DIGITS = 5  # of a degree: about a metre


class AreaShown(BaseModel):
    """One area; `population` of the latest year that is known, `parent` empty for the country itself."""

    code: str = Field(examples=["OS01"])
    name: str = Field(examples=["Morand"])
    level: int = Field(examples=[1])
    parent: str = Field(examples=["OST"])
    population: float | None = Field(examples=[182000.0])
    disputed: bool = Field(examples=[False])


class AreaInFull(AreaShown):
    names: dict[str, str] = Field(examples=[{"en": "Morand", "ar": "موران"}])
    children: list[str] = Field(examples=[["OS0101"]])
    neighbours: list[str] = Field(examples=[["OS02"]])
    point: list[float] | None = Field(description="Longitude and latitude of a point inside.", examples=[[18.5, 4.4]])


OUTLINES: Tree = {
    "type": "object",
    "required": ["type", "features"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "features": {"type": "array", "items": {"type": "object", "required": ["id", "properties", "geometry"]}},
    },
    "description": "A GeoJSON FeatureCollection in WGS 84; properties are those of an area.",
    "examples": [{"type": "FeatureCollection", "features": []}],
}


class AreasAsked(Spoken):
    level: int | NotGiven = Field(
        None, ge=0, le=9, description="Areas of this level alone; 0 is the country.", examples=[1]
    )
    within: str | NotGiven = Field(
        None, max_length=20, description="Areas inside this one alone, itself not included.", examples=["XDS"]
    )


class OutlinesAsked(Spoken):
    level: int = Field(1, ge=0, le=9, description="The level of the areas drawn.", examples=[1])


def _language() -> str:
    return get_language() or "en"


def _disputed(areas: Areas) -> frozenset[str]:
    file = Instance.here().mission_file
    return frozenset(areas.disputed(read_mission(file).disputed if file.is_file() else ()))


def _shown(areas: Areas, code: str, language: str, disputed: frozenset[str]) -> Tree:
    area = areas.area(code)
    assert area is not None
    return {
        "code": code, "name": areas.name(code, language), "level": area.level, "parent": area.parent,
        "population": areas.population(code), "disputed": code in disputed,
    }  # fmt: skip


@router.get("/areas", response=answers(list[AreaShown]), summary="Areas")
@require("framework.read")
def areas(request: SignedIn, asked: Query[AreasAsked]) -> HttpResponse:
    """Every area with the one it lies in, from the country down."""
    found, language = areas_of(Instance.here().places), _language()
    inside = found.descendants(asked.within) if asked.within is not None else None
    codes = [code for code, above, _level in found.closure() if code == above]
    disputed = _disputed(found)
    return answer([
        _shown(found, code, language, disputed)
        for code in codes
        if (asked.level is None or found.level_of(code) == asked.level) and (inside is None or code in inside)
    ])  # fmt: skip


@router.get(
    "/areas.geojson", response=answers(None), summary="Outlines of areas",
    openapi_extra=of_types({"application/geo+json": OUTLINES}),
)  # fmt: skip
@require("framework.read")
def outlines(request: SignedIn, asked: Query[OutlinesAsked]) -> HttpResponse:
    """The outlines of one level for maps, simplified together; none where no boundaries were imported."""
    folder = Instance.here().places
    disputed = _disputed(areas_of(folder))
    return HttpResponse(
        _geojson(str(folder), changed(folder), asked.level, _language(), disputed), content_type="application/geo+json"
    )


@lru_cache(maxsize=12)
def _geojson(folder: str, _changed: State, level: int, language: str, disputed: frozenset[str]) -> str:
    """`_changed` makes it be drawn again when the places were."""
    found = areas_of(Instance.here().places)
    features = [
        {"type": "Feature", "id": code, "properties": _shown(found, code, language, disputed),
         "geometry": json.loads(shapely.to_geojson(shapely.set_precision(shape, 10**-DIGITS)))}
        for code, _name, shape in found.outline(level, language)
    ]  # fmt: skip
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, separators=(",", ":"))


@router.get("/areas/{code}", response=answers(AreaInFull), summary="One area")
@require("framework.read")
def area(
    request: SignedIn, code: PathEx[str, P(description="A P-code.", example="OS01", max_length=20)],
    asked: Query[Spoken],
) -> HttpResponse:  # fmt: skip
    """One area with its names, what lies in it and what borders on it."""
    found = areas_of(Instance.here().places)
    known = found.area(code)
    if known is None:
        raise Http404
    return answer({
        **_shown(found, code, _language(), _disputed(found)), "names": dict(known.names),
        "children": found.children(code), "neighbours": found.neighbours(code), "point": found.point(code),
    })  # fmt: skip
