"""Reads: what is said, asked for, told and due, each for one person and by what that person may see today."""

from collections.abc import Collection

from primacy.work.models import Comment


def unnamed_beside(reference: str) -> Collection[str]:
    """The names of people who said something about a thing and hid that it was them."""
    return set(Comment.objects.filter(about=reference, hidden=True).values_list("by__username", flat=True))
