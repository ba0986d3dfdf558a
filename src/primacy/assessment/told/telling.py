"""A stored assessment told on the terminal: a table of findings, one finding in full, and objects for scripts."""

import json
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from primacy.assessment.finding import Finding, Part, Watch
from primacy.assessment.finding_json import finding_contract, watch_contract
from primacy.assessment.indicators.beside import DECIDES
from primacy.assessment.packages.behind import Behind
from primacy.assessment.packages.package import findings_of, framework_in, part_of, watches_of
from primacy.assessment.rules.expected_wrong import expected_wrong
from primacy.assessment.told.handbook import set_aside_by
from primacy.assessment.told.handbook_lines import reviewing
from primacy.assessment.told.other_sources_told import in_words
from primacy.assessment.told.sentences import flag_word, likelihood, number_text, percent_text, reason_word, status_word
from primacy.assessment.views import View, flagged
from primacy.evidence.errors import BadInput
from primacy.evidence.shown.categories import category_words
from primacy.evidence.shown.datasets_told import line_told
from primacy.evidence.store.store import Store
from primacy.framework import Framework, Instance, load
from primacy.framework.entries import Benchmark
from primacy.framework.languages import named, words
from primacy.framework.saying import ENGLISH, isolated
from primacy.places.areas import AreaNames, Areas

Tree = dict[str, Any]


@dataclass(frozen=True)
class Told:
    """What is needed to tell an assessment in a language."""

    head: Tree
    code: str
    findings: tuple[Finding, ...]
    framework: Framework
    places: Areas
    watches: tuple[Watch, ...] = ()
    said: dict[Hashable, Tree] = field(default_factory=dict, repr=False, compare=False)
    """Findings that were told before. Of one package two differ only by language, benchmark, status, flags, and which
    sources a reader may know."""

    def contract(self, finding: Finding, language: str) -> Tree:
        """A finding in the form that outside scripts rely on."""
        key = language, finding.benchmark, finding.status, finding.flags, finding.other_sources
        if key not in self.said:
            self.said[key] = finding_contract(finding, self.framework, self.names(language), language)
        return self.said[key]

    def names(self, language: str) -> AreaNames:
        return self.places.names(language)

    def finding_object(self, benchmark: str, language: str) -> Tree:
        """A finding in full, with what to look at beside it and how that stands."""
        told = self.contract(self.finding(benchmark), language)
        return {**told, "beside": self.beside(benchmark, language)}

    def beside(self, benchmark: str, language: str) -> list[Tree]:
        """Counter-pairs: benchmarks with their statuses, and other subjects (status null)."""
        statuses = {each.benchmark: each.status for each in self.findings}
        return [
            {
                "id": id,
                "title": self.framework.text(id, "title", language)[0] if id in self.framework.entries else None,
                "status": statuses.get(id),
            }
            for id in self.framework.benchmarks[benchmark].beside
        ]

    def assessment_object(self, language: str) -> Tree:
        """The one object of `primacy assess --json`."""
        findings = [self.contract(each, language) for each in self.findings]
        wrong = expected_wrong(self.findings)
        watches = {each.entry: self.watch_object(each.entry, language) for each in self.watches}
        return {
            "assessment": {**self.when(), "code": self.code},
            "findings": findings,
            "expected_wrong": {
                name: {"findings": each.findings, "wrong": each.expected} for name, each in wrong.items()
            },
            "risks": [told for id, told in watches.items() if id in self.framework.risks],
            "trade_offs": [told for id, told in watches.items() if id in self.framework.trade_offs],
        }

    def when(self) -> Tree:
        """Which assessment it is, of which day, and with what was known."""
        head = {name: self.head[name] for name in ("id", "as_of", "known", "framework", "evidence")}
        return {**head, "known": head["known"].split(".")[0].split("+")[0] + "Z"}

    def of_when(self, language: str) -> str:
        """The same in one line."""
        say: dict[str, str] = words(language, "told")
        return say["when"].format(self.head["as_of"], self.head["known"][:10], self.head["id"])

    def watch_object(self, id: str, language: str) -> Tree:
        """A risk or a trade-off of the assessment."""
        watch = next(each for each in self.watches if each.entry == id)
        return watch_contract(watch, self.framework, self.names(language), language)

    def object_of(self, id: str, language: str) -> Tree:
        """A finding, a risk or a trade-off. Raises BadInput where there is none."""
        watched = any(each.entry == id for each in self.watches)
        return self.watch_object(id, language) if watched else self.finding_object(id, language)

    def finding(self, benchmark: str) -> Finding:
        for each in self.findings:
            if each.benchmark == benchmark:
                return each
        what = "is no benchmark, risk or trade-off of this assessment"
        if benchmark in load().entries:
            what = "is not asked in this assessment: the mission set it aside (`primacy framework show` says why)"
        raise BadInput(f"{benchmark} {what}", "", "`primacy framework show` lists them")


