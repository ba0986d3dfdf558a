"""The page of a benchmark takes the finding apart: the tree of the decision, where it flips, what stands beside it."""

import re
from dataclasses import replace

import pytest

from primacy.assessment.packages import package
from primacy.assessment.trends.prior import SHIPPED
from primacy.framework import load

pytestmark = pytest.mark.django_db
FRAMEWORK = load()
SETS = {"en": "sets the likelihood", "fr": "fixe la probabilité", "ar": "يحدد الاحتمال"}


@pytest.fixture
def page(client, people, country):
    """The page of O2.M2 as an administrator reads it in a language."""

    def read(language: str = "en") -> str:
        client.force_login(people["administrator"])
        client.cookies["django_language"] = language
        return client.get("/benchmarks/O2.M2/").content.decode()

    return read


@pytest.mark.parametrize("language", SETS)
def test_the_tree_shows_what_sets_the_likelihood_from_the_top_down(page, language):
    tree = re.search(r'<ul class="path">.*?</section>', page(language), re.DOTALL)
    assert tree is not None
    assert tree[0].count('<li class="sets">') == 2  # the whole, and the condition through which it comes
    assert tree[0].count(SETS[language]) == 2
    assert tree[0].count("<li>") == 1  # the veto, which sets nothing


def test_where_no_number_decides_the_page_says_so(page):
    assert "No number alone decides" in page()


def test_counter_pairs_stand_beside_it_with_their_statuses(page, country):
    beside = [id for id in FRAMEWORK.benchmarks["O2.M2"].beside if id in FRAMEWORK.benchmarks]
    assert beside
    for id in beside:
        entry = re.search(rf'<li>(?:(?!</li>).)*href="/benchmarks/{id}/".*?</li>', page(), re.DOTALL)
        assert entry is not None
        assert country.statuses[id] in entry[0]


OWN, OTHERS = (
    "as this country’s own history did",
    "Calibrated on simulated histories and on real series of other countries",
)
CALIBRATED = [("as shipped", SHIPPED.memory, OTHERS), ("with the own history", 0.6, OWN)]


@pytest.mark.parametrize(("shows", "memory", "says"), CALIBRATED, ids=[each[0] for each in CALIBRATED])
def test_the_note_says_what_the_trends_were_calibrated_on(client, people, two, shows, memory, says):
    """A package carries the calibration that it was judged with; `primacy calibrate` leaves older ones as they are."""
    path = two.folder / "assessments" / f"{two.after}.zip"
    model = replace(two.inputs.model, prior=replace(SHIPPED, memory=memory))
    package.write(path, replace(two.inputs, model=model), package.read(path).assessment)
    client.force_login(people["administrator"])
    page = client.get(f"/benchmarks/O2.M2/?assessment={two.after}").content.decode()
    assert [each for each in (OWN, OTHERS) if each in page] == [says]
