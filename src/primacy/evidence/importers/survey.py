"""Sample surveys: answers of respondents with their design beside them, or a table of weighted estimates, as CSV.

Data sheet
    Answers      FILE.csv, one line for each respondent, and FILE.design.yaml beside it: weights, strata, clusters,
                 areas, groups and questions (`survey_design.py` shows one). No respondent enters the store: estimates
                 do, by question, area and group, with standard error, number of respondents and, in the note, design
                 effect
    Estimates    a table with the columns question, share (or mean), se, n and date (or year); also until, area or
                 longitude and latitude, group, wave, category, survey
    Small cells  fewer than 10 respondents (`least` in the design) are not told, nor what would give them away by
                 subtraction; both are counted in a note
    Licence      as the design says; of a table unknown
    Kind         survey; measure share or mean; item SURVEY/QUESTION, or SURVEY/QUESTION/ANSWER where each is told
    Category     as the design says, so that rules find it; else survey/SURVEY/QUESTION
    No answer    empty, or listed under `missing`: outside the question. Codes such as 999 or Refused that count as
                 answers are told in a note
    Errors       by linearisation over the design (`survey_estimates.py`). Without weights the note says that the
                 figures hold for those who were asked
    Coverage     partial, for the days of the interviews
    Lineage      survey/SURVEY; a table without the name of its survey: survey/NAME
    Faults       name the line and what is wrong, never what a respondent said
"""

import re
from collections.abc import Iterator
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from primacy.evidence.bringing.formats import Reading, Task, formats
from primacy.evidence.bringing.locating import Locator
from primacy.evidence.errors import BadInput
from primacy.evidence.importers._codes_counted import codes_counted
from primacy.evidence.importers._columns import Floats, path_part, same, true
from primacy.evidence.importers._placing import placed
from primacy.evidence.importers._respondents import Respondents
from primacy.evidence.importers._told_cells import estimates
from primacy.evidence.mapped.mapping_checks import dotted
from primacy.evidence.mapped.survey_design import DRAWN, LEAST, WEIGHTED, Design, design_file, design_name
from primacy.evidence.mapped.survey_design_files import lines_of, read_design, refused
from primacy.evidence.store.datasets import Coverage
from primacy.framework.saying import Said, said
from primacy.places.countries import iso3_of
from primacy.places.files.faults import Fault, Faults
from primacy.places.files.files import Source
from primacy.places.files.headers import by_its_columns, header, known_by
from primacy.places.files.rows import Rows
from primacy.places.files.tables import TextTable

FORMAT = "survey"
ABOUT = "answers of a sample survey with FILE.design.yaml beside it, or a table of its weighted estimates, CSV"
WHAT = said("evidence/what.estimates")
NEEDED = ("question", "se", "n")
QUESTION = re.compile(r"(?i)q(uestion)?[_. ]?\d+\w*([_. ]\w+)?")
FEWEST_QUESTIONS = 5
RESPONDENT = re.compile(
    r"(?i)(respondent|r[ée]pondant|enqu[êe]t[ée]|interview|household|m[ée]nage|hh|resp|case_?id|(رقم )?المستجيب)"
    r"([_. -]?(id|no|nr|num|number|n[o°]))?"
)
"""Names of columns that stand beside weights in answers of a sample: of whom a line is."""
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)


def lacks_design(source: Source) -> bool:
    """Whether a file holds answers of respondents, and nothing beside it says how they were asked."""
    head = source.head()
    known = any(each.sniff(source, head) for name, each in formats().items() if name != FORMAT)
    return not known and _answers_of(source, head) is not None and design_file(source) is None


def sniff(source: Source, head: bytes) -> Said | None:
    if source.name.lower().endswith((".yaml", ".yml")):
        return None
    design = design_file(source)
    if design:
        return said("evidence/survey.design-beside", name=design.name)
    if why := known_by(head, source.label, NEEDED, WHAT):
        return why
    return _answers_of(source, head)


