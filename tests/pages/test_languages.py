"""Pages speak the reader's language: no English among French or Arabic, one name for each place, honest counts."""

import re
import shutil
from dataclasses import replace
from html import escape, unescape

import pytest
from django.urls import reverse

from primacy.assessment.finding import AreaFinding
from primacy.framework import load, loading
from primacy.framework.languages import languages
from primacy.framework.translations import TABLES, confirm, reviews

pytestmark = pytest.mark.django_db
FRAMEWORK = load()
OTHERS = ("fr", "ar")
NOT_REVIEWED = {"en": "translation not yet reviewed", "fr": "traduction non encore relue", "ar": "ترجمة لم تُراجع بعد"}


@pytest.fixture
def read(client, people, country):
    """The text of a page for an administrator, in a language."""

    def page(path: str, language: str = "en") -> str:
        client.force_login(people["administrator"])
        client.cookies["django_language"] = language
        response = client.get(path)
        assert response.status_code == 200, path
        return unescape(response.content.decode())

    return page


def english_of(id: str) -> list[str]:
    """What the framework says in English of a benchmark, without words so short that they may be code."""
    benchmark = FRAMEWORK.benchmarks[id]
    said = [benchmark.title, benchmark.question, benchmark.about.strip(), benchmark.misleads.strip()]
    said += [each.label for each in benchmark.indicators.values() if each.label]
    said += [each.unit for each in benchmark.thresholds.values()]
    said += [each.sign.text for each in benchmark.reversal if each.sign is not None]
    said += [text.split("`")[0] for each in benchmark.collect for text in (each.what, each.how)]
    return [text for text in said if len(text) > 12]


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("id", FRAMEWORK.benchmarks)
def test_no_english_of_the_framework_stands_on_a_page_in_another_language(read, id, language):
    pages = [read(f"/framework/{id}/", language), read(f"/benchmarks/{id}/", language)]
    assert FRAMEWORK.text(id, "title", language)[0] in pages[0]
    assert FRAMEWORK.text(id, "misleads", language)[0] in pages[1]
    for page in pages:
        assert [text for text in english_of(id) if text in page] == []


@pytest.mark.parametrize("language", OTHERS)
def test_what_to_collect_is_asked_for_in_the_language_of_the_page(read, language):
    page = read("/collect/", language)
    lacking = [id for id in FRAMEWORK.benchmarks if reverse("assessment:benchmark", args=[id]) in page]
    assert lacking
    for id in lacking:
        for place in range(len(FRAMEWORK.benchmarks[id].collect)):
            assert FRAMEWORK.text(id, f"collect.{place}.what", language)[0] in page


def test_what_an_assessment_asked_for_stands_as_it_was_where_the_framework_now_asks_otherwise(read, country):
    wish = {"what": "Old wish", "kind": "incident", "how": "As before"}
    country.all = [replace(each, status="insufficient evidence", collect=(wish,)) for each in country.all]
    assert "Old wish" in read("/collect/", "fr")


@pytest.mark.parametrize(
    ("language", "unit", "month"),
    [("en", "events a month", "Jun 2026"), ("fr", "faits par mois", "juin 2026"),
     ("ar", "أحداث في الشهر", "حزيران/يونيه 2026")],
)  # fmt: skip
def test_a_chart_names_its_unit_and_months_in_the_language_of_the_page(read, language, unit, month):
    page = read("/benchmarks/O2.M2/", language)
    assert unit in page
    assert f">{month}<" in page


@pytest.mark.parametrize(("language", "share"), [("en", "80 %"), ("fr", "80\u00a0%"), ("ar", "\u206680%\u2069")])
def test_a_chart_of_shares_is_drawn_in_percent(read, country, language, share):
    chart = country.all[list(FRAMEWORK.benchmarks).index("O2.M2")].charts[0]
    shares = replace(chart, indicator="counterparts-met", unit="share", needed=0.8,
                     values=tuple(None if each is None else each / 100 for each in chart.values),
                     baseline_level=0.3, window_level=0.31, window_band=(0.25, 0.4))  # fmt: skip
    country.all = [replace(each, charts=(shares,)) if each.benchmark == "O1.S2" else each for each in country.all]
    drawing = re.search(r'<div class="wide"><svg.*?</svg>', read("/benchmarks/O1.S2/", language), re.DOTALL)
    assert drawing is not None
    assert share in drawing[0]


# ---- places


NAMES = {"OS01": "Mourand", "OS02": "Belouet", "OS03": "Tasse"}


@pytest.fixture
def pooled(country, monkeypatch):
    """Two areas counted as one, and one alone, whose names the language has."""
    monkeypatch.setattr("primacy.assessment.pages.place_names", lambda *_: NAMES)
    together = {"together": ["OS01", "OS02"]}
    areas = (
        AreaFinding("OS01", "Morand", "not met", 0.1, together),
        AreaFinding("OS02", "Belwe", "not met", 0.1, together),
        AreaFinding("OS03", "Tasso", "met", 0.95),
    )
    country.all = [replace(each, areas=areas) if each.benchmark == "O2.M2" else each for each in country.all]


def test_areas_counted_together_are_named_as_one_and_only_once(read, pooled):
    rows = re.findall(r'<th scope="row" data-label="Area"><span><bdi>([^<]*)</bdi>', read("/benchmarks/O2.M2/"))
    assert rows == ["Counted together: Mourand, Belouet", "Tasse"]


