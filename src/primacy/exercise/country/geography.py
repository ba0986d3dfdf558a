"""What a country is made of. Lengths are in kilometres, points longitude and latitude in degrees (WGS 84)."""

from dataclasses import dataclass
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]
Names: TypeAlias = dict[str, str]  # by language: en, fr, ar


@dataclass(frozen=True)
class Province:
    code: str
    names: Names
    capital_district: str


@dataclass(frozen=True)
class District:
    """An area of the second level; its first settlement is the town it is named after, at its centre."""

    code: str
    province: str
    names: Names
    centre: Point
    people: int
    polygon: tuple[Point, ...]  # without the first point again
    neighbours: tuple[str, ...]
    road: bool  # an all-weather road leads to the capital of the province
    river: bool  # a river floods part of it in the rains
    border: str  # code of the neighbour country that it borders on, or empty
    resource: str  # what is dug, felled or herded there, or empty


@dataclass(frozen=True)
class Settlement:
    code: str
    district: str
    names: Names
    point: Point
    people: int


@dataclass(frozen=True)
class Road:
    """Between two settlements; what is not paved is cut in the rains."""

    start: str
    end: str
    length: float
    paved: bool


@dataclass(frozen=True)
class River:
    """From its source to the sea or to the river that it joins."""

    points: tuple[Point, ...]
    floods: tuple[str, ...]  # codes of districts


@dataclass(frozen=True)
class Neighbour:
    code: str
    names: Names


@dataclass(frozen=True)
class Organisation:
    """Whoever acts, by the code that data points use."""

    code: str
    role: str
    names: Names
    home: str = ""  # the province where it is strong, or empty where it is nowhere more than elsewhere


@dataclass(frozen=True)
class Country:
    code: str
    names: Names
    outline: tuple[Point, ...]
    provinces: tuple[Province, ...]  # the first holds the capital
    districts: tuple[District, ...]  # by code; the first of a province is its capital district
    settlements: tuple[Settlement, ...]  # by code; the first of a district is its town
    roads: tuple[Road, ...]
    rivers: tuple[River, ...]
    neighbours: tuple[Neighbour, ...]
    organisations: tuple[Organisation, ...]

    @property
    def capital(self) -> str:
        """P-code of the district of the capital."""
        return self.provinces[0].capital_district

    @property
    def people(self) -> int:
        return sum(each.people for each in self.districts)

    def inside(self, province: str) -> list[str]:
        """P-codes of the districts of a province."""
        return [each.code for each in self.districts if each.province == province]
