"""What stands beside a record, in words."""

from typing import Any

from django import template
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

register = template.Library()

KINDS = {
    "pdf": gettext_lazy("PDF"), "word": gettext_lazy("Word"), "excel": gettext_lazy("Excel"),
    "jpeg": gettext_lazy("JPEG picture"), "png": gettext_lazy("PNG picture"), "webp": gettext_lazy("WebP picture"),
    "csv": gettext_lazy("CSV table"), "text": gettext_lazy("text"),
}  # fmt: skip
TAKEN = {
    "place": gettext_lazy("the place where it was made"), "device": gettext_lazy("the device"),
    "writer": gettext_lazy("the writer"), "words": gettext_lazy("remarks"), "preview": gettext_lazy("a preview"),
    "behind": gettext_lazy("what hung behind the picture"), "other": gettext_lazy("other notes of the program"),
}  # fmt: skip
HAPPENED = (
    gettext_noop("related"), gettext_noop("tagged"), gettext_noop("reached the evidence"),
    gettext_noop("waits for the evidence"), gettext_noop("redacted a field"),
)  # fmt: skip
"""Of the timeline, besides the deeds of the trail."""


@register.filter
def kind_of_file(key: str) -> Any:
    return KINDS[key]


@register.filter
def size_of_file(size: int) -> str:
    return filesizeformat(size)


@register.filter
def taken_out(taken: list[str]) -> str:
    """What was taken out of a file; notes of a program are worth no word where anything else was."""
    told = [each for each in taken if each != "other"] or taken
    return _(", ").join(str(TAKEN[each]) for each in told)


@register.filter
def happening_word(what: str) -> str:
    """A happening as it is said."""
    return _(what)


@register.filter
def reference_parts(link: str) -> list[str]:
    """Type and id of a record that a happening leads to."""
    return link.split("/", 1)
