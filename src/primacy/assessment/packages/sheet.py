"""The page for people inside a package: every finding in words, to read offline and to print, in each language.

One file without scripts or pictures that opens in any browser and loads nothing. A link at the top changes the
language; the printer prints the one that is shown. In a package made for sharing it carries words, no probabilities.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import escape

from primacy.assessment.assessing import Assessment
from primacy.assessment.finding import Finding, Phrase
from primacy.assessment.inputs import FULL
from primacy.assessment.packages.signing import fingerprint
from primacy.assessment.told.sentences import (
    date_text,
    flag_word,
    likelihood,
    percent_text,
    reason_word,
    say,
    say_all,
    status_word,
)
from primacy.assessment.views import View, standing
from primacy.framework import Framework, Mission
from primacy.framework.grammar import STATUSES
from primacy.framework.languages import codes, words
from primacy.places.areas import Areas

MARKS = {
    "met": "●", "progressing": "◐", "no clear change": "≈", "not met": "□", "reversed": "▼",
    "insufficient evidence": "?", "not yet applicable": "–", "not applicable": "·",
}  # fmt: skip
"""One letter for each status; its word stands beside it always."""
UNSAID = ("not applicable", "not yet applicable")  # of these the sentence says all
STYLE = """
:root { color: #17202a; background: #fbfbf9; font: 16px/1.5 system-ui, "Noto Sans", "Noto Sans Arabic", sans-serif }
body { max-width: 46em; margin: 0 auto; padding: 1rem }
nav a { margin-inline-end: 1em }
section.language:target, section.language:first-of-type { display: block }
body:has(section.language:target) section.language:not(:target) { display: none }
section.language { display: none }
[dir=rtl] { line-height: 1.7 }
h1 { font-size: 2rem; line-height: 1.2; margin: 1rem 0 .5rem }
h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; border-block-end: 1px solid #dfe4ea }
h3 { font-size: 1rem; margin: 0 }
article { padding-block: .8rem; border-block-end: 1px solid #dfe4ea; break-inside: avoid }
p, ul { margin: .3rem 0 }
ul { padding-inline-start: 1.2em }
.status { font-weight: 600; color: #0b5c8a }
.soft { color: #566273; font-size: .875rem }
.view { border-inline-start: 3px solid #0b5c8a; padding-inline-start: .6em }
table { border-collapse: collapse }
td, th { padding: .15rem .6rem .15rem 0; text-align: start; font-weight: normal }
[dir=rtl] td, [dir=rtl] th { padding: .15rem 0 .15rem .6rem }
code { overflow-wrap: anywhere }
@media print {
  :root { font-size: 10pt; background: none }
  body { max-width: none; padding: 0 }
  nav { display: none }
  h2 { break-after: avoid }
}
"""
SAFE = "default-src 'none'; style-src 'unsafe-inline'"


@dataclass(frozen=True)
class Sheet:
    """What the page tells. `hash` is that of package.json, which holds the hashes of all that was computed."""

    framework: Framework
    mission: Mission
    areas: Areas
    assessment: Assessment
    level: int
    hash: str
    key: str | None = None
    views: Sequence[View] = field(default=())
    unconfirmed: Sequence[str] = ()
    """Languages in which something may be shown that nobody has read and confirmed."""

    def html(self) -> str:
        told = [Told(self, code) for code in self._languages()]
        links = "".join(f'<a href="#{t.code}" lang="{t.code}">{t.word("language", "name")}</a>' for t in told)
        body = "".join(t.section() for t in told)
        return (
            f'<!doctype html>\n<html lang="{told[0].code}"><head><meta charset="utf-8">'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">'
            f'<meta http-equiv="Content-Security-Policy" content="{SAFE}">'
            f"<title>{escape(told[0].title())}</title><style>{STYLE}</style></head>\n"
            f"<body><nav>{links if len(told) > 1 else ''}</nav>\n{body}</body></html>\n"
        )

    def _languages(self) -> list[str]:
        """Those of the mission in its order, as far as there are texts; English where there are none."""
        known = codes()
        return [code for code in dict.fromkeys(self.mission.languages) if code in known] or known[:1]


@dataclass(frozen=True)
class Told:
    """The sheet in one language."""

    sheet: Sheet
    code: str

    @cached_property
    def _places(self) -> dict[str, str]:
        return self.sheet.areas.names(self.code)

    def word(self, table: str, name: str) -> str:
        return escape(str(words(self.code, table)[name]))

    def say(self, phrase: Phrase) -> str:
        return escape(say(phrase, self.code, framework=self.sheet.framework, places=self._places))

    def say_all(self, phrases: Sequence[Phrase]) -> str:
        return escape(say_all(phrases, self.code, framework=self.sheet.framework, places=self._places))

    def text(self, id: str, name: str) -> str:
        return escape(self.sheet.framework.text(id, name, self.code)[0])

    def day(self, iso: str) -> str:
        return escape(date_text(iso, self.code))

    def title(self) -> str:
        return f"{self.word('sheet', 'title')} · {escape(self.sheet.mission.name or self.sheet.mission.country)}"

    def section(self) -> str:
        direction = self.word("language", "direction")
        return (
            f'<section class="language" id="{self.code}" lang="{self.code}" dir="{direction}">\n'
            + "\n".join([*self._head(), *self._findings(), *self._check()])
            + "\n</section>\n"
        )

    def _head(self) -> Iterator[str]:
        assessment = self.sheet.assessment
        kind = "full" if self.sheet.level >= FULL else "shared"
        yield f'<p class="soft"><strong>{self.word("sheet", kind)}</strong> · {self.word("sheet", "archives")}</p>'
        name = escape(self.sheet.mission.name or self.sheet.mission.country)
        yield f"<h1>{self.word('sheet', 'title')}<br><bdi>{name}</bdi></h1>"
        dates = self.word("sheet", "dates").format(
            self.day(assessment.as_of.isoformat()), self.day(assessment.known.date().isoformat())
        )
        yield f"<p>{dates}</p>"
        if self.code in self.sheet.unconfirmed:
            yield f'<p class="soft">({self.word("handbook", "unreviewed")})</p>'
        counts = {status: sum(each.status == status for each in assessment.findings) for status in STATUSES}
        yield "<table>" + "".join(
            f'<tr><td class="status">{MARKS[status]}</td><td>{escape(status_word(status, self.code))}</td>'
            f"<td>{count}</td></tr>"
            for status, count in counts.items() if count
        ) + "</table>"  # fmt: skip

    def _findings(self) -> Iterator[str]:
        by_id = {each.benchmark: each for each in self.sheet.assessment.findings}
        for output in self.sheet.framework.outputs:
            yield f"<h2>{self.text(output.id, 'title')}</h2>"
            for id, benchmark in self.sheet.framework.benchmarks.items():
                if benchmark.output == output.id and id in by_id:
                    yield self._finding(by_id[id])

    def _finding(self, finding: Finding) -> str:
        status = escape(status_word(finding.status, self.code))
        reason = f": {escape(reason_word(finding.reason, self.code))}" if finding.reason else ""
        lines = [
            f"<h3><bdi>{escape(finding.benchmark)}</bdi> {self.text(finding.benchmark, 'title')}</h3>",
            f'<p class="status">{MARKS[finding.status]} {status}{reason}{self._chance(finding)}</p>',
            f"<p>{self.say_all(finding.sentence)}</p>",
            *self._views(finding),
        ]
        if finding.status not in UNSAID:
            lines += self._reasons(finding)
        return f"<article>{''.join(lines)}</article>"

    def _chance(self, finding: Finding) -> str:
        """Words, and the number only inside the mission."""
        p = finding.probability
        if p is None:
            return ""
        number = f" ({escape(percent_text(p, self.code))})" if self.sheet.level >= FULL else ""
        return f" · {escape(likelihood(p, self.code))}{number}"

    def _reasons(self, finding: Finding) -> Iterator[str]:
        if len(finding.parts) > 1 or any(part.beside for part in finding.parts):
            told = (_lines(map(self.say, (part.sentence, *part.beside))) for part in finding.parts)
            yield "<ul>" + "".join(f"<li>{each}</li>" for each in told) + "</ul>"
        if finding.weakest is not None:
            yield f"<p>{self._line('weakest', self.say(finding.weakest))}</p>"
        for change in finding.would_change:
            yield f"<p>{self._line('change', self.say(change))}</p>"
        flags = escape(str(words(self.code, "list_comma"))).join(escape(flag_word(f, self.code)) for f in finding.flags)
        restricted = self.word("told", "restricted") if finding.restricted else ""
        small = [
            self._line("rule", self.say(finding.rule)),
            self._line("flags", flags) if flags else "",
            self._line("evidence", str(finding.data_points)) + restricted,
        ]
        yield f'<p class="soft">{_lines(filter(None, small))}</p>'

    def _line(self, name: str, content: str) -> str:
        return self.word("told", name).format(content)

    def _views(self, finding: Finding) -> Iterator[str]:
        of_it = (each for each in self.sheet.views if each.benchmark == finding.benchmark)
        for view in standing(of_it):
            name = "passed" if view.passed else "agrees" if view.agrees else "differs"
            status = "" if view.passed else escape(status_word(view.status, self.code))
            said = self.word("sheet", name).format(status)
            who = f"<bdi>{escape(view.by)}</bdi>, {self.day(view.at.date().isoformat())}"
            yield f'<p class="view">{said} <bdi>{escape(view.reason)}</bdi> <span class="soft">{who}</span></p>'

    def _check(self) -> Iterator[str]:
        assessment, key = self.sheet.assessment, self.sheet.key
        yield f"<h2>{self.word('sheet', 'check')}</h2><p>{self.word('sheet', 'how')}</p>"
        signed = self.word("sheet", "signed").format(_code(fingerprint(key))) if key else self.word("sheet", "unsigned")
        yield f"<p>{signed}</p>"
        hashes: Mapping[str, str] = {
            "assessment": assessment.id, "framework": assessment.framework, "evidence": assessment.evidence,
            "package.json": self.sheet.hash,
        }  # fmt: skip
        yield f'<p class="soft" dir="ltr">{_lines(f"{name} {_code(hash)}" for name, hash in hashes.items())}</p>'


def _code(text: str) -> str:
    return f'<code dir="ltr">{escape(text)}</code>'


def _lines(texts: Iterable[str]) -> str:
    return "<br>".join(texts)
