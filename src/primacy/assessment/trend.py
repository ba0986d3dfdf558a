"""Where the engine asks about trends: falls, rises, areas, ceasing, alarms. The methods stand in other modules."""

from primacy.assessment.cessation import ceases_probability
from primacy.assessment.cusum import alarms
from primacy.assessment.pooling import Pooled, pooled
from primacy.assessment.trend_posterior import TrendModel, TrendPosterior, Windows, posterior

__all__ = ["Pooled", "TrendModel", "TrendPosterior", "Windows", "alarms", "ceases_probability", "pooled", "posterior"]