def newest_package(instance: Instance, id: str | None) -> Path:
    """The package of an assessment, or the newest. Raises BadInput where there is none."""
    found = sorted(instance.assessments.glob("*.zip"), key=lambda path: path.stat().st_mtime)
    if id is not None:
        found = [path for path in found if path.stem.startswith(id)]
    if not found:
        what = f"there is no assessment {id}" if id else "there is no assessment yet"
        raise BadInput(what, str(instance.assessments), "run `primacy assess`")
    return found[-1]


def told(path: Path) -> Told:
    standard = load()
    head = json.loads(part_of(path, "package.json"))
    about = json.loads(part_of(path, "about.json"))
    as_shipped = head["framework"] == standard.hash and not about.get("texts")
    framework = standard if as_shipped else framework_in(path)
    views = [View.from_dict(each) for each in json.loads(part_of(path, "views.json"))["views"]]
    findings = tuple(flagged(each, due=False, views=views) for each in findings_of(path))
    return Told(
        head=head, code=about["code"], findings=findings, framework=framework,
        watches=watches_of(path), places=Areas.from_dict(json.loads(part_of(path, "places.json"))),
    )  # fmt: skip


def rows_told(found: Behind, store: Store, package: Told, language: str) -> list[Tree]:
    """The data points that decide, with the file and the line that they come from."""
    names = package.names(language)
    files = {version.id: version.file for version in store.versions()}
    return [
        {
            "date": row["date"].isoformat(),
            "until": row["until"].isoformat(),
            "area": names.get(row["area"], row["area"]),
            "what": _what(row, row["category"]),
            "words": _what(row, category_words(row["category"] or "", language), language),
            "values": row["values"],
            "grade": row["grade"],
            "source": row["source"],
            "dataset": row["dataset"],
            "file": files.get(row["dataset"], ""),
            "line": row["line"],
            "item": row["item"],
        }
        for row in found.rows
        if row["role"] == DECIDES
    ]


def _what(row: Mapping[str, Any], category: str | None, language: str = ENGLISH) -> str:
    names = (isolated(row[name] or "", language) for name in ("actor", "target"))
    return str(row["note"] or " · ".join(each for each in (category, *names) if each))


def row_told(row: Tree, language: str) -> str:
    """One of them as a line of a terminal."""
    comma, semicolon = (str(words(language, name)) for name in ("list_comma", "semicolon"))
    values = comma.join(f"{named(language, 'measures', name)} {value:g}" for name, value in row["values"].items())
    where = isolated(row["file"] or row["dataset"], language)
    if row["line"] is not None:
        where = line_told(row["file"], row["line"], language)
    given = (isolated(each, language) for each in (row["words"], values, row["grade"] or "-"))
    place = isolated(row["area"], language)
    return f"{row['date']} {place}{words(language, 'colon')}{semicolon.join(filter(None, (*given, where)))}"


