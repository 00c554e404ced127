"""What the rooms below hold of people: private values of the journal, and stored answers to machines.

The journal's values are removed by the order itself (services.carrying_out): its entry must name them.
"""

from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.journal.destroyed import entries_with_values
from fenghuo.kernel.web.models import Answered

from .models import Hold
from .rooms import Counts, Keys, Room, add

PRIVATE_VALUES = "private_values"


def _held(records: Keys) -> Counts:
    return {
        PRIVATE_VALUES: len(entries_with_values(records)),
        "answers": Answered.objects.filter(record__in=records).exclude(body="").count(),
        "holds": Hold.objects.filter(target__in=records, lifted_at__isnull=False).exclude(reason="").count(),
    }


def _remove(records: Keys, _order: int) -> Counts:
    """The key of an answer stays, so that what is sent again is not taken for new."""
    answers = Answered.objects.filter(record__in=records).exclude(body="").update(body="", digest="")
    past = Hold.objects.filter(target__in=records, lifted_at__isnull=False).exclude(reason="")
    return {"answers": answers, "holds": past.update(reason="")}


add(
    Room(
        name="journal",
        things={
            PRIVATE_VALUES: _("private values of the journal"),
            "answers": _("stored answers to machines"),
            "holds": _("reasons of holds that were lifted"),
        },
        held=_held,
        remove=_remove,
    )
)
