"""Every page there is, found by its route, is readable by everybody in every language.

No table: whatever the site answers with a page is walked, so that a new one is read at birth. A template is walked once;
addresses that share it look alike. Those of the table of `test_every_page.py` are read there in every language, all others
here.
"""

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.exceptions import NoReverseMatch

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HOLDS = {
    "benchmark_id": ["O2.M2"], "risk_id": ["O1.R1"], "trade_off_id": ["O1.T1"], "kind": ["incident"], "form": ["csv"],
    "entry_id": ["O2.M2", "O1.A1", "O1.R1", "O1.T1"], "output_id": ["O2"], "chapter": ["O2", "glossary"], "area_id": ["OS01"], "code": ["OS01"],
    "assessment_id": ["3f9c01d2ab44"], "before_id": ["77aa01d2ab45"], "after_id": ["3f9c01d2ab44"],
}  # fmt: skip
"""What addresses hold, by the name of the part; those that a test makes come from `samples`."""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SQUEEZED = """[...document.querySelectorAll("main :is(td, th, li, p, dd, span, a)")].filter(each => {
  const {width, height} = each.getBoundingClientRect()
  return width < 24 && height > 120 && each.innerText.trim().length > 8
    && getComputedStyle(each).writingMode === "horizontal-tb"
}).map(each => each.innerText.slice(0, 40))"""
"""Words that stand letter under letter, because no room was left for them beside something else."""
PHONE, DESK = 360, 1280
LANGUAGES = [(code, PHONE if code == "ar" else DESK) for code, _name in settings.LANGUAGES]


def routes(patterns: Any = None, space: str = "") -> Any:
    for each in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(each, URLResolver):
            yield from routes(each.url_patterns, f"{each.namespace}:" if each.namespace else space)
        elif isinstance(each, URLPattern) and each.name:
            yield f"{space}{each.name}", list(each.pattern.converters)


@pytest.fixture
def samples(dataset: Any, people: dict[str, Any]) -> dict[str, list[Any]]:
    from primacy.access.services import create_token
    from primacy.assessment.models import CodedItem
    from primacy.jobs.models import Job

    job = Job.objects.create(kind="import", by=people["administrator"])
    item = CodedItem.objects.create(
        category="rubric/consent/national", item="cabinet", area="OST", day="2026-06-01", confidentiality=1
    )
    create_token(person=people["administrator"], name="weekly table", days=30)
    made = {"dataset_id": dataset.id, "item_id": item.pk, "job_id": str(job.pk), "person_id": people["reader"].pk}
    return HOLDS | {name: [each] for name, each in made.items()}


def address_of(name: str, number: int, samples: dict[str, list[Any]]) -> str:
    """Raises NoReverseMatch where the address holds something that this mission does not have."""
    parts = dict(routes())[name]
    return reverse(name, kwargs={part: samples[part][number % len(samples[part])] for part in parts if part in samples})


def pages(client: Client, samples: dict[str, list[Any]]) -> dict[str, tuple[str, int]]:
    """Template -> a route, and which of the samples it needs, to see it."""
    found: dict[str, tuple[str, int]] = {}
    for name, parts in routes():
        for number in range(max((len(samples.get(part, [0])) for part in parts), default=1)):
            try:
                response = client.get(address_of(name, number, samples))
            except NoReverseMatch:
                continue
            templates = [each.name for each in getattr(response, "templates", [])]
            whole = bool(templates) and not templates[0].rpartition("/")[2].startswith("_")
            if whole and response.status_code == 200 and "text/html" in response["Content-Type"]:
                found.setdefault(templates[0], (name, number))
    return found


def listed(client: Client) -> set[str]:
    """The templates of the pages that the table names."""
    spec = importlib.util.spec_from_file_location("table", Path(__file__).with_name("test_every_page.py"))
    assert spec is not None
    assert spec.loader is not None
    table = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(table)
    shown = [getattr(client.get(address), "templates", [])[:1] for address in table.PAGES]
    return {each.name for templates in shown for each in templates}


@pytest.fixture
def walked(made_once: Any, people: dict[str, Any], samples: dict[str, list[Any]]) -> tuple[dict[str, str], set[str]]:
    """Template -> an address that shows it, and which the table names. Every route is asked once for all languages."""
    with made_once("pages.json") as kept:
        if not kept.is_file():
            client = Client()
            client.force_login(people["administrator"])
            kept.write_text(json.dumps([pages(client, samples), sorted(listed(client))]), "utf-8")
        found, known = json.loads(kept.read_text("utf-8"))
    return {template: address_of(name, number, samples) for template, (name, number) in found.items()}, set(known)


@pytest.mark.parametrize(("language", "width"), LANGUAGES)
def test_every_page_is_readable_by_everybody(visit, walked, faults, language, width):
    found, known = walked
    mine, wrong = {template: address for template, address in found.items() if template not in known}, {}
    seen = visit(language=language, width=width)
    for template, address in mine.items():
        page = seen.open(address)
        amiss = faults(page)
        amiss += [f"{page.evaluate(SIDEWAYS)} pixels sideways"] if page.evaluate(SIDEWAYS) > 0 else []
        amiss += [f"letter under letter: {words}" for words in page.evaluate(SQUEEZED)]
        if amiss or page.get_attribute("html", "lang") != language:
            wrong[f"{address} ({template})"] = amiss
    assert wrong == {}
    assert seen.elsewhere == []
    assert seen.complaints == []
    assert len(mine) > 9


def test_the_description_for_scripts_is_drawn_without_asking_any_other_host(visit):
    seen = visit()
    page = seen.open("/api/v1/docs")
    assert page.locator("main details > summary code").count() > 35
    page.locator("#findings > summary").click()
    assert page.locator("#findings").get_by_text("no clear change").first.is_visible()
    assert seen.elsewhere == []
    assert seen.complaints == []
    assert "default-src 'none'" in page.request.get(page.url).headers["content-security-policy"]
