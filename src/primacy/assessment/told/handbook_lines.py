"""The handbook as lines of text, for a terminal and for documents: its contents, one page, or all of it."""

from collections.abc import Iterator

from primacy.assessment.told import glossary
from primacy.assessment.told.handbook import Page, Section, Writer, chapters, components, parts_of, published
from primacy.framework import Framework
from primacy.framework.languages import words
from primacy.framework.translations import unreviewed


def reviewing(framework: Framework, language: str, id: str | None = None) -> Iterator[str]:
    """A line that says so where nobody has confirmed a translation that is shown."""
    if unreviewed(framework, language, id):
        yield f"({words(language, 'handbook')['unreviewed']})"


def contents(framework: Framework, language: str) -> Iterator[str]:
    """Outputs with all that belongs to them, one line each."""
    writer = Writer(framework, language)
    yield from reviewing(framework, language)
    for output in framework.outputs:
        yield f"{output.id}  {writer.text(output.id, 'title')}"
        for heading, entries in parts_of(framework):
            yield f" {writer.word(heading)}"
            for each in (each for each in entries if each.output == output.id):
                changed = "  *" if each.id in framework.changed else ""
                yield f"  {each.id:<6} {writer.text(each.id, 'title')}{changed}"
        aside = [each for each in framework.retired.values() if each.output == output.id]
        if aside:
            yield f" {writer.word('retired')}"
        yield from (f"  {each.id:<6} {writer.text(each.id, 'title')}" for each in aside)
    yield writer.word("components")
    for id in framework.components:
        yield f"  {id}  {writer.text(id, 'title')}"


def document(framework: Framework, language: str) -> Iterator[str]:
    """The whole handbook, a blank line between entries."""
    yield from reviewing(framework, language)
    for chapter in chapters(framework, language):
        yield from (*lines(chapter.output, language), "")
        for heading, pages in chapter.parts:
            yield from (heading.upper(), "")
            for each in pages:
                yield from (*lines(each, language), "")
    yield from (words(language, "handbook")["components"].upper(), "")
    for each in components(framework, language):
        yield from (*lines(each, language), "")
    yield from (*section_lines(published(framework, language), language), "")
    yield from (words(language, "handbook")["glossary"].upper(), *glossary.lines(framework, language))


def lines(page: Page, language: str) -> Iterator[str]:
    """A page as plain text."""
    yield f"{page.id}  {page.title}"
    yield from page.opening
    for section in page.sections:
        yield from section_lines(section, language)


def section_lines(section: Section, language: str) -> Iterator[str]:
    if len(section.lines) == 1 and not section.numbered:
        yield f"{section.heading}{words(language, 'colon')}{section.lines[0]}"
        return
    yield section.heading
    if section.outline:
        yield from (f"  {line}" for line in section.lines)
        return
    for number, line in enumerate(section.lines, 1):
        yield f"  {f'{number}.' if section.numbered else '-'} {line}"
