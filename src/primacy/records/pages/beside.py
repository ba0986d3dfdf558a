"""What stands beside the facts on the page of a record: files, tags, relations, what happened, what must stay."""

from typing import Any

from primacy.access.queries import SignedIn
from primacy.records.queries import attachments, relations, retention, tags, timeline
from primacy.records.showing import Shown

NEWEST = 8  # relations and happenings on the page itself


def beside(request: SignedIn, seen: Shown, may: frozenset[str]) -> dict[str, Any]:
    """Nothing of it for who sees no details."""
    if not seen.exact:
        return {}
    from primacy.records.pages.attachments import Attach
    from primacy.records.pages.retention import because_form

    rows = relations.newest(viewer=request.user, seen=seen, size=NEWEST + 1)
    happened, _onward = timeline.timeline(viewer=request.user, seen=seen, size=NEWEST)
    return {
        "files": attachments.attachments(seen=seen), "attach": Attach(), "taking_off": because_form(),
        "tags": tags.tags(seen=seen), "offered_tags": tags.offered(viewer=request.user)[: tags.OFFERED],
        "relations": relations.as_said(viewer=request.user, seen=seen, rows=rows[:NEWEST]),
        "more_relations": len(rows) > NEWEST, "happened": happened, "hold": retention.hold_on(seen),
        "redacted": retention.redacted(seen),
    }  # fmt: skip
