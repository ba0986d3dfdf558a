"""A mission of many contacts, written past the forms: places, people in posts, records with versions, the index."""

import random
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

ON_THEIR_WAY = 50  # one of so many is not published yet
AT_ONCE = 5000
FIRST, DAYS = date(2022, 1, 3), 1600
WORDS = (
    "market", "road", "river", "bridge", "water", "school", "clinic", "dialogue", "ceasefire", "patrol", "council",
    "elders", "women", "youth", "union", "return", "harvest", "cattle", "rains", "checkpoint", "escort", "convoy",
    "radio", "meeting", "mediation", "complaint", "election", "roll", "station", "list", "law", "budget", "salary",
    "land", "border", "mine", "gold", "timber", "village", "town", "district", "governor", "mayor", "judge", "prison",
    "police", "army",
)  # fmt: skip
SYLLABLES = ("ba", "ngu", "bri", "za", "mo", "ri", "da", "ko", "lu", "se", "ti", "wa", "be", "ra", "fo", "ka", "ndo")
COMPONENTS = ("political-affairs", "civil-affairs", "community-liaison", "human-rights")
READERS = {"sees all": "head-of-mission", "sees some": "civil-affairs", "sees little": "community-liaison"}


def places(folder: Any) -> list[str]:
    """A hundred districts in ten provinces."""
    from shapely.geometry import box

    from primacy.places.areas import Area
    from primacy.places.folder import keep_boundaries

    provinces = [Area(f"XX{n:02d}", 1, "XX", {"en": name(n)}, geometry=box(n, 0, n + 1, 10)) for n in range(10)]
    districts = [
        Area(f"XX{n:02d}{m:02d}", 2, f"XX{n:02d}", {"en": name(100 + 10 * n + m)}, geometry=box(n, m, n + 1, m + 1))
        for n in range(10)
        for m in range(10)
    ]
    keep_boundaries(folder, level=1, areas=provinces, above=[Area("XX", 0, "", {"en": "Ostara"})])
    keep_boundaries(folder, level=2, areas=districts, above=[])
    return [each.code for each in districts]


def name(number: int) -> str:
    """An invented name, always the same; there are a hundred thousand of them."""
    chance = random.Random(number)
    return "".join(chance.choice(SYLLABLES) for _ in range(4)).capitalize()


def people() -> dict[str, Any]:
    """A reader of each kind, and an author in each component that writes."""
    from primacy.access.models import User
    from primacy.access.posts import Post

    found = {}
    for who, component in {**READERS, **{each: each for each in COMPONENTS}}.items():
        found[who] = User.objects.create(
            username=who, role="administrator", is_staff=True, is_superuser=True, language="en"
        )  # fmt: skip
        Post.objects.create(person=found[who], component=component, since=date(2020, 1, 1))
    return found


def hands() -> dict[str, dict[str, Any]]:
    """By component, who takes a record each step to being published: a colleague of the author, and who heads it."""
    from primacy.access.models import User
    from primacy.access.posts import Post

    found: dict[str, dict[str, Any]] = {component: {} for component in COMPONENTS}
    for component, step in ((each, step) for each in COMPONENTS for step in ("check", "publish")):
        person = User.objects.create(username=f"{step} {component}", language="en")
        Post.objects.create(person=person, component=component, since=date(2020, 1, 1), heads=step == "publish")
        found[component][step] = person
    return found


def contacts(count: int, areas: list[str], authors: list[Any]) -> Iterator[Any]:
    from primacy.actors.models import Contact
    from primacy.records.telling import monday

    chance = random.Random(1)
    for n in range(count):
        day, area, author = FIRST + timedelta(chance.randrange(DAYS)), chance.choice(areas), chance.choice(authors)
        said = chance.choices(WORDS, k=14)
        at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        yield Contact(
            id=uuid.UUID(int=chance.getrandbits(128)), component=author.username, author=author,
            one_hand=True, state="written" if n % ON_THEIR_WAY == 0 else "published", released=n % ON_THEIR_WAY != 0,
            created=at, changed=at, confidentiality=chance.choices((0, 1, 2, 3), (20, 60, 15, 5))[0], day=day,
            area=area, week=monday(day), district=area, level=2, way="meeting",
            counterpart=chance.choice(("unions", "media", "parties")),
            subject=f"{said[0]} {said[1]} in {name(chance.randrange(100_000))}",
            present=f"elders of {name(n % 1000)}", note=" ".join(said[2:]), promised="",
        )  # fmt: skip


def write(count: int, areas: list[str], authors: list[Any]) -> None:
    """Records and their versions, as savings would have left them."""
    from primacy.actors.models import Contact
    from primacy.records.models import Version
    from primacy.records.queries import record_types
    from primacy.records.queries.sealing import facts_of_row

    type_, every = record_types()["contact"], contacts(count, areas, authors)
    while some := list(islice(every, AT_ONCE)):
        Contact.objects.bulk_create(some)
        Version.objects.bulk_create([
            Version(type="contact", record=each.pk, number=1, at=each.created, by_id=each.author_id,
                    deed="created a record", state=each.state, facts=facts_of_row(each, type_))
            for each in some
        ])  # fmt: skip
