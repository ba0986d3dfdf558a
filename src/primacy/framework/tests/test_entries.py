"""What activities, risks and trade-offs of the standard framework must hold for a mission to work with them."""

import pytest

from primacy.framework import load
from primacy.framework.entries import Risk, TradeOff
from primacy.framework.loading import STANDARD

FRAMEWORK = load()
LANGUAGES = ("en", "fr", "ar")
RISKS, TRADE_OFFS = list(FRAMEWORK.risks.values()), list(FRAMEWORK.trade_offs.values())
DONE = [*FRAMEWORK.activities, *FRAMEWORK.risks, *FRAMEWORK.trade_offs]
SHORT = 24  # letters beside a mark


@pytest.mark.parametrize("id", DONE)
def test_the_file_bears_the_id_and_numbers_have_no_gap(id: str) -> None:
    output, place = id.split(".")
    assert (STANDARD / output / f"{id}.yaml").is_file()
    assert place[1:] == "1" or f"{output}.{place[0]}{int(place[1:]) - 1}" in DONE


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("id", DONE)
def test_the_short_name_is_short_in_every_language(id: str, language: str) -> None:
    assert len(FRAMEWORK.text(id, "short", language)[0]) <= SHORT


@pytest.mark.parametrize("risk", RISKS, ids=lambda each: each.id)
def test_a_risk_has_two_signs_and_one_of_them_is_read_from_evidence(risk: Risk) -> None:
    assert len(risk.signs) >= 2
    assert any(each.rule is not None for each in risk.signs)


@pytest.mark.parametrize("risk", RISKS, ids=lambda each: each.id)
def test_a_sign_is_told_apart_from_the_others_of_its_risk(risk: Risk) -> None:
    assert len({each.id for each in risk.signs}) == len({each.text for each in risk.signs}) == len(risk.signs)


@pytest.mark.parametrize("trade_off", TRADE_OFFS, ids=lambda each: each.id)
def test_both_sides_of_each_option_have_two_considerations(trade_off: TradeOff) -> None:
    assert 2 <= len(trade_off.options) <= 3
    assert all(len(side) >= 2 for option in trade_off.options for side in (option.for_, option.against))


@pytest.mark.parametrize("trade_off", TRADE_OFFS, ids=lambda each: each.id)
def test_a_choice_rests_on_assumptions_that_can_fail_and_on_two_findings(trade_off: TradeOff) -> None:
    spoken = [each.benchmark for each in trade_off.evidence]
    assert len(set(spoken)) == len(spoken) >= 2
    assert len(trade_off.assumptions) >= 2
