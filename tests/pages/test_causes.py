"""The page of changes: what each cause contributed, in three languages; who may have the causes looked for."""

from dataclasses import replace
from html import unescape

import pytest

from primacy.assessment.finding import Phrase
from primacy.assessment.over_time.attributing import Contribution
from primacy.assessment.over_time.changes import Change

pytestmark = pytest.mark.django_db
SAID = Phrase("against.event", {"event": "agreement", "day": "2026-01-01"})
PARTS = (Contribution("a revised figure", 0.025, 0.0), Contribution("new evidence", -0.8755, 1.0))
FELL = Change("O2.M2", "met", "reversed", "new evidence", SAID, (0.9505, 0.1), PARTS)
MOVED = Change("O1.S1", "met", "met", "new evidence", SAID, (0.95, 0.93), (Contribution("new evidence", -0.02, 0.0),))
BARE = Change("O2.M2", "met", "reversed", "", SAID, (0.95, 0.1))
IN = {
    "en": ("new evidence", "\u221287.55", "+2.5", "all the way", "Together", "\u22122 points of 100"),
    "fr": ("éléments nouveaux", "\u221287,55", "+2,5", "tout le chemin", "Ensemble", "\u22122 points sur 100"),
    "ar": ("\u221287.55", "+2.5", "كل الطريق", "المجموع"),
}


@pytest.mark.parametrize("language", IN)
def test_contributions_stand_below_a_change(client, people, country, monkeypatch, language):
    monkeypatch.setattr(country, "changes", lambda **_: [FELL, MOVED])
    client.force_login(people["reader"])
    client.cookies["django_language"] = language
    page = unescape(client.get("/changes/").content.decode())
    assert [text for text in IN[language] if text not in page] == []
    assert '<form method="post"' not in page.split("<main", 1)[-1].split("</main", 1)[0]


def test_what_only_moved_is_no_change_of_the_front_page(client, people, country, monkeypatch):
    monkeypatch.setattr(country, "changes", lambda **_: [MOVED])
    client.force_login(people["reader"])
    assert "\u22122 points" not in unescape(client.get("/").content.decode())


@pytest.mark.parametrize(("role", "button"), [("reader", False), ("analyst", True)])
def test_causes_that_are_not_known_can_be_looked_for_by_those_who_run_assessments(
    client, people, country, monkeypatch, role, button
):
    monkeypatch.setattr(country, "changes", lambda **_: [BARE])
    client.force_login(people[role])
    page = unescape(client.get("/changes/").content.decode())
    assert ("Find the causes" in page) is button
    answer = client.post("/changes/")
    assert answer.status_code == (302 if button else 403)
    if button:
        assert "/jobs/" in answer["Location"]


def test_an_open_benchmark_says_how_likely_it_is_to_be_met_when_due(client, people, country, instance_folder):
    mission = instance_folder / "mission.yaml"
    own = "horizons: {O2.M2: [2026-01-01, 2027-06-30], "
    mission.write_text(mission.read_text("utf-8").replace("horizons: {", own), "utf-8")
    country.all = [replace(each, projected=0.62) if each.benchmark == "O2.M2" else each for each in country.all]
    client.force_login(people["reader"])
    page = unescape(client.get("/benchmarks/O2.M2/").content.decode())
    assert "To be met by 30 June 2027" in page
    assert "62 in 100" in page