def test_a_map_and_a_list_call_an_area_by_the_name_of_the_sentences(read, pooled):
    page = read("/benchmarks/O2.M2/")
    drawn = re.findall(r"<title>([^<]*)</title></path>", page)
    assert drawn[:3] == ["Mourand, Belouet: not met", "Mourand, Belouet: not met", "Tasse: met"]
    assert "Morand" not in re.sub(r"<text.*?</text>", "", page)  # the drawing's own names come with the outlines


# ---- the top of the page


def test_the_page_to_sign_in_bears_no_classification(client, instance_folder):
    page = client.get(reverse("access:sign-in")).content.decode()
    assert "classification" not in page
    assert "Exercise in Ostara" not in page


COUNTRIES = [("en", "Central African Republic"), ("fr", "République centrafricaine"), ("ar", "جمهورية أفريقيا الوسطى")]


@pytest.mark.parametrize(("language", "name"), COUNTRIES)
def test_a_mission_without_a_name_is_known_by_its_country(read, instance_folder, language, name):
    (instance_folder / "mission.yaml").write_text("country: CAF\n", encoding="utf-8")
    assert f'<bdi lang="{language}">{name}</bdi>' in read("/framework/", language)


OWN_WORDS = [
    # what it shows                                       languages of the mission, of the reader, marked as, told
    ("a reader of the mission's own language is told nothing", "", "en", "en", None),
    ("another is told in which language the mission wrote", "", "fr", "en", "Texte propre à la mission (langue : Anglais)"),
    ("in Arabic as well", "", "ar", "en", "بكلمات البعثة نفسها، باللغة الإنجليزيّة"),
    ("the first language of the mission is that of its texts", "languages: [fr, en]\n", "en", "fr",
     "In the mission's own words, in French"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "languages_", "reader", "marked", "told"), OWN_WORDS, ids=[c[0] for c in OWN_WORDS])
def test_the_words_of_the_mission_are_no_missing_translation(
    read, instance_folder, shows, languages_, reader, marked, told
):
    mission = instance_folder / "mission.yaml"
    mission.write_text(mission.read_text("utf-8") + languages_, "utf-8")
    page = read("/", reader)
    for words in ("Exercise in Ostara", "implementation, month 17", "joint commission"):
        assert f'<bdi lang="{marked}">{words}</bdi>' in page
    assert (told in page) if told else ("own words" not in page)


def test_the_counts_are_of_those_that_apply_now(read, country):
    told = country.statuses.values()
    later, never = (sum(each == status for each in told) for status in ("not yet applicable", "not applicable"))
    met = sum(each == "met" for each in told)
    counts = re.search(r'id="counts">(.*?)</p>', read("/"), re.DOTALL)
    assert counts is not None
    assert f"{met} met of {65 - later - never} that apply" in counts[1]
    assert f"{later} not yet applicable" in counts[1]
    assert later
    assert never


# ---- reviews


@pytest.mark.parametrize("path", ["/", "/benchmarks/O2.M2/", "/collect/", "/framework/", "/framework/O2.M2/"])
def test_a_page_says_once_that_nobody_has_confirmed_its_translations(read, path):
    assert read(path, "en").count(NOT_REVIEWED["en"]) == 0
    for language in OTHERS:
        assert read(path, language).count(NOT_REVIEWED[language]) == 1


def test_pages_without_texts_of_the_framework_have_nothing_to_confirm(read):
    assert NOT_REVIEWED["fr"] not in read("/people/", "fr")


def test_a_page_whose_translations_are_confirmed_bears_no_mark(read, instance_folder):
    overlay = instance_folder / "framework"
    confirm(FRAMEWORK, ["O2.M2", "O2", *TABLES], "fr", overlay, by="political-affairs", on="2026-11-25")
    assert NOT_REVIEWED["fr"] not in read("/benchmarks/O2.M2/", "fr")
    assert NOT_REVIEWED["fr"] in read("/benchmarks/O2.M3/", "fr")
    assert NOT_REVIEWED["ar"] in read("/benchmarks/O2.M2/", "ar")


def test_the_framework_counts_the_reviewed_texts_of_each_language(read, instance_folder):
    units = reviews(FRAMEWORK, "fr").units
    confirm(FRAMEWORK, units[:3], "fr", instance_folder / "framework", by="planning", on="2026-11-25")
    page = read("/framework/")
    assert f"3 of {len(units)} reviewed" in page
    assert f"0 of {len(reviews(FRAMEWORK, 'ar').units)} reviewed" in page


# ---- a fourth language


def test_a_page_in_a_fourth_language_needs_no_code(read, tmp_path, monkeypatch, settings):
    copy = tmp_path / "standard"
    shutil.copytree(loading.STANDARD, copy)
    (copy / "locale" / "es").mkdir()
    (copy / "locale" / "es" / "words.yaml").write_text("language: {name: Español, short: ES}\n", "utf-8")
    (copy / "locale" / "es" / "O2.yaml").write_text("O2.M2: {title: Ha bajado la violencia}\n", "utf-8")
    monkeypatch.setattr(loading, "STANDARD", copy)
    try:
        forget()
        settings.LANGUAGES = list(languages().items())
        page = read("/framework/O2.M2/", "es")
    finally:
        monkeypatch.undo()
        forget()
    assert '<html lang="es"' in page
    assert "Ha bajado la violencia" in page
    assert escape(FRAMEWORK.benchmarks["O2.M2"].question) in escape(page)
    assert 'value="es"' in page


def forget() -> None:
    """The standard is read once in a process; a test that changes it reads it anew."""
    for cache in (loading._standard, loading.standard_texts, loading._unchanged):
        cache.cache_clear()
