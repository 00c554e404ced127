"""This room's doors for machines: reports and incidents."""

from ninja import Router

from .. import selectors
from .files import add_files
from .incidents import router as incidents
from .reports import router as reports

PREFIX = ""
router = Router()
add_files(reports, lambda actor, key: selectors.report(actor, int(key) if key.isdecimal() else 0), "report")
add_files(incidents, selectors.incident, "incident")
router.add_router("/reports", reports)
router.add_router("/incidents", incidents)
