from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.web.menu import Entry, add

from .selectors import waiting


def _waiting(actor: Actor) -> int:
    return waiting(actor).count()


add(
    Entry(
        section="duty",
        label=_("Reports"),
        url="incidents:reports",
        icon="phone-incoming",
        order=20,
        action="reports.read",
        count=_waiting,
    )
)
