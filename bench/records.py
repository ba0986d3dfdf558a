"""Records at scale: a million of them listed, opened, looked for and saved; a hundred thousand sent to the evidence.

    python bench/records.py [RECORDS]

Invented contacts over four years with an author, a place, a confidentiality and some twenty words each, every one with
its version and its place in the index. Pages are asked of the site in its own process, sessions and templates included,
by three people who see all, some, and little of them. The peer is Django's admin over the same table in the same
database, set up here and nowhere else, with the columns, filters and searched fields of our list, and no rights by
record. Each row is asked forty times, with other words and records each time, of which the middle and the 95th of a
hundred are told; the admin's searches five times.
To the evidence: all records sent to an empty store; then one changed record, checked and published again, from that
commit until an assessment reads it, among all of them.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SMALL = bool(os.environ.get("PRIMACY_BENCH_SMALL"))
RECORDS, SENT = (2_000, 1_000) if SMALL else (1_000_000, 100_000)
TIMES = 5 if SMALL else 40  # of each question
Figures = dict[str, tuple[float, float]]


def table(records: int = RECORDS, sent: int = SENT) -> str:
    """Ours beside the admin's, and the way to the evidence."""
    lines = [("what", "data", "peer", "peer's p50, ms", "peer's p95, ms", "ours, p50, ms", "ours, p95, ms", "target")]
    lines.append(("---",) * 8)
    with tempfile.TemporaryDirectory() as folder:
        alone(folder, "build", str(records))
        ours, peer = alone(folder, "ask_ours"), alone(folder, "ask_admin")
        data = f"{records:,} records"
        lines += [_line(what, data, ours, peer) for what in ours]
    with tempfile.TemporaryDirectory() as folder:
        alone(folder, "build", str(sent))
        told = alone(folder, "send")
        data = f"{sent:,} records"
        lines.append(("all records to the evidence, seconds", data, "", "", "", "", f"{told['all']:.1f}", "at most 10"))
        changed = told["changed"]
        lines.append((
            "one changed record until it is read", data, "", "", "", f"{changed[0]:.0f}", f"{changed[1]:.0f}",
            "at most 100",
        ))  # fmt: skip
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


TARGETS = {"search": "at most 100"}


def _line(what: str, data: str, ours: dict[str, Any], peer: dict[str, Any]) -> tuple[str, ...]:
    there = peer.get(what.split(",")[0])
    theirs = ("Django's admin", f"{there[0]:.0f}", f"{there[1]:.0f}") if there else ("", "", "")
    target = next((aim for name, aim in TARGETS.items() if what.startswith(name)), "")
    return (what, data, *theirs, f"{ours[what][0]:.0f}", f"{ours[what][1]:.0f}", target)


def alone(folder: str, deed: str, *given: str) -> dict[str, Any]:
    """What a function of this module prints, run in a process of its own."""
    settings = "many.admin_settings" if deed == "ask_admin" else "primacy.web.settings"
    environment = {
        **os.environ, "PRIMACY_DATA": folder, "DJANGO_SETTINGS_MODULE": settings,
        "PYTHONPATH": os.pathsep.join([str(HERE), os.environ.get("PYTHONPATH", "")]),
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, __file__, "--alone", deed, *given],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{deed}: {done.stderr[-2000:]}")
    return dict(json.loads(done.stdout.splitlines()[-1]))


# ---- in a process of its own


def build(records: str) -> dict[str, Any]:
    from django.core.management import call_command
    from many import writing

    from primacy.framework import Instance
    from primacy.records.services.indexing import rebuild_index

    instance = Instance.here()
    instance.mission_file.write_text("country: XX\n", encoding="utf-8")
    call_command("migrate", verbosity=0)
    areas, people = writing.places(instance.places), writing.people()
    start = time.perf_counter()
    writing.write(int(records), areas, [people[each] for each in writing.COMPONENTS])
    written = time.perf_counter() - start
    count = rebuild_index()
    return {"written": written, "indexed": time.perf_counter() - start - written, "count": count}


def ask_ours() -> dict[str, Any]:
    """Each page by each reader, the middle and the 95th of the times."""
    from many import writing

    found: Figures = {}
    ids = _ids()
    for who in writing.READERS:
        browser, reader = _browser(who)
        for what, address in _addresses(_seen(reader, ids)).items():
            found[f"{what}, {who}"] = timed(lambda n, b=browser, a=address: b.get(a(n)))
    found["save, who wrote it"] = timed(_saving())
    return found


def _addresses(mine: Sequence[Any]) -> dict[str, Callable[[int], str]]:
    """The pages of ours that are asked, by what they are."""
    contacts = "/records/contact/"
    found: dict[str, Callable[[int], str]] = {
        "list": lambda n: f"{contacts}?page={1 + n % 3}",
        "filtered list": lambda n: f"{contacts}?counterpart=media&first=2024-0{1 + n % 9}-01",
        "page": lambda n: f"{contacts}{mine[n % len(mine)]}/",
    }
    for what, words in _queries().items():
        found[what] = lambda n, words=words: f"/search/?kind=contact&q={words(n)}"
    return found


def _queries() -> dict[str, Callable[[int], str]]:
    """What is looked for: of each kind another each time."""
    from many.writing import WORDS, name

    return {
        "search for a name": lambda n: name(n * 37),
        "search for a common word": lambda n: WORDS[n % 40],
        "search for two common words": lambda n: f"{WORDS[n % 40]}+{WORDS[(n + 7) % 40]}",
        "search for what is nowhere": lambda n: f"qwx{n}tzp",
    }


