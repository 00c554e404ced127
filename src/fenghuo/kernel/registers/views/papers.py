"""The register on paper: the form to fill in by hand, and a row to check by hand, as PDF or for Word."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.web.acting import acting
from fenghuo.kernel.web.downloads import download

from ..finding import register_for, row_of
from ..paper.pdf import paper_pdf
from ..paper.sheet import Paper, empty_paper, row_paper
from ..paper.word import paper_docx

KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@require_GET
@acting
def form(request: HttpRequest, actor: Actor, name: str, kind: str) -> HttpResponse:
    return _paper(empty_paper(register_for(name, actor), actor), kind)


@require_GET
@acting
def checked(request: HttpRequest, actor: Actor, name: str, pk: int, kind: str) -> HttpResponse:
    register = register_for(name, actor)
    return _paper(row_paper(register, row_of(register, actor, pk), actor), kind)


def _paper(paper: Paper, kind: str) -> HttpResponse:
    made = paper_pdf(paper) if kind == "pdf" else paper_docx(paper)
    title = f"{paper.title} {paper.under}".strip()
    return download(made, KINDS[kind], f"{title}.{kind}", shown=kind == "pdf")
