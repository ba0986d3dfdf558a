"""Cases: a few lines of evidence, and what an expert says of them beside what the rules find.

A file has `benchmarks` and `evidence` by name, and `cases`; a case names or writes out what it uses. What stands at the
head of a file (`benchmark: O2.S1`, `mission: ...`) holds for each of its cases that does not say otherwise:

    case         what it shows, as a sentence            benchmark   the id of a benchmark of the framework, or a
    shows        met, not met or trap                                name, or indicators and rule written out
    evidence     names or data sets (written_evidence)   id, mission, as_of, known, areas: none
    others       benchmarks beside it, by id             status      the status
    probability  a number, or [least, most]; null: none  reason      of insufficient evidence
    flags        exactly these                           flagged     at least these
    says         a fragment of the sentence              parts       P of each part, null where unknown

All of them happen in an invented country: no real evidence is tried on a rule before it counts.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from primacy.assessment.assessing import assess
from primacy.assessment.cases.invented_country import CAPITAL, COUNTRY, country
from primacy.assessment.cases.written_evidence import points_of, store
from primacy.assessment.checks.naming import KINDS_LIST, SHOW_LIST, use_one_of
from primacy.assessment.checks.placing import line_of
from primacy.assessment.finding import Finding
from primacy.assessment.inputs import Inputs
from primacy.assessment.told.sentences import say_all
from primacy.assessment.trends.trend import TrendModel
from primacy.evidence.kinds import KINDS
from primacy.framework import Framework, FrameworkError, Mission, Problem
from primacy.framework.entries import Benchmark, Output
from primacy.framework.grammar import FLAGS, STATUSES
from primacy.framework.problems import fields_of, problems_of
from primacy.framework.saying import Said, Unfit, said
from primacy.places.areas import Areas

AS_OF = date(2026, 6, 30)
KNOWN = date(2026, 7, 1)
SUBJECT = "O2.S9"  # short: what needs two kinds of source at longer terms does not here
FORM = said("do.case")
Tree = dict[str, Any]
Number = float | None


def _one_of(words: tuple[str, ...]) -> AfterValidator:
    def known(given: str) -> str:
        if given not in words:
            raise Unfit(said("none-of", given=given, names=words), said("do.one-of-them"))
        return given

    return AfterValidator(known)


Status = Annotated[str, _one_of(STATUSES)]
Flag = Annotated[str, _one_of(FLAGS)]


class _Written(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Setting(_Written):
    """What a case says of its surroundings, or the head of its file for all cases that do not."""

    benchmark: str | Tree = ""
    mission: Tree = Field(default_factory=dict)
    as_of: date = AS_OF
    known: date = KNOWN
    areas: Literal["none"] | None = None
    others: dict[str, str | Tree] = Field(default_factory=dict)


class _Case(_Setting):
    case: str = Field(min_length=1)
    shows: Literal["met", "not met", "trap"] | None = None
    evidence: str | list[str | Tree] = Field(default_factory=list)
    id: str = ""
    status: Status
    probability: Number | tuple[float, float] = None
    reason: str | None = None
    flags: list[Flag] | None = None
    flagged: list[Flag] = Field(default_factory=list)
    says: str = ""
    parts: list[Number | tuple[float, float]] | None = None


class _File(_Setting):
    indicators: Any = None  # written once, for anchors of YAML to repeat
    benchmarks: dict[str, Tree] = Field(default_factory=dict)
    evidence: dict[str, list[Tree]] = Field(default_factory=dict)
    cases: list[_Case] = Field(min_length=1)


@dataclass(frozen=True)
class Case:
    """One case with all that its file says of it filled in. `framework`: its subject and what is beside it, no more."""

    file: str
    place: int
    written: _Case
    subject: str
    evidence: tuple[Tree, ...]
    mission: Mission
    framework: Framework

    @property
    def name(self) -> str:
        return self.written.case

    def judged(self, model: TrendModel) -> Finding:
        """What the rules find in the evidence of the case."""
        areas = Areas() if self.written.areas == "none" else country()
        inputs = Inputs(self.framework, self.mission, store(self.evidence), areas, model)
        known = datetime.combine(self.written.known, time(), UTC)
        findings = assess(inputs, as_of=self.written.as_of, known=known).findings
        return next(each for each in findings if each.benchmark == self.subject)

    def sentence(self, finding: Finding, language: str = "en") -> str:
        return say_all(finding.sentence, language, framework=self.framework)


def differences(case: Case, finding: Finding) -> Iterator[Said]:
    """Everything in which the finding is not what the case says; nothing where the rules agree with the expert."""
    written = case.written
    if finding.status != written.status:
        yield said("case.differs", what="status", found=finding.status, expected=written.status)
    if finding.reason != written.reason:
        yield said("case.differs", what="reason", found=finding.reason or "-", expected=written.reason or "-")
    if "probability" in written.model_fields_set and not _is(finding.probability, written.probability):
        yield _other_number("probability", finding.probability, written.probability)
    if written.flags is not None and list(finding.flags) != written.flags:
        yield said("case.differs", what="flags", found=list(finding.flags), expected=written.flags)
    if missing := sorted(set(written.flagged) - set(finding.flags)):
        yield said("case.differs", what="flagged", found=list(finding.flags), expected=missing)
    if written.says not in case.sentence(finding):
        yield said("case.differs", what="says", found=case.sentence(finding), expected=written.says)
    if written.parts is not None:
        found = [each.probability for each in finding.parts]
        if len(found) != len(written.parts) or not all(map(_is, found, written.parts)):
            yield _other_number("parts", found, written.parts)


def _is(found: float | None, expected: Any) -> bool:
    if isinstance(expected, tuple):
        return found is not None and expected[0] <= found <= expected[1]
    return bool(found == expected)


def _other_number(what: str, found: object, expected: object) -> Said:
    return said("case.differs", what=what, found=str(found), expected=str(expected))


# ---- reading


def read_files(paths: Iterable[Path], framework: Framework) -> tuple[list[Case], list[Problem]]:
    """The cases of all files that can be read, and every fault of the others, each with its line."""
    cases, problems = list[Case](), list[Problem]()
    for path in paths:
        try:
            cases += read_cases(path, framework)
        except FrameworkError as error:
            problems += [replace(each, line=each.line or line_of(path, each.field)) for each in error.problems]
    return cases, problems


def read_cases(path: Path, framework: Framework) -> list[Case]:
    """The cases of a file, of the benchmarks of a framework or of rules that the file itself writes out.

    Raises   FrameworkError with every fault of the file, each with its field and remedy.
    """
    file = _file(path)
    problems: list[Problem] = []
    cases = []
    for place, written in enumerate(file.cases):
        unsaid = set(_Setting.model_fields) - written.model_fields_set
        said_at_head = {name: getattr(file, name) for name in unsaid}
        try:
            cases.append(_case(path.name, place, written.model_copy(update=said_at_head), file, framework))
        except FrameworkError as error:
            problems += error.problems
    if problems:
        raise FrameworkError(problems)
    return cases


def _file(path: Path) -> _File:
    try:
        return _File.model_validate(fields_of(path.name, path.read_bytes(), FORM))
    except ValidationError as error:
        raise FrameworkError(problems_of(path.name, error, FORM)) from error


def _case(name: str, place: int, written: _Case, file: _File, framework: Framework) -> Case:
    field = f"cases.{place}"
    given = written.benchmark
    known = [*file.benchmarks, *framework.benchmarks]
    named = isinstance(given, str) and given not in file.benchmarks
    subject = written.id or (str(given) if named else SUBJECT)
    asked: dict[str, str | Tree] = {**written.others, subject: given}
    waited_for: dict[str, Benchmark] = {}
    benchmarks: dict[str, Benchmark] = {}
    for id, each in asked.items():
        if isinstance(each, str) and each in framework.retired:
            raise FrameworkError([Problem(name, f"{field}.benchmark", said("set-aside", name=each), said("do.out"))])
        if isinstance(each, str) and each not in known:
            use = use_one_of(known, each, SHOW_LIST)
            raise FrameworkError([Problem(name, f"{field}.benchmark", said("no-benchmark", name=each), use)])
        if isinstance(each, str) and each not in file.benchmarks:
            waited_for |= framework.only([each]).benchmarks
        else:
            try:
                benchmarks[id] = filled_in(file.benchmarks[each] if isinstance(each, str) else each, id)
            except ValidationError as error:
                raise FrameworkError(_under(f"{field}.benchmark", problems_of(name, error))) from error
    benchmarks = waited_for | benchmarks
    try:
        mission = Mission.model_validate({"country": COUNTRY, "capital": CAPITAL, **written.mission})
    except ValidationError as error:
        raise FrameworkError(_under(f"{field}.mission", problems_of(name, error))) from error
    evidence = tuple(_evidence(name, field, written, file))
    return Case(name, place, written, subject, evidence, mission, framework_of(benchmarks, framework))


def _under(field: str, problems: list[Problem]) -> list[Problem]:
    return [Problem(each.file, f"{field}.{each.field}", each.fault, each.do) for each in problems]


def _evidence(name: str, field: str, written: _Case, file: _File) -> Iterator[Tree]:
    """The data sets of a case, each with its lines tried."""
    given = written.evidence if isinstance(written.evidence, list) else [written.evidence]
    for each in given:
        if isinstance(each, str) and each not in file.evidence:
            use = use_one_of(list(file.evidence), each)
            raise FrameworkError([Problem(name, f"{field}.evidence", said("no-evidence", name=each), use)])
        for dataset in file.evidence[each] if isinstance(each, str) else [each]:
            if fault := _fault_of(dataset):
                raise FrameworkError([Problem(name, f"{field}.evidence", *fault)])
            yield dataset


def _fault_of(dataset: Tree) -> tuple[Said, Said] | None:
    """What is wrong with a data set, and what to do."""
    kind = str(dataset.get("kind", ""))
    try:
        for row in points_of({**dataset, "kind": kind}):
            if row["kind"] not in KINDS:
                return said("no-kind", name=row["kind"]), use_one_of(sorted(KINDS), row["kind"], KINDS_LIST)
            measures = KINDS[row["kind"]].measures
            if row["measure"] not in measures:
                fault = said("no-measure", kind=row["kind"], name=row["measure"])
                return fault, use_one_of(list(measures), row["measure"], KINDS_LIST)
        store([{**dataset, "kind": kind}])
    except Unfit as error:
        return error.fault, error.do or FORM
    except (ValidationError, ValueError, TypeError, KeyError):
        return said("unfit"), FORM
    return None


# ---- rules that a file writes out


def filled_in(content: Tree, id: str = SUBJECT) -> Benchmark:
    """A benchmark from what a case is about: indicators, rule and thresholds; its words are filled in."""
    horizon = {"S": "short", "M": "medium", "L": "long"}[id.split(".")[1][0]]
    filled: Tree = {
        "id": id, "title": f"Title of {id}", "short": id, "question": "Is it so?", "horizon": horizon,
        "lead": "political-affairs", "misleads": "Much.", "collect": [], "reversal": [], "thresholds": {},
    }  # fmt: skip
    return Benchmark.model_validate(filled | content)


def framework_of(benchmarks: Mapping[str, Benchmark], beside: Framework) -> Framework:
    """A framework of these benchmarks alone; published thresholds and sentences are those of the one `beside`."""
    outputs = tuple(
        Output(id=id, title=f"Output {id}", short=id, about="", lead=["political-affairs"])
        for id in sorted({id.split(".")[0] for id in benchmarks})
    )
    return Framework(outputs, benchmarks, beside.published, beside.texts)
