"""The page of backups, for administrators."""

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Invalid, NotFound, WrongState
from fenghuo.kernel.web.acting import acting
from fenghuo.kernel.web.templatetags.fenghuo import span

from . import selectors
from .models import DAILY, Backup
from .notes import words
from .services import note_removed
from .services.removing import ours

PAGE = 50


@require_GET
@acting
def backups(request: HttpRequest, actor: Actor) -> HttpResponse:
    page = Paginator(selectors.backups(actor), PAGE).get_page(request.GET.get("page"))
    return render(request, "keeping/backups.html", _context(page))


@require_POST
@acting
def removed(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Somebody says that they deleted the file."""
    backup = selectors.backups(actor).filter(pk=pk).first()
    if backup is None:
        raise NotFound(_("There is no such backup."))
    reason = request.POST.get("reason", "").replace("\x00", "")
    try:
        note_removed(backup, by=actor, reason=reason)
    except (Invalid, WrongState) as refused:
        page = Paginator(selectors.backups(actor), PAGE).get_page(request.GET.get("page"))
        said = {"refused": refused, "refused_pk": pk, "typed": reason}
        return render(request, "keeping/backups.html", _context(page) | said, status=refused.status)
    return redirect("keeping:backups")


def _context(page: Page[Backup]) -> dict[str, object]:
    now, today = timezone.now(), timezone.localdate()
    newest, failed = selectors.newest(), selectors.failed_since_newest().order_by("made_at").last()
    for backup in page:
        past = backup.keep_until is not None and backup.keep_until < today
        shown = {
            "past": past,
            "folder": backup.path.removesuffix(backup.name),
            "by_hand": past and backup.removed_at is None and not ours(backup),
            "said": [words(line) for line in backup.notes.splitlines()],
            "by_words": _("daily backup") if backup.made_by == DAILY else backup.made_by,
        }
        vars(backup).update(shown)
    return {
        "page": page,
        "newest": newest,
        "age_words": span((now - newest.made_at).total_seconds()) if newest else "",
        "stale": newest is None or newest.made_at < selectors.wanted_since(now),
        "failed": failed,
        "why": words(failed.notes) if failed else "",
        "daily_at": settings.BACKUP_AT,
        "keep_days": settings.BACKUP_KEEP,
    }
