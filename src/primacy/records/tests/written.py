"""What tests of records begin with: a contact as a form would give it, and people in their posts."""

from datetime import date

from primacy.access.models import User
from primacy.access.posts import Post

DAY = date(2026, 6, 3)
FACTS = {
    "day": DAY, "area": "OST", "counterpart": "unions", "actor": None, "way": "meeting", "asked_by_counterpart": False,
    "sitting": "", "subject": "first", "present": "", "note": "", "promised": "", "confidentiality": 1, "group": None,
}  # fmt: skip
PUBLISHED = {**FACTS, "state": "published", "released": True}
"""As if two others had seen it."""


def in_post(name: str, *components: str, heads: bool = False) -> User:
    person = User.objects.create(username=name)
    for each in components:
        Post.objects.create(person=person, component=each, heads=heads, since=date(2020, 1, 1))
    return person
