"""The sender's own workbook as an answer."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotFound
from fenghuo.kernel.web.downloads import XLSX, download

from ..finding import register_for
from ..models import ImportState
from . import files
from .selectors import import_of
from .whose import require_importing


def marked_copy(actor: Actor, name: str, pk: int) -> HttpResponse:
    """Raises: NotFound, NotAllowed."""
    register = register_for(name, actor)
    require_importing(actor, register)
    found = import_of(actor, name, pk)
    path = files.marked(found.pk)
    if found.state == ImportState.READING or not path.is_file():
        raise NotFound(_("There is no marked copy of this file, or it is deleted."))
    return download(path.read_bytes(), XLSX, f"{found.name.rpartition('.')[0] or found.name}-{_('checked')}.xlsx")
