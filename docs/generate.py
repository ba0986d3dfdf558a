"""The generated pages of docs/reference: written here, compared with what stands there by tests/docs.

python docs/generate.py
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import click
from pydantic.fields import FieldInfo

from primacy.assessment.rules.verbs import verbs
from primacy.cli import primacy
from primacy.evidence.kinds import KINDS, Kind
from primacy.framework.grammar import VERBS

REFERENCE = Path(__file__).parent / "reference"
NATURES = {
    "event": "Events: summed over periods",
    "effort": "Effort: how hard somebody looked, summed over periods",
    "state": "States: the last value of each item, until its shelf life ends",
    "estimate": "Estimates: the latest with its error",
}
WRITTEN = "<!-- Written by `make docs`; a test keeps it true. -->"


def command_page() -> str:
    """Every command with its help, as `primacy COMMAND --help` prints it."""
    top = click.Context(primacy, info_name="primacy")
    parts = [
        "# Commands", WRITTEN,
        "`--data`, `--json` and `--quiet` may stand before or after any command. Exit codes: 0 done; 1 the answer is "
        "negative (a check found faults, a package differs); 2 wrong use or bad input; 3 a fault inside Primacy.",
    ]  # fmt: skip
    for context in _commands(top):
        help_ = context.command.get_help(context)
        parts.append(f"## {context.command_path}\n\n```text\n{help_}\n```")
    return "\n\n".join(parts) + "\n"


def _commands(context: click.Context) -> Iterator[click.Context]:
    context.terminal_width = context.max_content_width = 100
    yield context
    if isinstance(context.command, click.Group):
        for name in context.command.list_commands(context):
            command = context.command.get_command(context, name)
            assert command is not None
            yield from _commands(click.Context(command, info_name=name, parent=context))


def kind_page() -> str:
    """Every kind of evidence: what it is, its measures with units, its stages, and how long a state is believed."""
    parts = [
        "# Kinds of evidence", WRITTEN,
        "Every data point is of one of these kinds. `primacy template KIND` writes a table to fill in by hand.",
    ]  # fmt: skip
    for nature, title in NATURES.items():
        kinds = [kind for kind in KINDS.values() if kind.nature == nature]
        rows = [_kind_row(kind) for kind in kinds]
        head = "| kind | is | measures (unit) | remarks |\n|---|---|---|---|"
        parts.append("\n".join([f"## {title}\n", head, *rows]))
    return "\n\n".join(parts) + "\n"


def _kind_row(kind: Kind) -> str:
    measures = ", ".join(
        f"`{name}`" if unit in (name, "items") else f"`{name}` ({unit})" for name, unit in kind.measures.items()
    )
    remarks = [f"stages of `{where}`: {', '.join(names)}" for where, names in kind.stages.items()]
    if kind.shelf_life is not None:
        remarks.append(f"believed for {kind.shelf_life} days")
    if kind.corroborate:
        remarks.append("two kinds of source are asked for")
    remarks += [f"`{name}` is a whole number from 0 to {most}" for name, most in kind.scores.items()]
    remarks += [f"`{name}` is a deed of a person on the site and in no table" for name in kind.deeds]
    if kind.agreement is not None:
        asked = f"a weighted kappa of {kind.agreement.kappa} from {kind.agreement.items} items scored twice"
        remarks.append(f"coders must agree: {asked}, before that at least as much as by chance")
    if kind.official:
        remarks.append("an official source is enough")
    return f"| `{kind.name}` | {kind.about} | {measures} | {'; '.join(remarks)} |"


def verb_page() -> str:
    """Every verb of rules: the condition that it states, and what it is told."""
    parts = [
        "# Verbs of rules", WRITTEN,
        "A rule has one of these verbs, or combines several by `all`, `any`, `k_of`, `not`, `sustained`; around a verb "
        "may stand `each`, `veto` and `after`. Numbers are names of the benchmark's `thresholds`, or written out. The "
        "[page of the grammar](grammar.md) has the rest.",
    ]  # fmt: skip
    for name, module in verbs().items():
        said, _, more = (module.__doc__ or "").strip().partition("\n\n")
        rows = [_parameter(field.alias or key, field) for key, field in VERBS[name].model_fields.items()]
        sentence = said.removeprefix(f"`{name}`: ")
        about = [sentence[:1].upper() + sentence[1:], *([more] if more else [])]
        parts.append("\n\n".join([f"## `{name}`", *about, "\n".join(["| says | when left out |", "|---|---|", *rows])]))
    return "\n\n".join(parts) + "\n"


def _parameter(name: str, field: FieldInfo) -> str:
    if field.is_required():
        return f"| `{name}` | it must be said |"
    default = field.get_default(call_default_factory=True)
    return f"| `{name}` | {f'`{default}`' if default not in (None, {}) else ''} |"


PAGES: dict[str, Callable[[], str]] = {"cli.md": command_page, "kinds.md": kind_page, "verbs.md": verb_page}


if __name__ == "__main__":
    for name, page in PAGES.items():
        (REFERENCE / name).write_text(page(), encoding="utf-8")
