"""Run as a program of its own: words of every field of every type are written, go, and are looked for in every file.

A database in memory, as other tests have it, has no file to look into. Prints the words and files that are left, as JSON.
"""

import json
import sys
from datetime import timedelta
from pathlib import Path

import django
import pyarrow.parquet as pq

django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402
from tests.safety.record_house import House  # noqa: E402

from primacy.access.placing import share_record  # noqa: E402
from primacy.records import services  # noqa: E402
from primacy.records.queries import record_types  # noqa: E402
from primacy.records.queries.retention import redactable  # noqa: E402
from primacy.records.services import attachments, disposing  # noqa: E402


def written_everywhere(house: House, key: str, field: str, word: str) -> object:
    """A record whose field holds the word in several versions, with a draft, a file and a share that hold it too."""
    one, two = house.person("one", "civil-affairs"), house.person("two", "civil-affairs")
    record, type_ = house.write(one, key, **{field: word}), house.types[key]
    services.change(by=one, type_=type_, id=record.pk, version=1, values={field: f"again {word}"})
    services.send_waiting()
    services.change(by=one, type_=type_, id=record.pk, version=2, values={field: f"still {word}"})
    services.archive(by=one, type_=type_, id=record.pk, version=3, because=f"because of {word}")
    services.archive(by=one, type_=type_, id=record.pk, version=4, because="not so")
    services.keep_draft(by=two, type_=type_, record=str(record.pk), typed={field: f"half of still {word}"})
    services.keep_draft(by=one, type_=type_, record="", typed={field: f"copied still {word}"})
    data = f"minutes: still {word}\n".encode()
    attachments.read_words(attachments.attach(by=one, type_=type_, id=record.pk, name="minutes.txt", data=data))
    until = timezone.localdate() + timedelta(days=9)
    share_record(by=one, reference=f"{key}/{record.pk}", subject="x", to=two, until=until, because=f"knows {word}")
    return record


def left(folder: Path, words: list[str]) -> list[tuple[str, str]]:
    """(word, file) wherever a file holds a word, as text or as JSON writes it."""
    found = []
    for path in folder.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        if path.suffix == ".parquet":  # it is compressed
            content += str(pq.read_table(path).to_pylist()).encode()
        for word in words:
            if any(each in content for each in (word.encode(), json.dumps(word).strip('"').encode())):
                found.append((word, str(path.relative_to(folder))))
    return found


def main(folder: Path, words: list[str]) -> None:
    call_command("migrate", verbosity=0)
    house, said, before, whole = House(record_types()), iter(words), [], []
    for key, type_ in house.types.items():
        fields = [name for name, _label in redactable(type_)]
        records = {name: (word := next(said), written_everywhere(house, key, name, word)) for name in fields}
        before += [word for word, _record in records.values()]
        one, two = house.people["one"], house.person("three", "civil-affairs")
        for place, (name, (word, record)) in enumerate(records.items()):
            field = "" if place == len(records) - 1 else name  # the last one goes whole
            whole += [] if field else [word]
            asked = disposing.ask_disposal(
                by=one, type_=type_, id=record.pk, ground="protection", because="for protection", field=field
            )
            disposing.decide_disposal(by=two, disposal=asked.pk, agree=True)
    there = left(folder, before)
    disposing.sweep()
    from django.db import connection

    connection.close()
    sys.stdout.write(json.dumps({"words": before, "before": len(there), "left": left(folder, before), "whole": whole}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
