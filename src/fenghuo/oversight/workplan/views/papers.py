"""The circular and the appraisal, for saving."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotFound
from fenghuo.kernel.web.acting import acting
from fenghuo.kernel.web.downloads import XLSX, download

from .. import selectors
from ..outlook_words import PAPERS, file_name
from ..services import make_paper
from .looking import moment_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_GET
@acting
def paper(request: HttpRequest, actor: Actor, number: str, paper: str) -> HttpResponse:
    """As it was at the end of the day in the address, else now."""
    if paper not in PAPERS:
        raise NotFound(_("There is no such paper."))
    plan, moment = selectors.plan_by_number(actor, number), moment_of(request)
    made = make_paper(plan, paper, by=actor, moment=moment)
    return download(made, XLSX if paper.endswith(".xlsx") else DOCX, file_name(paper, plan, moment.day))
