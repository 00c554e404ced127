"""What may be done with a closure. What has run out may be given another end, or be lifted.

After a change it stands, or does not yet, as its beginning says.
"""

from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.transitions import Transitions

from .models import Standing

CLOSURE_STATES = Transitions(
    (Standing.COMING, "change", Standing.CLOSED),
    (Standing.COMING, "lift", Standing.LIFTED),
    (Standing.CLOSED, "change", Standing.CLOSED),
    (Standing.CLOSED, "lift", Standing.LIFTED),
    (Standing.OVER, "change", Standing.CLOSED),
    (Standing.OVER, "lift", Standing.LIFTED),
    words={**dict(Standing.choices), "change": _("Change"), "lift": _("Lift the restriction")},
)