def _answers_of(source: Source, head: bytes) -> Said | None:
    """Why a file seems to hold answers of respondents; None if it does not."""
    try:
        columns = header(head, source.label).columns
    except BadInput:
        return None
    questions = [name for name in columns if QUESTION.fullmatch(name)]
    if len(questions) >= max(FEWEST_QUESTIONS, len(columns) / 2):
        return by_its_columns(questions, said("evidence/what.questionnaire"))
    weighted, *beside = (
        next((name for name in columns if each.fullmatch(name.strip())), "")
        for each in (WEIGHTED, RESPONDENT, *DRAWN.values())
    )
    sign = next(filter(None, beside), "")
    return by_its_columns([sign, weighted], said("evidence/what.questionnaire")) if weighted and sign else None


def read(source: Source, task: Task) -> Reading:
    design = design_file(source)
    if design:
        return _read_answers(source, read_design(design), design, task)
    table = TextTable(source)
    if set(NEEDED) <= set(table.columns):
        return _read_estimates(table, task)
    raise BadInput(
        said("evidence/survey.no-design"), source.label,
        said("evidence/do.write-design", file=design_name(source)),
    )  # fmt: skip


# ---- answers


def _read_answers(source: Source, design: Design, file: Source, task: Task) -> Reading:
    """`file` is that of the design."""
    table = TextTable(source)
    table.need(tuple(design.columns), said("evidence/what.of-design"))
    reading = Reading(
        lineage=f"survey/{design.survey}", producer=design.producer, source_type="survey", licence=design.licence,
        citation=design.citation, known=None, batches=iter(()), locator=Locator(task.areas), faults=table.faults,
        share=lambda: table.stream.guarded.share,
    )  # fmt: skip
    reading.batches = _estimated(table, design, file, task, reading)
    return reading


def _estimated(
    table: TextTable, design: Design, file: Source, task: Task, reading: Reading
) -> Iterator[pa.Table]:  # fmt: skip
    country = iso3_of(design.country) if design.country else task.country
    reading.countries = {country} - {""}
    top = reading.locator.top(country)
    if not top:
        raise BadInput(said("evidence/no-country"), table.source.label, said("evidence/do.design-country"))
    respondents = Respondents(design)
    for rows in table.batches():
        respondents.add(rows)
    reading.notes += table.notes + respondents.notes
    reading.lines = respondents.count
    if task.country and country != task.country:
        reading.not_wanted = respondents.count
        return
    if not respondents.count:
        return
    _refuse_shares_of_all(respondents, design, file)
    told = estimates(respondents, design, reading.locator, top)
    reading.notes += [*told.notes, *codes_counted(respondents, design)]
    if told.table.num_rows:
        yield told.table
    reading.coverage = [
        Coverage(
            kind="survey", categories=tuple(sorted(set(told.table.column("category").to_pylist()))) or None,
            groups=("*",), areas=(top,), start=design.date, end=design.until or design.date, complete=False,
        )
    ]  # fmt: skip


def _refuse_shares_of_all(respondents: Respondents, design: Design, file: Source) -> None:
    """A share of every answer that was given is always 1 and says nothing: somebody left the list as it came."""
    faults = Faults()
    for name, question in design.questions.items():
        given = set(respondents.answers(question.column or name).text) - {"", *design.missing}
        if len(given) > 1 and given <= set(question.share):
            location = ("questions", name, "share")
            reason = (
                "lists every answer that was given, which is always 100 %: keep those that count, or write"
                " `each: true` instead"
            )
            faults.add(Fault(lines_of(file).line(location), reason, dotted(location)))
    if faults:
        raise refused(file, faults)


# ---- a table of estimates


def _read_estimates(table: TextTable, task: Task) -> Reading:
    table.need(NEEDED, WHAT)
    faults = [
        name for name, others in (("share", {"share", "mean"}), ("date", {"date", "year"}))
        if not others & set(table.columns)
    ]  # fmt: skip
    if faults:
        raise BadInput(
            said("evidence/survey.estimates-lack", names=' and '.join(faults)),
            said("places/at.first-line", file=table.source.label),
            said("evidence/do.survey-columns"),
        )  # fmt: skip
    reading = Reading(
        lineage="survey/NAME", producer="", source_type="survey", licence="", citation="", known=None,
        batches=iter(()), locator=Locator(task.areas), faults=table.faults, share=lambda: table.stream.guarded.share,
    )  # fmt: skip
    reading.batches = _as_points(table, task, reading)
    return reading


