"""A mission of a few people in several components, with records of every type and confidentiality among them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest

WORD = "zanzibar"  # stands in a hidden field of every record that is looked for
DAY = date(2026, 6, 3)  # a Wednesday
VALUES: dict[str, dict[str, Any]] = {
    "actor": {
        "name": "Union of the north", "other_names": "", "category": "unions", "counterpart": "", "permission": "allowed",
        "about": WORD,
    },
    "contact": {
        "day": DAY, "area": "OST", "counterpart": "unions", "actor": None, "way": "meeting", "asked_by_counterpart": False,
        "sitting": "", "subject": f"about {WORD}", "present": "", "note": "", "promised": "",
    },
    "field-report": {
        "day": DAY, "area": "OST", "category": "protest", "actor": "unknown", "target": "", "summary": f"near {WORD}",
        "killed": None, "civilians_killed": None, "injured": None, "abducted": None, "account": "", "source_type": "own",
        "origin": "", "source_protected": False, "use_forbidden": False, "reliability": "B", "credibility": "2", "asked": "",
    },
}  # fmt: skip


@dataclass
class House:
    """People by name, each in one component, and ways to write records without the forms."""

    types: Any
    people: dict[str, Any] = field(default_factory=dict)

    def person(self, name: str, *components: str, heads: bool = False) -> Any:
        from primacy.access.models import User
        from primacy.access.posts import Post

        if name not in self.people:
            self.people[name] = User.objects.create(username=name, role="reader")
            for component in components:
                Post.objects.create(person=self.people[name], component=component, heads=heads, since=date(2020, 1, 1))
        return self.people[name]

    def write(self, by: Any, key: str, *, state: str = "published", **values: Any) -> Any:
        """One that is published from its first version on; `state`: as far as it is on its way."""
        from primacy.records import services

        given = {**VALUES[key], "confidentiality": 1, "group": None, **values}
        return services.create(
            by=by, type_=self.types[key], values=given | {"state": state, "released": state == "published"}
        )

    def publish(self, record: Any, key: str) -> Any:
        """What was changed is checked and published by two who may, whatever it is."""
        from primacy.records import services

        for name, who in (("check", "checks-all"), ("publish", "heads-all")):
            by = self.person(who, "political-affairs", "jmac", "head-of-mission", record.component, heads=True)
            record = services.review(by=by, type_=self.types[key], id=record.pk, version=record.version, name=name)
        return record

    def group(self, name: str, *members: Any) -> Any:
        from primacy.access.posts import Member, NeedToKnow

        group = NeedToKnow.objects.create(name=name)
        for member in members:
            Member.objects.create(group=group, person=member, since=date.today() - timedelta(days=1))  # noqa: DTZ011
        return group


@pytest.fixture
def house(db: Any, instance_folder: Any) -> House:
    from primacy.records.queries import record_types

    return House(record_types())


@pytest.fixture
def as_(client: Any) -> Callable[[Any], Any]:
    """The browser of a person."""

    def sign_in(person: Any) -> Any:
        client.force_login(person)
        return client

    return sign_in