def table(package: Told, language: str, in_force: Framework) -> Iterator[str]:
    """One line for each benchmark, and for each that is not asked because the mission set it aside. `in_force`: the
    framework that was judged by, with the mission's reviews and decisions, which no package carries."""
    yield words(language, "told")["assessment"].format(package.head["id"], package.head["as_of"])
    yield from reviewing(in_force, language)
    for finding in package.findings:
        told_ = package.contract(finding, language)
        yield f"{finding.benchmark:<6} {status_word(finding.status, language):<22} {told_['sentence']}"
    for each in set_aside(in_force, language):
        yield f"{each['benchmark']:<6} {status_word(each['status'], language):<22} {each['sentence']}"
    if said := wrong_told(package, language):
        yield said
    for watch in package.watches:
        if watch.state in ("seen", "possible"):
            told_ = package.watch_object(watch.entry, language)
            shown = "; ".join(each["text"] for each in told_["signals"] if each["state"] == watch.state)
            yield f"{watch.entry:<6} {state_word(package, watch, language):<22} {told_['title']}: {shown}"


def set_aside(framework: Framework, language: str) -> list[Tree]:
    """The benchmarks that no assessment asks for, because the mission set them aside: by whom, when and why."""
    said = words(language, "handbook")["retired"]
    return [
        {"benchmark": id, "title": framework.text(id, "title", language)[0], "status": "not applicable",
         "sentence": f"{said}{words(language, 'colon')}{set_aside_by(framework, id, language)}"}
        for id, entry in framework.retired.items() if isinstance(entry, Benchmark)
    ]  # fmt: skip


def aside_told(aside: Tree, language: str) -> Iterator[str]:
    """What there is to say of a benchmark that was set aside."""
    yield f"{aside['benchmark']}  {aside['title']}"
    yield f"{status_word(aside['status'], language).upper()}  {aside['sentence']}"


def wrong_told(package: Told, language: str) -> str:
    """How many of the findings that say yes or no are wrong, as their probabilities leave open."""
    counts = [
        f"{number_text(each.expected, language, digits=2)} / {each.findings} {status_word(name, language)}"
        for name, each in expected_wrong(package.findings).items()
        if each.findings
    ]
    return str(words(language, "told")["wrong"]).format(words(language, "list_comma").join(counts)) if counts else ""


def state_word(package: Told, watch: Watch, language: str) -> str:
    """How a risk stands, or whether a choice is due."""
    return str(words(language, "signs" if watch.entry in package.framework.risks else "due")[watch.state])


def watch_told(package: Told, id: str, language: str) -> Iterator[str]:
    """A risk or a trade-off with each of its signals."""
    watch = next(each for each in package.watches if each.entry == id)
    told_ = package.watch_object(id, language)
    yield f"{id}  {told_['title']}"
    yield state_word(package, watch, language).upper()
    yield package.of_when(language)
    for each, words_ in zip(watch.signals, told_["signals"], strict=True):
        chance = "" if each.probability is None else f" ({percent_text(each.probability, language)})"
        alone = replace(watch, state=each.state)
        yield f"  {state_word(package, alone, language)}{chance}: {words_['text']}. {words_['sentence']}"


def explanation(package: Told, benchmark: str, language: str) -> Iterator[str]:
    """One finding in full."""
    finding, told_ = package.finding(benchmark), package.finding_object(benchmark, language)
    say: dict[str, str] = words(language, "told")
    yield f"{benchmark}  {told_['title']}"
    yield f"{status_word(finding.status, language).upper()}  {told_['sentence']}"
    yield package.of_when(language)
    if finding.probability is not None:
        chance = percent_text(finding.probability, language)
        yield say["holds"].format(likelihood(finding.probability, language), chance)
    if finding.projected is not None:
        chance = percent_text(finding.projected, language)
        yield say["projected"].format(likelihood(finding.projected, language), chance)
    if finding.flags:
        flags = words(language, "list_comma").join(flag_word(flag, language) for flag in finding.flags)
        yield say["flags"].format(flags)
    yield say["paragraph"].format(told_["paragraph"])
    yield say["rule"].format(told_["rule"])
    yield say["evidence"].format(finding.data_points) + (say["restricted"] if finding.restricted else "")
    yield from _parts(finding, told_, language)
    yield from _other_sources(package, finding, language)
    if told_["path"] is not None:
        yield say["path"]
        yield from _path(told_["path"], language, 1)
    yield from _what_if(told_, say)
    yield from _around(told_, language, say)
    if told_["areas_of"]:
        yield say["areas"].format(words(language, "list_comma").join(each["label"] for each in told_["areas_of"]))
    for area in told_["areas"]:
        yield f"  {area['area']} {area['name']:<28} {status_word(area['status'], language)}"
    if finding.status == "insufficient evidence":
        for each in told_["collect"]:
            yield say["collect"].format(each["what"], named(language, "kinds", each["kind"]), each["how"])


