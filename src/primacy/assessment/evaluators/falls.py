"""`falls`: the underlying rate fell by at least `by` against the baseline."""

from primacy.assessment.rules.verdict import Call, Verdict
from primacy.assessment.trends import trend_verdict
from primacy.assessment.trends.comparing import Against
from primacy.assessment.trends.trend_verdict import judge, judge_areas


def decide(call: Call) -> Verdict:
    return judge(call, sign=-1)


def decide_areas(call: Call, level: int, *, one_of_many: bool = False) -> list[tuple[tuple[str, ...], Verdict]]:
    return judge_areas(call, level, sign=-1, one_of_many=one_of_many)


def comparisons(call: Call) -> list[Against]:
    return trend_verdict.comparisons(call)
