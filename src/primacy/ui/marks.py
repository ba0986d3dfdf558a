"""The eight status marks: different in shape first and in colour second, drawn on a square of 16."""

from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

SHAPES: dict[str, str] = {
    "met": '<circle class="fill" cx="8" cy="8" r="7"/><path class="cut" d="M4.7 8.2 7 10.5l4.4-4.9"/>',
    "progressing": '<circle class="stroke" cx="8" cy="8" r="6.2"/>'
    '<path class="fill" d="M8 1.8a6.2 6.2 0 0 1 0 12.4z"/>',
    "no clear change": '<circle class="stroke" cx="8" cy="8" r="6.2"/>'
    '<path class="stroke" d="M4.3 8.6c1.2-1.9 2.5-1.9 3.7-.4s2.5 1.5 3.7-.4"/>',
    "not met": '<rect class="stroke" x="2.2" y="2.2" width="11.6" height="11.6" rx="1.6"/>',
    "reversed": '<path class="fill" '
    'd="M1.6 2.2h12.8a.7.7 0 0 1 .6 1.1L8.6 14a.7.7 0 0 1-1.2 0L1 3.3a.7.7 0 0 1 .6-1.1z"/>',
    "insufficient evidence": '<circle class="stroke dashed" cx="8" cy="8" r="6.4"/>'
    '<path class="stroke thin" d="M6.3 6.6c0-2.3 3.5-2.3 3.5 0 0 1.3-1.7 1.4-1.7 2.6"/>'
    '<circle class="fill" cx="8.1" cy="11.3" r=".9"/>',
    "not yet applicable": '<path class="stroke" d="M4 8h8"/>',
    "not applicable": '<circle class="fill" cx="8" cy="8" r="1.5"/>',
    "view due": '<circle class="stroke" cx="8" cy="8" r="6.2"/>',
}
STATUSES = tuple(status for status in SHAPES if status != "view due")
_WORDS = (
    gettext_noop("met"), gettext_noop("progressing"), gettext_noop("no clear change"), gettext_noop("not met"),
    gettext_noop("reversed"), gettext_noop("insufficient evidence"), gettext_noop("not yet applicable"),
    gettext_noop("not applicable"), gettext_noop("view due"),
)  # fmt: skip
CHANGED = '<circle class="changed" cx="14" cy="2.4" r="2.6"/>'
DIFFERS = '<rect class="stroke outline" x="-2.2" y="-2.2" width="20.4" height="20.4" rx="4.5"/>'


def word(status: str) -> str:
    """The status in the reader's language."""
    return _(status)


def style_class(status: str) -> str:
    return "status-" + status.replace(" ", "-")


def drawing(
    status: str, *, size: str = "", changed: bool = False, differs: bool = False, label: str | None = None
) -> str:
    """The SVG of one mark. `label` "" where the word stands beside it; None says the status.

    Raises   KeyError for a status that does not exist.
    """
    inside = SHAPES[status] + (CHANGED if changed else "") + (DIFFERS if differs else "")
    text = word(status) if label is None else label
    if changed and text:
        text = _("%(status)s, changed") % {"status": text}
    if differs and text:
        text = _("%(status)s, the leadership differs") % {"status": text}
    alternative = f'role="img" aria-label="{escape(text)}"' if text else 'aria-hidden="true"'
    names = " ".join(filter(None, ("mark", size, style_class(status))))
    return f'<svg class="{names}" viewBox="0 0 16 16" {alternative}>{inside}</svg>'
