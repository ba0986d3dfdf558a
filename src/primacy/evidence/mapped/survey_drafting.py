"""A first draft of the design of a survey: what the columns tell, and what nobody can know from them as questions."""

import re
from collections import Counter
from typing import Any

import yaml

from primacy.evidence.errors import shortened
from primacy.evidence.mapped.mapping import QUESTION
from primacy.evidence.mapped.remarks import remark
from primacy.framework.saying import ENGLISH, Said, said
from primacy.places.files.files import Source
from primacy.places.files.tables import TextTable

FEW_ANSWERS = 12
NO_ANSWERS = '["99", "Refused"]'
WEIGHT = re.compile(r"(?i)(pond|poids|weight|wgt|wt|pw|w)([_. ]?\w{0,4})?")
AREA = re.compile(r"(?i).*(region|district|municip|province|prefect|county|admin|adm[0-9]|commune|governorate).*")
SEXES = ({"women", "men"}, {"female", "male"}, {"f", "m"}, {"femme", "homme"}, {"femmes", "hommes"})


def draft_design(source: Source, language: str = ENGLISH) -> str:
    """A design to correct, drafted from the columns of a file of answers; what it cannot know is asked.

    Only columns with few different answers become questions: free text and names of people are never copied.
    """
    answers = _answers(source)
    weight = next((name for name in answers if WEIGHT.fullmatch(name)), "")
    area = next((name for name in answers if AREA.fullmatch(name)), "")
    sex = next((name for name, found in answers.items() if {each.lower() for each in found} in SEXES), "")
    stem = re.sub(r"[^\w.-]+", "-", source.name.rpartition(".")[0] or source.name)[:60]

    def asked(field: str, question: Said) -> str:
        return f"{field}: {QUESTION}  # {remark(question, language)}"

    silent = said("evidence/draft.no-answers", examples=NO_ANSWERS)
    head = said("evidence/draft.head", label=shortened(source.label, 80), question=QUESTION)
    lines = [
        f"# {remark(head, language)}",
        f"survey: {stem}", 'wave: ""',
        asked("date", said("evidence/draft.first-day")),
        asked("until", said("evidence/draft.last-day")),
        asked("country", said("evidence/draft.which-country")),
        asked("producer", said("evidence/draft.who-asked")),
        f"weight: {_quoted(weight)}" if weight else asked("weight", said("evidence/draft.which-weight")),
        "# strata: [...]", "# clusters: [...]", "# units: [...]",
        f"area: {{column: {_quoted(area)}}}" if area else "# area: {column: ...}",
        f"missing: []  # {remark(silent, language)}",
    ]  # fmt: skip
    lines += [f"groups: {{sex: {{column: {_quoted(sex)}}}}}"] if sex else ["# groups: {sex: {column: ...}}"]
    which = said("evidence/draft.which-count", question=QUESTION)
    lines += [f"# {remark(which, language)}", "questions:"]
    taken = {weight, area, sex}
    for name, found in answers.items():
        if name not in taken and 1 < len(found) <= FEW_ANSWERS:
            key = re.sub(r"[;=/\s]+", "-", name)
            given = said("evidence/draft.which-answers", answers=f"[{', '.join(map(_quoted, found))}]")
            lines.append(
                f"  {_quoted(key)}: {{column: {_quoted(name)}, share: {QUESTION}}}  # {remark(given, language)}"
            )
    return "\n".join(lines) + "\n"


def open_points(text: str, language: str = ENGLISH) -> list[str]:
    """What a drafted design asks, in few lines: that of the questions of the survey is asked once for all."""
    asked = [line for line in text.splitlines() if QUESTION in line and not line.startswith("#")]
    of_answers = sum(line.startswith(" ") for line in asked)
    told = [line.replace(f"{QUESTION}  # ", "") for line in asked if not line.startswith(" ")]
    asked_once = said("evidence/draft.which-count", question=QUESTION)
    all_of_them = said("evidence/draft.which-count-of", asked=asked_once, count=of_answers)
    return [*told, *([f"questions: {remark(all_of_them, language)}"] if of_answers else [])]


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
