"""The page of the mission's changes speaks plain words, and counts the changes in the mission's own favour."""

from html import unescape

import pytest

pytestmark = pytest.mark.django_db
BAR = """\
id: O2.M2
changed: {by: [planning, police], on: 2026-02-10, because: agreed in the MLT}
thresholds: {fall: {value: 10 %}}
"""
LISTS = """
changes:
  - {register: bound_actors, to: [army], by: [planning, jmac], on: 2026-02-10, because: the movement split}
"""
SAID = {
    "en": ("number · percent of the baseline rate · value", "counts from 1 April 2026", "In the mission's own favour"),
    "fr": ("chiffre · ", "vaut à partir du 1er avril 2026", "En faveur de la mission elle-même"),
    "ar": ("الرقم · ", "يسري اعتبارا من", "لصالح البعثة نفسها"),
}


@pytest.mark.parametrize("language", SAID)
def test_changes_are_told_in_words_and_counted_by_year(client, people, country, instance_folder, language):
    (instance_folder / "framework").mkdir()
    (instance_folder / "framework" / "ours.yaml").write_text(BAR, "utf-8")
    with (instance_folder / "mission.yaml").open("a", encoding="utf-8") as file:
        file.write(LISTS)
    client.force_login(people["administrator"])
    client.cookies["django_language"] = language
    page = unescape(client.get("/framework/changes/").content.decode())
    assert [text for text in SAID[language] if text not in page] == []
    assert "bound actors" in page
    assert "thresholds.fall" not in page


def test_the_framework_page_counts_all_that_it_lists(client, people, country):
    client.force_login(people["administrator"])
    page = unescape(client.get("/framework/").content.decode())
    assert "65 benchmarks" in page
    assert all(word in page for word in (" activities, ", " risks and ", " choices, "))
