"""Workbooks as answers."""

from urllib.parse import quote

from django.http import HttpResponse
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotFound

from ..finding import register_for
from ..models import ImportState
from . import files, services
from .selectors import import_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(content: bytes, name: str) -> HttpResponse:
    """For saving, and in nobody's cache."""
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def marked_copy(actor: Actor, name: str, pk: int) -> HttpResponse:
    """Raises: NotFound, NotAllowed."""
    register = register_for(name, actor)
    services.require_importing(actor, register)
    found = import_of(actor, name, pk)
    path = files.marked(found.pk)
    if found.state == ImportState.READING or not path.is_file():
        raise NotFound(_("There is no marked copy of this file, or it is deleted."))
    return workbook(path.read_bytes(), f"{found.name.rpartition('.')[0] or found.name}-{_('checked')}.xlsx")
