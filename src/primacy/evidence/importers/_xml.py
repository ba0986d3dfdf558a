"""Elements of a large XML file one after the other, without trusting it: no document types, no entities, bounds on all.

A document type is where entities, outside files and their expansions are declared; data have none, so it is refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from primacy.evidence.errors import BadInput, shortened
from primacy.framework.saying import said
from primacy.places.files.files import Source

PIECE = 256 * 1024
DEEPEST = 32
MOST_PARTS = 200_000  # of one element
MOST_TEXT = 8 * 2**20  # of one element
DOWNLOAD = said("places/do.again")


@dataclass
class Element:
    """One element with all that is inside it, and the line on which it begins."""

    tag: str
    attributes: dict[str, str]
    line: int
    text: str = ""
    parts: list["Element"] = field(default_factory=list)

    def all(self, tag: str) -> list["Element"]:
        return [each for each in self.parts if each.tag == tag]

    def first(self, tag: str) -> "Element | None":
        return next((each for each in self.parts if each.tag == tag), None)

    def get(self, name: str) -> str:
        """An attribute without surrounding space, empty where it is absent."""
        return self.attributes.get(name, "").strip()

    def told(self, tag: str, attribute: str = "") -> str:
        """The text of the first part of a name, or one of its attributes; empty where it is absent."""
        found = self.first(tag)
        if found is None:
            return ""
        return found.get(attribute) if attribute else found.text.strip()

    def whole(self) -> object:
        """All of it as plain data, to be compared."""
        return self.tag, sorted(self.attributes.items()), self.text.strip(), [each.whole() for each in self.parts]


class Elements:
    """The elements called `tag` of a source. `root` has the attributes of the outermost one."""

    def __init__(self, source: Source, tag: str) -> None:
        self.label, self.tag = source.label, tag
        self.stream = source.open()
        self.root: dict[str, str] = {}
        self._open: list[Element] = []
        self._ready: list[Element] = []
        self._depth = self._parts = self._text = 0
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.EntityDeclHandler = self._refuse
        self._parser.ExternalEntityRefHandler = self._refuse
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._add_text

    def outermost(self) -> dict[str, str]:
        """The attributes of the outermost element, for which no more is read than its beginning; then it is closed."""
        try:
            while not self.root and (piece := self.stream.read(PIECE)):
                self._feed(piece, final=False)
        finally:
            self.stream.close()
        return self.root

    def __iter__(self) -> Iterator[Element]:
        try:
            while piece := self.stream.read(PIECE):
                self._feed(piece, final=False)
                yield from self._taken()
            self._feed(b"", final=True)
            yield from self._taken()
        finally:
            self.stream.close()

    def _feed(self, piece: bytes, *, final: bool) -> None:
        try:
            self._parser.Parse(piece, final)
        except expat.ExpatError as error:
            why = shortened(expat.errors.messages.get(error.code, str(error)))
            raise BadInput(
                said("evidence/xml.broken", error=why),
                said("places/at.line", file=self.label, line=error.lineno),
                DOWNLOAD,
            ) from error
        except (ValueError, LookupError) as error:  # an encoding that is not known
            raise BadInput(
                said("evidence/xml.unreadable", error=shortened(error)), self.label, said("places/do.save-utf8")
            ) from error

    def _taken(self) -> Iterator[Element]:
        ready, self._ready = self._ready, []
        yield from ready

    def _where(self) -> str:
        return f"{self.label}, line {self._parser.CurrentLineNumber}"

    def _refuse(self, *_: object) -> int:
        raise BadInput(
            said("evidence/xml.declares"), self._where(),
            said("places/do.not-this-file"),
        )  # fmt: skip

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise BadInput(said("evidence/xml.deep", most=DEEPEST), self._where(), said("places/do.check-which"))
        if self._depth == 1:
            self.root = {"": tag} | attributes
        if self._open or tag == self.tag:
            self._parts = self._parts + 1 if self._open else 0
            self._text = self._text if self._open else 0
            if self._parts > MOST_PARTS:
                raise BadInput(
                    said("evidence/xml.many-parts", tag=self.tag, most=MOST_PARTS),
                    self._where(),
                    said("places/do.check-file"),
                )
            element = Element(tag, attributes, self._parser.CurrentLineNumber)
            if self._open:
                self._open[-1].parts.append(element)
            self._open.append(element)

    def _end(self, tag: str) -> None:
        self._depth -= 1
        if self._open:
            element = self._open.pop()
            if not self._open:
                self._ready.append(element)

    def _add_text(self, text: str) -> None:
        if self._open:
            self._text += len(text)
            if self._text > MOST_TEXT:
                raise BadInput(
                    said("evidence/xml.large-part", tag=self.tag, most=MOST_TEXT // 2**20),
                    self._where(),
                    said("places/do.check-file"),
                )
            self._open[-1].text += text
