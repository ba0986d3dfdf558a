"""What the tests of the engine share: the judge of one benchmark."""

import pytest

from primacy.assessment.tests.building import Judge
from primacy.assessment.trends.trend import TrendModel


@pytest.fixture(scope="session")
def judge(model: TrendModel) -> Judge:
    """Judges one benchmark on a few lines of evidence."""
    return Judge(model)
