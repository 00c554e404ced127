"""An incident whose orders are still being carried out cannot be closed unseen."""

from django.utils.translation import gettext as _

from fenghuo.kernel.assignments.models import Assignment
from fenghuo.kernel.assignments.states import OPEN
from fenghuo.response.incidents.closing import Matter, check
from fenghuo.response.incidents.figures import with_merged
from fenghuo.response.incidents.models import Incident


@check
def orders_open(incident: Incident) -> list[Matter]:
    standing = Assignment.objects.filter(about__in=with_merged(incident), state__in=OPEN).select_related("record")
    return [
        Matter(
            _("Order %(number)s to %(to)s is open: let it be finished, or withdraw it.")
            % {"number": one.record.number, "to": one.to_name},
            blocks=True,
        )
        for one in standing.order_by("pk")
    ]
