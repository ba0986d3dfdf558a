"""Event files in the columns of UCDP, made of one invented event and what differs from it."""

from typing import Any

GED_COLUMNS = [
    "id", "year", "type_of_violence", "side_a", "side_b", "number_of_sources", "where_prec",
    "adm_1", "adm_2", "latitude", "longitude", "country", "country_id", "event_clarity",
    "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown",
    "best", "high", "low",
]  # fmt: skip
EVENT = {
    "id": "1", "year": "2020", "type_of_violence": "3", "side_a": "Armed group", "side_b": "Civilians",
    "number_of_sources": "2", "where_prec": "1", "adm_1": "West Province", "adm_2": "District 1", "latitude": "0.5",
    "longitude": "0.5", "country": "XX", "country_id": "", "event_clarity": "1", "date_prec": "1",
    "date_start": "2020-05-01", "date_end": "2020-05-02", "deaths_a": "0", "deaths_b": "0", "deaths_civilians": "3",
    "deaths_unknown": "0", "best": "3", "high": "5", "low": "2",
}  # fmt: skip


def ged(*events: dict[str, Any], columns: list[str] | None = None) -> str:
    """A GED file: events that differ from EVENT as given, numbered from 1."""
    lines = [",".join(columns or GED_COLUMNS)]
    for number, changes in enumerate(events, 1):
        event = EVENT | {"id": str(number)} | {key: str(value) for key, value in changes.items()}
        lines.append(",".join(event.get(name, "") for name in (columns or GED_COLUMNS)))
    return "\n".join(lines) + "\n"
