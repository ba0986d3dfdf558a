"""A first draft of the design of a survey: what the columns tell, and what nobody can know from them as questions."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

import pyarrow.compute as pc
import yaml

from primacy.evidence.errors import shortened
from primacy.evidence.mapped.mapping import QUESTION
from primacy.evidence.mapped.no_answers import perhaps_no_answers
from primacy.evidence.mapped.remarks import remark
from primacy.evidence.mapped.survey_design import DRAWN, WEIGHTED
from primacy.framework.saying import ENGLISH, Said, said
from primacy.places.files.files import Source
from primacy.places.files.tables import TextTable

FEW_ANSWERS = 12
NO_ANSWERS = '["99", "Refused"]'
MOST_CODES = 20  # told with a question
AREA = re.compile(r"(?i).*(region|district|municip|province|prefect|county|admin|adm[0-9]|commune|governorate).*")
SEXES = ({"women", "men"}, {"female", "male"}, {"f", "m"}, {"femme", "homme"}, {"femmes", "hommes"})


def draft_design(source: Source, language: str = ENGLISH) -> str:
    """A design to correct, drafted from the columns of a file of answers; what it cannot know is asked.

    Only columns with few different answers become questions: free text and names of people are never copied.
    """
    answers = _answers(source)
    weight = next((name for name in answers if WEIGHTED.fullmatch(name.strip())), "")
    area = next((name for name in answers if AREA.fullmatch(name)), "")
    sex = next((name for name, found in answers.items() if {each.lower() for each in found} in SEXES), "")
    stem = re.sub(r"[^\w.-]+", "-", source.name.rpartition(".")[0] or source.name)[:60]

    def asked(field: str, question: Said) -> str:
        return f"{field}: {QUESTION}  # {remark(question, language)}"

    drawn = {field: [name for name in answers if each.fullmatch(name.strip())] for field, each in DRAWN.items()}
    silent = {name: perhaps_no_answers(found) for name, found in answers.items() if name not in (weight, area)}
    head = said("evidence/draft.head", label=shortened(source.label, 80), question=QUESTION)
    lines = [
        f"# {remark(head, language)}",
        f"survey: {stem}", 'wave: ""',
        asked("date", said("evidence/draft.first-day")),
        asked("until", said("evidence/draft.last-day")),
        asked("country", said("evidence/draft.which-country")),
        asked("producer", said("evidence/draft.who-asked")),
        f"weight: {_quoted(weight)}" if weight else asked("weight", said("evidence/draft.which-weight")),
        *(f"# {field}: [{', '.join(map(_quoted, names)) or '...'}]" for field, names in drawn.items()),
        f"area: {{column: {_quoted(area)}}}" if area else "# area: {column: ...}",
        *_missing(silent, language),
    ]  # fmt: skip
    lines += [f"groups: {{sex: {{column: {_quoted(sex)}}}}}"] if sex else ["# groups: {sex: {column: ...}}"]
    which = said("evidence/draft.which-count", question=QUESTION)
    lines += [f"# {remark(which, language)}", "questions:"]
    taken = {weight, area, sex}.union(*drawn.values())
    for name, found in answers.items():
        if name in taken or len(found) < 2:
            continue
        given = [answer for answer, _ in found.most_common() if answer not in silent[name]]
        if 0 < len(given) <= FEW_ANSWERS:
            key = re.sub(r"[;=/\s]+", "-", name)
            which = said("evidence/draft.which-answers", answers=f"[{', '.join(map(_quoted, given))}]")
            lines.append(
                f"  {_quoted(key)}: {{column: {_quoted(name)}, share: {QUESTION}}}  # {remark(which, language)}"
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


def _missing(silent: Mapping[str, Mapping[str, int]], language: str) -> list[str]:
    """The line on what is no answer: a question wherever some of the answers seem to be none.

    Each is shown with the column in which it is commonest, and how often it stands there.
    """
    most: dict[str, tuple[int, str]] = {}
    for name, found in silent.items():
        for text, count in found.items():
            if count > most.get(text, (0, ""))[0]:
                most[text] = count, name
    if not most:
        such = said("evidence/draft.no-answers", examples=NO_ANSWERS)
        return [f"missing: []  # {remark(such, language)}"]
    codes = sorted(most, key=lambda text: -most[text][0])[:MOST_CODES]
    shown = [f"{_quoted(shortened(text, 40))} ({shortened(most[text][1], 20)}: {most[text][0]})" for text in codes]

    def asked(count: int) -> str:
        found, example = ", ".join(shown[:count]), f"[{_quoted(codes[0])}]"
        return remark(said("evidence/draft.which-missing", found=found, example=example, none="[]"), language)

    count = next((count for count in range(len(shown), 1, -1) if not asked(count).endswith("…")), 1)
    return [f"missing: {QUESTION}  # {asked(count)}", *(f"# {remark(each, language)}" for each in shown[count:])]


def _answers(source: Source) -> dict[str, Counter[str]]:
    """The different answers of each column, with how often each was given."""
    table = TextTable(source)
    counted: dict[str, Counter[str]] = {name: Counter() for name in table.columns}
    for rows in table.batches():
        for name, found in counted.items():
            for each in pc.value_counts(rows.column(name)).to_pylist():
                if each["values"]:
                    found[each["values"]] += each["counts"]
    return counted


def _quoted(text: str) -> str:
    """Text inside YAML."""
    dumped: Any = yaml.safe_dump(text, default_style='"', allow_unicode=True, width=10_000)
    return str(dumped).strip().removesuffix("...").strip()
