"""What the columns of a table may be for, guessed from their names and from what stands in them, with the reason."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from primacy.evidence.bringing.personal import personal_column, personal_text
from primacy.evidence.errors import listed, shortened
from primacy.evidence.mapped.looking import Look
from primacy.framework.saying import Said, said
from primacy.framework.yaml_files import read_yaml
from primacy.places.names import plain

WORDED = {
    "category", "actor", "target", "sex", "age", "source", "indicator", "level1", "level2", "level3",
    "confidentiality", "somewhere",
}  # fmt: skip


@cache
def known_words() -> Mapping[str, Any]:
    content: Mapping[str, Any] = read_yaml((Path(__file__).parent / "drafting.yaml").read_bytes())
    return content


class Guesses:
    """Guesses on the columns of one table, which is called `label`."""

    def __init__(self, label: str, looks: Sequence[Look]) -> None:
        self._label, self._looks = label, looks

    def roles(self) -> dict[str, list[Look]]:
        """The columns of each role, those whose names say it best first; none that seems to hold persons."""
        scored: list[tuple[int, int, str, Look]] = []
        for place, look in enumerate(self._looks):
            if self.personal(look):
                continue
            best: dict[str, int] = {}
            for role, entries in known_words()["roles"].items():
                for entry in entries:
                    words = frozenset(plain(str(entry)).split())
                    if words and words <= look.words:
                        best[role] = max(best.get(role, 0), 10 * len(words) - len(look.words))
            if "reported" in best and best["reported"] >= best.get("date", best["reported"]):
                best.pop("date", None)  # a day of reporting is none of happening
            scored += [(-score, place, role, look) for role, score in best.items() if self._could_be(role, look)]
        found: dict[str, list[Look]] = {}
        for _, _, role, look in sorted(scored, key=lambda each: each[:3]):
            found.setdefault(role, []).append(look)
        return found

    def _could_be(self, role: str, look: Look) -> bool:
        if role in ("date", "until", "reported", "entered"):
            return bool(look.forms) or look.serial
        if role in ("latitude", "longitude"):
            most = 90 if role == "latitude" else 180
            return look.numeric and all(_within(value, most) for value in look.values)
        if role in WORDED:
            return not look.numeric and not look.coded and look.filled > 0
        return look.numeric if role == "value" else look.filled > 0

    def personal(self, look: Look) -> Said | None:
        """Why a column seems to hold persons; None where it does not."""
        if personal_column(look.name) == "sure":
            return said("evidence/draft.persons-by-name")
        key = next((why for value in islice(look.values, 200) if (why := personal_text(value))), "")
        return said(key, column=shortened(look.name)) if key else None

    def kind(self) -> tuple[str, Said]:
        """(the kind, why); without one, what asks for it."""
        names = [look.words for look in self._looks] + [frozenset(plain(re.sub(r"[_.\-]", " ", self._label)).split())]
        scores: dict[str, set[str]] = {}
        for kind, entries in known_words()["kinds"].items():
            hits = {str(entry) for entry in entries for words in names if set(plain(str(entry)).split()) <= words}
            if hits:
                scores[kind] = hits
        ranked = sorted(scores, key=lambda kind: -len(scores[kind]))
        if len(ranked) == 1 or (ranked and len(scores[ranked[0]]) > len(scores[ranked[1]])):
            return ranked[0], said("evidence/draft.kind", words=listed(sorted(scores[ranked[0]]), 4))
        if ranked:
            return "", said("evidence/draft.which-kind-perhaps", kinds=ranked[:3])
        return "", said("evidence/draft.which-kind")


def _within(value: str, most: float) -> bool:
    try:
        return abs(float(value.replace(",", "."))) <= most
    except ValueError:
        return False
