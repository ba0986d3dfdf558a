"""A record as plain data for scripts: what its reader is shown, and nothing else. Pure."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from primacy.records.fields import Field
from primacy.records.showing import Shown


def plain(seen: Shown, fields: Sequence[Field]) -> dict[str, Any]:
    """The record with its fields by name; those hidden from its reader are left out, what they point at and may not
    see stands under `restricted`."""
    record, shown = seen.record, {}
    for field in fields:
        if (field.open or seen.exact) and field.kind != "group":
            shown[field.name] = _value(seen, field)
    restricted = [name for name, other in seen.related.items() if other is None and name in shown]
    return {
        "id": str(seen.id), "type": seen.type.key, "title": seen.title, "exact": seen.exact,
        "version": record.version if seen.exact else None, "archived": record.archived is not None,
        "state": record.state,
        "confidentiality": record.confidentiality, "need_to_know": record.group_id is not None, "fields": shown,
        "restricted": restricted,
    }  # fmt: skip


def _value(seen: Shown, field: Field) -> Any:
    if field.name in ("day", "area"):
        value = getattr(seen, field.name)
    elif field.kind == "record":
        other = seen.related.get(field.name)
        value = {"id": str(other.id), "title": other.title} if other else None
    else:
        value = getattr(seen.record, field.name)
    return value.isoformat() if isinstance(value, date) else value
