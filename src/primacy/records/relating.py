"""The kinds of relations between records, from `relations.yaml`. Pure."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from primacy.framework.yaml_files import read_yaml

BACK = "~"  # behind a kind: the relation leads here from the other record


@cache
def relation_kinds() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """kind -> `to` and `from` -> language -> words."""
    found: Mapping[str, Mapping[str, Mapping[str, str]]] = read_yaml(
        (Path(__file__).parent / "relations.yaml").read_bytes()
    )
    return found


def said(kind: str, *, back: bool, language: str) -> str:
    """A relation as it is said on the page of the record from which it leads, or (`back`) to which it leads."""
    words = relation_kinds()[kind]["from" if back else "to"]
    return words.get(language, words["en"])


def offered(language: str) -> list[tuple[str, str]]:
    """What may be chosen, each direction once: (`kind` or `kind~`, words)."""
    found = []
    for kind, words in relation_kinds().items():
        found.append((kind, said(kind, back=False, language=language)))
        if words["to"] != words["from"]:
            found.append((f"{kind}{BACK}", said(kind, back=True, language=language)))
    return found