def ask_admin() -> dict[str, Any]:
    """The same of the admin; its searches read the whole table and are asked less often."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    ids, (browser, _reader) = _ids(), _browser("sees all")
    where = "/admin/actors/contact/"
    found = {
        "list": timed(lambda n: browser.get(f"{where}?p={1 + n % 3}")),
        "filtered list": timed(lambda n: browser.get(f"{where}?counterpart__exact=media&p={1 + n % 3}")),
        "page": timed(lambda n: browser.get(f"{where}{ids[n % len(ids)]}/change/")),
    }
    for what, words in _queries().items():
        found[what] = timed(lambda n, words=words: browser.get(f"{where}?q={words(n)}"), few=True)
    found["save"] = timed(lambda n: browser.post(f"{where}{ids[n % len(ids)]}/change/", _typed(f"changed {n}")), ok=302)
    return found


def send() -> dict[str, Any]:
    """Seconds for all records; milliseconds for one changed record until an assessment would read it."""
    from datetime import UTC, date, datetime

    from many import writing

    from primacy.actors.models import Contact
    from primacy.evidence.store.store import Store
    from primacy.framework import Instance
    from primacy.records import services
    from primacy.records.queries import record_types

    start = time.perf_counter()
    rows = services.send_all()
    seconds = time.perf_counter() - start
    contacts, changed, hands = record_types()["contact"], [], writing.hands()
    published = Contact.objects.filter(confidentiality__lte=1, released=True)
    for n, contact in enumerate(published[: TIMES + 1]):
        other = "media" if contact.counterpart != "media" else "unions"
        given = {"type_": contacts, "id": contact.pk}
        _saved_only(services.change, **given, by=contact.author, version=1, values={"counterpart": other})
        for version, (name, by) in enumerate(hands[contact.component].items(), 2):
            _saved_only(services.review, **given, by=by, version=version, name=name)
        start = time.perf_counter()
        services.send_waiting()
        took = 1000 * (time.perf_counter() - start)
        store = Store(Instance.here().evidence)
        read = store.rows(as_of=date(2030, 1, 1), known=datetime.now(UTC))
        assert store.fetch(read.filter(read.revision > 1)).num_rows == n + 1
        changed.append(took)
    assert rows
    return {"all": seconds, "changed": _middle_and_late(changed[1:])}


def _saved_only(deed: Callable[..., Any], **given: Any) -> None:
    """Save without what follows the commit, which is measured by itself."""
    from django.db import transaction

    with transaction.atomic():
        deed(**given)
        transaction.get_connection().run_on_commit = []


def _ids() -> list[Any]:
    """Some records, the same in every process."""
    from primacy.actors.models import Contact

    return list(Contact.objects.order_by("pk").values_list("pk", flat=True)[:200])


def _seen(reader: Any, ids: Sequence[Any]) -> list[Any]:
    from primacy.access.readers import reader_of
    from primacy.records.queries import record_types, visible

    rows = visible(reader_of(reader), record_types()["contact"]).filter(pk__in=ids)
    return list(rows.values_list("pk", flat=True))


def _browser(who: str) -> tuple[Any, Any]:
    from django.test import Client

    from primacy.access.models import User

    reader = User.objects.get(username=who)
    browser = Client(SERVER_NAME="localhost", raise_request_exception=True)
    browser.force_login(reader)
    return browser, reader


def _typed(subject: str) -> dict[str, str]:
    return {
        "day": "2024-05-06", "area": "XX0101", "counterpart": "unions", "actor": "", "way": "meeting", "sitting": "",
        "subject": subject, "present": "", "note": "words", "promised": "", "confidentiality": "1", "group": "",
    }  # fmt: skip


def _saving() -> Callable[[int], Any]:
    """Changing a record in its form, evidence included, by its author."""
    from primacy.actors.models import Contact

    rows = list(Contact.objects.filter(component="political-affairs").select_related("author").order_by("pk")[:100])
    browser, _author = _browser("political-affairs")
    versions = dict.fromkeys((each.pk for each in rows), 1)

    def save(n: int) -> Any:
        pk = rows[n % len(rows)].pk
        typed = {**_typed(f"changed {n}"), "version": str(versions[pk])}
        versions[pk] += 1
        return browser.post(f"/records/contact/{pk}/change/", typed)

    return save


def timed(ask: Callable[[int], Any], *, few: bool = False, ok: int = 0) -> tuple[float, float]:
    """Milliseconds, the middle and the 95th of a hundred; the first is not counted. What takes seconds is asked less
    often."""
    times = []
    for n in range(1 + (min(TIMES, 5) if few else TIMES)):
        start = time.perf_counter()
        answer = ask(n)
        times.append(1000 * (time.perf_counter() - start))
        assert answer.status_code in ((ok,) if ok else (200, 302)), answer.status_code
    return _middle_and_late(times[1:])


def _middle_and_late(times: Sequence[float]) -> tuple[float, float]:
    ordered = sorted(times)
    return ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]


if __name__ == "__main__":
    if sys.argv[1:2] == ["--alone"]:
        import django

        django.setup()
        print(json.dumps(globals()[sys.argv[2]](*sys.argv[3:])))
    else:
        random.seed(1)
        numbers = [int(each) for each in sys.argv[1:]]
        print(table(*numbers))
