import pytest
from django.utils.safestring import mark_safe

from primacy.ui.templatetags.links import linked, linked_in

LINK = '<a href="/framework/{0}/"><bdi>{0}</bdi></a>'
CASES = [
    ("an id in a sentence", "Waits for O5.S2, first.", f"Waits for {LINK.format('O5.S2')}, first."),
    ("a risk and a trade-off", "O1.R3 and O1.T2", f"{LINK.format('O1.R3')} and {LINK.format('O1.T2')}"),
    ("no id of an entry", "O2.X1, O2.M, xO2.M2 and O2.M2.3", "O2.X1, O2.M, xO2.M2 and O2.M2.3"),
    ("what is not safe is escaped", "<b>O2.M2", f"&lt;b&gt;{LINK.format('O2.M2')}"),
]


@pytest.mark.parametrize(("shows", "text", "html"), CASES, ids=[each[0] for each in CASES])
def test_ids_in_a_text_are_links(shows, text, html):
    assert linked(text) == html


def test_what_is_safe_stays_as_it_is():
    assert linked(mark_safe("<b>O2.M2</b>")) == f"<b>{LINK.format('O2.M2')}</b>"


BELOW, THERE = '<a href="#{0}"><bdi>{0}</bdi></a>', '<a href="/handbook/{1}/#{0}"><bdi>{0}</bdi></a>'
IN = [  # where it stands, the id, where it leads
    ("its own chapter", "O2", "O2.M2", BELOW.format("O2.M2")),
    ("another chapter", "O1", "O2.M2", THERE.format("O2.M2", "O2")),
    ("a list at the end", "components", "O1.R3", THERE.format("O1.R3", "O1")),
    ("the whole on one page", "", "O2.M2", BELOW.format("O2.M2")),
]


@pytest.mark.parametrize(("shows", "chapter", "id", "html"), IN, ids=[each[0] for each in IN])
def test_an_id_in_the_handbook_leads_to_where_it_stands(shows, chapter, id, html):
    assert linked_in(mark_safe(f"<i>{id}</i>"), chapter) == f"<i>{html}</i>"