def _parts(finding: Finding, told_: Tree, language: str) -> Iterator[str]:
    say: dict[str, str] = words(language, "told")
    for part, words_ in zip(finding.parts, told_["parts"], strict=True):
        verb, capped = named(language, "verbs", part.evaluator), say["capped"] if part.capped else ""
        yield f"  {say[part.role]:<5} {verb:<9} {_chance(part, language):>8}{capped}  {words_['sentence']}"
        yield from (f"        {each}" for each in words_["beside"])


def _other_sources(package: Told, finding: Finding, language: str) -> Iterator[str]:
    """One line for each source: its figure, how much it tells of, and how that differs."""
    say: dict[str, str] = words(language, "told")
    colon, semicolon = words(language, "colon"), words(language, "semicolon")
    for each in finding.other_sources:
        told_ = in_words(each, finding.benchmark, package.framework, language)
        yield say["others"].format(told_.heading)
        for source in told_.sources:
            figure = say["from_to"].format(source.before, source.figure) if told_.compared else source.figure
            extent = f" ({source.extent})" if source.extent else ""
            yield f"    {isolated(source.name, language)}{colon}{figure}{extent}{semicolon}{source.words}"


def _chance(part: Part, language: str) -> str:
    """How likely a part is to hold, or why that is not known; of a sign that showed, whether a person confirmed it."""
    say: dict[str, str] = words(language, "told")
    if part.role == "sign":
        return say["unconfirmed" if part.probability is None else "confirmed"]
    chance = say["unknown"] if part.probability is None else percent_text(part.probability, language)
    return f"{chance} ({reason_word(part.reason, language)})" if part.reason else chance


def _path(step: Tree, language: str, depth: int) -> Iterator[str]:
    """One line for each node: how likely it is, what else holds it back, and what it asks for."""
    say: dict[str, str] = words(language, "told")
    chance = say["unknown"] if step["probability"] is None else percent_text(step["probability"], language)
    marks = [say["veto"]] if step["role"] == "veto" else []
    marks += [say[name].lstrip(" ,،") for name in ("capped", "waits", "sets") if step[name]]
    told_ = f" [{words(language, 'list_comma').join(marks)}]" if marks else ""
    yield f"{'  ' * depth}{chance}{told_}  {step['what']}"
    for each in step["steps"]:
        yield from _path(each, language, depth + 1)


def _what_if(told_: Tree, say: dict[str, str]) -> Iterator[str]:
    if told_["weakest"]:
        yield say["weakest"].format(told_["weakest"])
    for change in told_["would_change"]:
        yield say["change"].format(change)
    for flip in told_["flips"]:
        yield say["flips"].format(flip)


def _around(told_: Tree, language: str, say: dict[str, str]) -> Iterator[str]:
    for each in told_["beside"]:
        status = f" ({status_word(each['status'], language)})" if each["status"] else ""
        what = f"{each['id']} {each['title']}" if each["title"] else named(language, "subjects", each["id"])
        yield say["beside"].format(what + status)
    yield say["misleads"].format(" ".join(told_["misleads"].split()))
