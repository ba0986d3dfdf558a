"""What a choice or a risk tells to who owes a view: nothing of a benchmark that is hidden, nor of a part of it."""

import pytest

from primacy.assessment.finding import Phrase, SignalFinding, Watch
from primacy.assessment.views import VIEW_DUE, veiled_watch
from primacy.framework import load

FRAMEWORK = load()
SEEN = Phrase("watch.seen", {})
CASES = [
    # what it shows                               entry,   signal,           hidden,       told
    ("a part of a hidden benchmark",              "O2.T3", "text-in-reach",  {"O2.M3"},    VIEW_DUE),
    ("a part of one that is not hidden",          "O2.T3", "text-in-reach",  {"O2.M1"},    "possible"),
    ("a share of its own, of what is borrowed",   "O2.T3", "meaning-disputed", {"O2.M1"},    "possible"),
    ("nothing is hidden",                         "O2.T3", "text-in-reach",  set(),        "possible"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "id", "signal", "hidden", "state"), CASES, ids=[case[0] for case in CASES])
def test_a_signal_waits_where_it_reads_an_indicator_of_a_hidden_benchmark(
    shows: str, id: str, signal: str, hidden: set[str], state: str
) -> None:
    entry = next(each for each in FRAMEWORK.watched if each.id == id)
    assert signal in {each.id for each in entry.signals}
    watch = Watch(id, "possible", (SignalFinding(signal, "possible", 0.6, SEEN),))
    (told,) = veiled_watch(watch, hidden, entry).signals
    assert (told.state, told.probability is None) == (state, state == VIEW_DUE)


def test_every_signal_that_reads_an_indicator_of_a_benchmark_is_known_to() -> None:
    borrowing = [
        (entry, signal)
        for entry in FRAMEWORK.watched
        for signal in entry.signals
        if signal.rule and any(entry.indicators[leaf.call.indicator].from_ for leaf in signal.rule.leaves())
    ]
    assert len(borrowing) > 20
    assert all(entry.borrowed(signal.id) <= set(FRAMEWORK.entries) for entry, signal in borrowing)
    assert all(entry.borrowed(signal.id) for entry, signal in borrowing)
