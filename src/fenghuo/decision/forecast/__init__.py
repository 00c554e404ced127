"""Whether a promised number will be reached by its day, at the pace so far (docs/algorithms/forecast.md)."""

from .answers import Caution, Forecast, Pace, Verdict
from .asking import Promise
from .reckoning import FEWEST_RISES, FEWEST_STEPS, forecast
from .words import caution_said, said, shortfall_said

__all__ = [
    "FEWEST_RISES",
    "FEWEST_STEPS",
    "Caution",
    "Forecast",
    "Pace",
    "Promise",
    "Verdict",
    "caution_said",
    "forecast",
    "said",
    "shortfall_said",
]
