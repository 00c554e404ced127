"""Saved views: what somebody set up for oneself. No acts of office, so they do not go into the journal."""

from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, NotAllowed, NotFound

from .models import SavedView

VIEWS_MOST = 30


def save_view(register: str, *, by: Actor, name: str, query: str) -> SavedView:
    """Keep the list as it stands under a name; the same name again takes its place. Raises: NotAllowed, Invalid."""
    if by.person_id is None:
        raise NotAllowed(_("Only people save views."))
    name = name.replace("\x00", "").strip()
    if not 0 < len(name) <= 40:
        raise Invalid(Fault("name", _("must be at most %(most)s characters long") % {"most": 40}, name[:50]))
    if len(query) > 1000:
        raise Invalid(Fault("query", _("must be at most %(most)s characters long") % {"most": 1000}, query[:50]))
    mine = SavedView.objects.filter(person=by.person_id, register=register)
    if mine.exclude(name=name).count() >= VIEWS_MOST:
        raise Invalid(Fault("name", _("%(most)s views are saved already: drop one first") % {"most": VIEWS_MOST}))
    kept, _made = mine.update_or_create(
        person_id=by.person_id, register=register, name=name, defaults={"query": query.replace("\x00", "")}
    )
    return kept


def drop_view(pk: int, *, by: Actor) -> None:
    """Raises: NotFound."""
    if not by.person_id or not SavedView.objects.filter(pk=pk, person=by.person_id).delete()[0]:
        raise NotFound(_("There is no such view."))
