"""Where the engine asks about trends: falls, rises, areas, ceasing, alarms. The methods stand in other modules."""

from primacy.assessment.trends.cessation import ceases_probability
from primacy.assessment.trends.cusum import alarms
from primacy.assessment.trends.pooling import Pooled, pooled
from primacy.assessment.trends.trend_posterior import TrendModel, TrendPosterior, Windows, posterior

__all__ = ["Pooled", "TrendModel", "TrendPosterior", "Windows", "alarms", "ceases_probability", "pooled", "posterior"]