def _as_points(table: TextTable, task: Task, reading: Reading) -> Iterator[pa.Table]:
    first, last, few = LAST_DAY, FIRST_DAY, 0
    for rows in table.batches():
        if "date" not in rows.text:
            years = rows.column("year").to_pylist()
            rows.text["date"] = pa.array([f"{year}-01-01" if year else "" for year in years], pa.string())
            rows.text.setdefault("until", pa.array([f"{year}-12-31" if year else "" for year in years], pa.string()))
        start = rows.dates("date", earliest=FIRST_DAY, latest=LAST_DAY)
        rows.reject(true(pc.is_null(start)), said("places/empty", column="date"), "date")
        end = pc.coalesce(rows.dates("until", earliest=FIRST_DAY, latest=LAST_DAY), start)
        rows.reject(true(pc.less(end, start)), said("evidence/before-date", column="until"), "until")
        values, measures = _values(rows)
        se, n = rows.numbers("se", least=0.0), rows.numbers("n", least=0.0, large=True)
        rows.reject(np.isnan(n), said("evidence/no-respondents", column="n"), "n")
        questions = rows.column("question").to_pylist()
        rows.reject(
            np.array([not each for each in questions], dtype=np.bool_),
            said("places/empty", column="question"),
            "question",
        )
        small = n < LEAST
        few += int((small & rows.keep).sum())
        rows.leave_out(small)
        area, level = placed(rows, task, reading.locator)
        keep = pa.array(rows.keep)
        surveys = [path_part(each) for each in rows.column("survey").to_pylist()]
        items = ["/".join(filter(None, (s, path_part(q)))) for s, q in zip(surveys, questions, strict=True)]
        given = rows.column("category").to_pylist()
        points = pa.table(
            {
                "kind": same("survey", len(rows)), "item": pa.array(items, pa.string()), "date": start, "until": end,
                "area": pa.array(area, pa.string()), "level": pa.array(level, pa.int8()),
                "category": [c or f"survey/{item}" for c, item in zip(given, items, strict=True)],
                "wave": rows.column("wave"), "group": [_ordered(each) for each in rows.column("group").to_pylist()],
                "measure": measures, "unit": ["share" if each == "share" else "score" for each in measures],
                "value": pa.array(values, mask=np.isnan(values)), "se": pa.array(se, mask=np.isnan(se)),
                "n": pa.array(n, mask=np.isnan(n)), "source": rows.column("source"), "line": pa.array(rows.line),
            }
        ).filter(keep)  # fmt: skip
        if points.num_rows:
            first, last = min(first, pc.min(points["date"]).as_py()), max(last, pc.max(points["until"]).as_py())
            yield points
    reading.notes += table.notes
    if few:
        reading.notes.append(said("evidence/survey.few-left-out", count=few, least=LEAST))
    if last >= first:
        where = reading.locator.top(task.country)
        reading.coverage = [
            Coverage(kind="survey", groups=("*",), areas=(where or "*",), start=first, end=last, complete=False)
        ]


def _values(rows: Rows) -> tuple[Floats, list[str]]:
    """Shares, also as 45 %, and means where there is no share."""
    text = rows.column("share").to_pylist()
    percent = np.array([each.endswith("%") for each in text], dtype=np.bool_)
    rows.text["share"] = pa.array([each.rstrip("% ") for each in text], pa.string())
    shares = rows.numbers("share")
    shares = np.where(percent, shares / 100, shares)
    rows.reject((shares < 0) | (shares > 1), said("evidence/no-share", column="share"), "share")
    means = rows.numbers("mean")
    values = np.where(np.isnan(shares), means, shares)
    rows.reject(np.isnan(values), said("evidence/no-estimate"), "share")
    return values, np.where(np.isnan(shares), "mean", "share").tolist()


def _ordered(group: str) -> str:
    return ";".join(sorted(part.strip() for part in group.split(";") if part.strip()))
