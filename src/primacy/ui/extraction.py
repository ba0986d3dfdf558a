"""Every text of the interface that must be translated, read from the templates and the code of all rooms.

`python -m primacy.ui.extraction` adds to each .po file what it lacks and takes out what nobody says any more.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
from django.utils.translation.template import templatize

from primacy.ui.messages import catalogues

PACKAGE = Path(__file__).parent.parent
SINGLE = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
Text = tuple[str, str | None]  # singular, and plural where there is one


def texts() -> dict[Text, str]:
    """Each text with the file in which it is first said."""
    found: dict[Text, str] = {}
    for path in sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("templates/**/*.html")]):
        if "tests" in path.parts:
            continue
        said = _in_code(path) if path.suffix == ".py" else _in_template(path)
        for text in said:
            found.setdefault(text, _named(path))
    return found


def _named(path: Path) -> str:
    """A template by the name that Django knows it by, code by its place in the package."""
    within = path.relative_to(PACKAGE)
    return within.as_posix().partition("templates/")[2] or within.as_posix()


def _in_code(path: Path) -> Iterator[Text]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            words = [each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
            if node.func.id in SINGLE and words:
                yield words[0], None
            elif node.func.id in PLURAL and len(words) >= 2:
                yield words[0], words[1]


_QUOTED = r"""u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_CALLS = re.compile(rf"\b(?:ngettext\({_QUOTED}, ?{_QUOTED},|(?:gettext|_)\({_QUOTED}\))")


def _in_template(path: Path) -> Iterator[Text]:
    """Django turns a template into calls of gettext; those are read."""
    for match in _CALLS.finditer(templatize(path.read_text(encoding="utf-8"), origin=str(path))):
        singular, plural, single = match.groups()
        if single is not None:
            yield ast.literal_eval(single), None
        else:
            yield ast.literal_eval(singular), ast.literal_eval(plural)


def update(catalogue: polib.POFile, wanted: dict[Text, str]) -> None:
    """Bring one catalogue in line with what is said: new entries empty, unused ones out."""
    kept = {(entry.msgid, entry.msgid_plural or None): entry for entry in catalogue}
    forms = int(re.search(r"nplurals=(\d)", catalogue.metadata["Plural-Forms"]).group(1))  # type: ignore[union-attr]
    for key, entry in kept.items():
        if key not in wanted:
            catalogue.remove(entry)
    for (singular, plural), place in wanted.items():
        if (singular, plural) in kept:
            kept[singular, plural].occurrences = [(place, "")]
        elif plural is None:
            catalogue.append(polib.POEntry(msgid=singular, occurrences=[(place, "")]))
        else:
            empty = dict.fromkeys(range(forms), "")
            entry = polib.POEntry(msgid=singular, msgid_plural=plural, msgstr_plural=empty, occurrences=[(place, "")])
            catalogue.append(entry)
    catalogue.sort(key=lambda entry: (entry.occurrences, entry.msgid))


if __name__ == "__main__":
    for path in catalogues():
        catalogue = polib.pofile(str(path), wrapwidth=120)
        update(catalogue, texts())
        catalogue.save()
