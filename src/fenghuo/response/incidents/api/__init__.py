"""This room's doors for machines: reports and incidents."""

from ninja import Router

from .incidents import router as incidents
from .reports import router as reports

PREFIX = ""
router = Router()
router.add_router("/reports", reports)
router.add_router("/incidents", incidents)
