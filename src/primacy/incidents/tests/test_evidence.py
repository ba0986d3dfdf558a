import pytest

from primacy.evidence.kinds import KINDS
from primacy.incidents.evidence import ReportFacts, report_points

CASES = [
    ("an event with its grade", ReportFacts("violence/one-sided", "armed-groups", reliability="B", credibility="2"),
     [("incident", "events", 1.0)]),
    ("known numbers are told, unknown ones are not zero", ReportFacts("protest", "community", killed=0, injured=3),
     [("incident", "events", 1.0), ("incident", "deaths", 0.0), ("incident", "injured", 3.0)]),
    ("a breach of something agreed is a violation", ReportFacts("violation/ceasefire", "armed-groups", killed=2),
     [("violation", "events", 1.0)]),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "facts", "told"), CASES, ids=[case[0] for case in CASES])
def test_what_a_field_report_tells(shows, facts, told) -> None:
    points = report_points(facts)
    assert [(each.kind, each.measure, each.value) for each in points] == told
    assert {each.grade for each in points} == {facts.reliability + facts.credibility}
    assert all(each.measure in KINDS[each.kind].measures for each in points)


def test_reports_without_a_label_of_their_origin_are_never_counted_as_independent() -> None:
    one, two = (report_points(ReportFacts("protest", "community", source_type="media"))[0] for _ in range(2))
    assert one.origin == two.origin == "media"
