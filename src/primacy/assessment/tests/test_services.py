"""What the one entrance to an assessment refuses before it judges anything."""

from datetime import date
from pathlib import Path

import pytest

from primacy.assessment import services
from primacy.assessment.packages.package import write
from primacy.assessment.tests.building import AS_OF, SUBJECT, Setting
from primacy.assessment.trends.trend import TrendModel
from primacy.framework import FrameworkError, Instance

LAW = "indicators: {law: {kind: law, measure: stage, aggregate: distinct}}\nrule: {exists: {indicator: law}}"
LOWERED_WITH_AN_OLD_DAY = """
id: O2.M2
changed: {by: [planning, police], on: 2015-01-05, because: agreed}
thresholds: {fall: {value: 5 %}}
"""


def test_nothing_is_judged_by_a_bar_that_moved_since_the_last_assessment(
    tmp_path: Path, model: TrendModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRIMACY_DATA", str(tmp_path))
    instance = Instance.here()
    instance.overlay.mkdir()
    instance.assessments.mkdir()
    instance.mission_file.write_text("country: XXX\n", "utf-8")
    setting = Setting(model, {SUBJECT: LAW})
    write(instance.assessments / "one.zip", setting.inputs(), setting.assess())
    (instance.overlay / "a.yaml").write_text(LOWERED_WITH_AN_OLD_DAY, "utf-8")
    with pytest.raises(FrameworkError, match=r"a\.yaml: changed\.on: is said to count from 2015-04-01"):
        services.run_assessment(by="planner", as_of=date(AS_OF.year + 1, 1, 1), known=None)
