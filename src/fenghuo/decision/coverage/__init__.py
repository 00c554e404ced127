"""Who is within reach of what, how often, and what hangs on one site only (docs/algorithms/coverage.md)."""

from .answers import AtSite, Coverage, People, Served, Within
from .asking import Demand, Matrix, Measure, Site, Threshold
from .reasons import Reason, Why
from .reckoning import cover
from .words import said, threshold_said

__all__ = [
    "AtSite",
    "Coverage",
    "Demand",
    "Matrix",
    "Measure",
    "People",
    "Reason",
    "Served",
    "Site",
    "Threshold",
    "Why",
    "Within",
    "cover",
    "said",
    "threshold_said",
]
