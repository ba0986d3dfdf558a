"""Which letters the bytes of a text file stand for: UTF-8, UTF-16 or UTF-32, else Windows-1252 or Windows-1256.

A mark at the start decides; without one it is UTF-8. A file that is plain ASCII up to a byte that UTF-8 does not have
is taken for what spreadsheets write in French and English (1252) or in Arabic (1256), by how its words look. Words that
look like neither, or UTF-8 around that byte, leave the file unread: letters are never guessed against the evidence.
"""

import codecs
import re
from collections import Counter
from itertools import islice

import numpy as np
import pyarrow as pa

from primacy.framework.saying import Said, said

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
NAMES = {"cp1252": said("places/encoding.western"), "cp1256": said("places/encoding.arabic")}
WORD = re.compile(rb"[A-Za-z]{0,64}[\x80-\xff][A-Za-z\x80-\xff]{0,64}")  # bounded: text without end is no word
LATIN = re.compile(rb"[A-Za-z]")
IN_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
BETWEEN_LETTERS = "’‘–—-"
MOST_WORDS = 5000


def marked(start: bytes) -> tuple[str, int]:
    """The encoding that the first bytes show, and the length of their mark; ("", 0) where they show none."""
    for mark, encoding in MARKS:
        if start.startswith(mark):
            return encoding, len(mark)
    first = start[:200]  # the names of columns are plain letters, of which every second byte is zero
    if first[1:4:2] == b"\0\0" and not first[::2].count(0):
        return "utf-16-le", 0
    if first[0:4:2] == b"\0\0" and not first[1::2].count(0):
        return "utf-16-be", 0
    return "", 0


class Decoder:
    """Bytes to letters, piece by piece. `encoding` is what it takes them for at the moment."""

    def __init__(self, start: bytes) -> None:
        self.encoding, self.mark = marked(start)
        self.encoding = self.encoding or "utf-8"
        self._decoder = codecs.getincrementaldecoder(self.encoding)()
        self._plain = self.encoding == "utf-8" and not self.mark  # no letter beyond ASCII so far
        self._waiting = b""  # the first bytes of a letter whose others follow

    @property
    def guessed(self) -> Said | None:
        """The name of an encoding that was found by the look of words; None where nothing was guessed."""
        return NAMES.get(self.encoding)

    def decode(self, raw: bytes, *, final: bool) -> str:
        """Raises UnicodeDecodeError where the bytes are text in none of the encodings."""
        try:
            text = self._decoder.decode(raw, final)
        except UnicodeDecodeError as error:
            found = self._older(error)
            if not found:
                raise
            self.encoding, self._plain = found, False
            self._decoder = codecs.getincrementaldecoder(found)()
            return self.decode(error.object, final=final)
        self._plain = self._plain and text.isascii()
        return text

    def utf8(self, raw: bytes, *, final: bool) -> bytes:
        """The same as UTF-8. Bytes that are UTF-8 already are checked and handed on as they are."""
        whole, self._waiting = self._waiting + raw, b""
        if self.encoding == "utf-8":
            cut = 0 if final else _unfinished(whole)
            body = whole[: len(whole) - cut] if cut else whole
            if _is_utf8(body):
                self._waiting = whole[len(body) :]
                self._plain = self._plain and body.isascii()
                return body
        return self.decode(whole, final=final).encode("utf-8", "replace")

    def _older(self, error: UnicodeDecodeError) -> str:
        """The encoding of a file without Unicode, of which all before the error was plain."""
        cut_off = error.reason == "unexpected end of data"
        if not self._plain or cut_off or not error.object[: error.start].isascii():
            return ""
        return before_unicode(error.object[error.start - len(_word_before(error)) :])


def _unfinished(content: bytes) -> int:
    """How many bytes at the end begin a letter of UTF-8 that they do not complete."""
    for back in range(1, min(4, len(content) + 1)):
        byte = content[-back]
        if byte >= 0xC0:
            return back if back < (2 if byte < 0xE0 else 3 if byte < 0xF0 else 4) else 0
        if byte < 0x80:
            return 0
    return 0


def _is_utf8(content: bytes) -> bool:
    if content.isascii():
        return True
    ends = pa.py_buffer(np.array([0, len(content)], dtype=np.int32))
    try:
        pa.Array.from_buffers(pa.binary(), 1, [None, ends, pa.py_buffer(content)]).cast(pa.string())
    except pa.ArrowInvalid:
        return False
    return True


def _word_before(error: UnicodeDecodeError) -> bytes:
    """The letters of a word whose first letter beyond ASCII is the one at the error."""
    found = re.search(rb"[A-Za-z]*$", error.object[max(0, error.start - 64) : error.start])
    return found[0] if found else b""


def before_unicode(sample: bytes) -> str:
    """cp1252 or cp1256, by the look of the words in a sample; empty if it is neither."""
    high = sum(map(len, re.findall(rb"[\x80-\xff]+", sample)))
    if 2 * sum(map(len, IN_UTF8.findall(sample))) > high:
        return ""
    words = [found[0] for found in islice(WORD.finditer(sample), MOST_WORDS)]
    votes = Counter(_looks(word) for word in words)
    western, arabic, other = votes["cp1252"], votes["cp1256"], votes["other"]
    if other and other >= max(western, arabic):
        return ""
    if arabic and all(_same_in_both(word) for word in words if LATIN.search(word)):
        return "cp1256"
    return "cp1256" if arabic > western else "cp1252"


def _looks(word: bytes) -> str:
    """What a word speaks for: cp1252, cp1256, "other", or nothing."""
    if LATIN.search(word):
        try:
            inner = word.decode("cp1252").strip("’‘“”«»„…–—·•°€ \xa0")
        except UnicodeDecodeError:
            return "other"
        return "cp1252" if all(letter.isalpha() or letter in BETWEEN_LETTERS for letter in inner) else "other"
    letters = [letter for letter in word.decode("cp1256") if letter.isalpha()]
    arabic = sum("\u0600" <= letter <= "\u06ff" for letter in letters)
    if len(letters) < 2 or not arabic:
        return ""
    return "cp1256" if arabic == len(letters) else "other"


def _same_in_both(word: bytes) -> bool:
    return word.decode("cp1252", "replace") == word.decode("cp1256")


def as_utf8(start: bytes) -> bytes:
    """The first bytes of a file as UTF-8 with \\n at the end of lines; unchanged where they are no text."""
    decoder = Decoder(start)
    try:
        text = decoder.decode(start[decoder.mark :], final=False)
    except UnicodeDecodeError:
        return start
    return start if "\0" in text else text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace")
