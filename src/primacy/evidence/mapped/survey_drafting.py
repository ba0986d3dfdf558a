"""A first draft of the design of a survey: what the columns tell, and what nobody can know from them as questions."""

import re
from collections import Counter
from typing import Any

import yaml

from primacy.evidence.errors import shortened
from primacy.evidence.mapped.mapping import QUESTION
from primacy.places.files.files import Source
from primacy.places.files.tables import TextTable

FEW_ANSWERS = 12
WEIGHT = re.compile(r"(?i)(pond|poids|weight|wgt|wt|pw|w)([_. ]?\w{0,4})?")
AREA = re.compile(r"(?i).*(region|district|municip|province|prefect|county|admin|adm[0-9]|commune|governorate).*")
SEXES = ({"women", "men"}, {"female", "male"}, {"f", "m"}, {"femme", "homme"}, {"femmes", "hommes"})
WHICH_COUNT = (
    f"which answers count in each? Write a list of them instead of {QUESTION}, such as [Yes, Rather yes]; or"
    " `each: true` instead of `share`; take out the questions that nobody needs"
)


def draft_design(source: Source) -> str:
    """A design to correct, drafted from the columns of a file of answers; what it cannot know is asked.

    Only columns with few different answers become questions: free text and names of people are never copied.
    """
    answers = _answers(source)
    weight = next((name for name in answers if WEIGHT.fullmatch(name)), "")
    area = next((name for name in answers if AREA.fullmatch(name)), "")
    sex = next((name for name, found in answers.items() if {each.lower() for each in found} in SEXES), "")
    stem = re.sub(r"[^\w.-]+", "-", source.name.rpartition(".")[0] or source.name)[:60]
    lines = [
        f"# Drafted from a look at {shortened(source.label, 80)}. Read every line; {QUESTION} is a question to answer.",
        f"survey: {stem}", 'wave: ""', f"date: {QUESTION}  # which was the first day of the interviews? 2024-12-31",
        f"until: {QUESTION}  # which was their last day?", f"country: {QUESTION}  # in which country? Such as SOM",
        f"producer: {QUESTION}  # who asked the people?",
        f"weight: {_quoted(weight)}" if weight
        else f"weight: {QUESTION}  # which column? none, if there is none, and the reason in a line `unweighted: ...`",
        "# strata: [...]", "# clusters: [...]", "# units: [...]",
        f"area: {{column: {_quoted(area)}}}" if area else "# area: {column: ...}",
        "missing: []  # such as [\"99\", \"Refused\"]",
    ]  # fmt: skip
    lines += [f"groups: {{sex: {{column: {_quoted(sex)}}}}}"] if sex else ["# groups: {sex: {column: ...}}"]
    lines += [f"# {WHICH_COUNT}", "questions:"]
    taken = {weight, area, sex}
    for name, found in answers.items():
        if name not in taken and 1 < len(found) <= FEW_ANSWERS:
            key = re.sub(r"[;=/\s]+", "-", name)
            given = ", ".join(_quoted(each) for each in found)
            lines.append(
                f"  {_quoted(key)}: {{column: {_quoted(name)}, share: {QUESTION}}}  # which answers count? Of [{given}]"
            )
    return "\n".join(lines) + "\n"


def open_points(text: str) -> list[str]:
    """What a drafted design asks, in few lines: that of the questions of the survey is asked once for all."""
    asked = [line for line in text.splitlines() if QUESTION in line and not line.startswith("#")]
    of_answers = sum(line.startswith(" ") for line in asked)
    told = [line.replace(f"{QUESTION}  # ", "") for line in asked if not line.startswith(" ")]
    return [*told, *([f"questions: {WHICH_COUNT} ({of_answers} questions)"] if of_answers else [])]


def _answers(source: Source) -> dict[str, list[str]]:
    """The different answers of each column in the first rows, most frequent first; of many no more than are few."""
    table = TextTable(source)
    rows = next(iter(table.batches()), None)
    if rows is None:
        return {name: [] for name in table.columns}
    counted = {name: Counter(rows.column(name).to_pylist()) for name in table.columns}
    return {
        name: [answer for answer, _ in found.most_common(FEW_ANSWERS + 1) if answer] for name, found in counted.items()
    }


def _quoted(text: str) -> str:
    """Text inside YAML."""
    dumped: Any = yaml.safe_dump(text, default_style='"', allow_unicode=True, width=10_000)
    return str(dumped).strip().removesuffix("...").strip()
