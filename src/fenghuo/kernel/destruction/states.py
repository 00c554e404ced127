"""What may be done with a destruction order in which state."""

from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.transitions import Transitions

from .models import OrderState

ORDER_STATES = Transitions(
    (OrderState.PREPARING, "submit", OrderState.DRAFTED),
    (OrderState.PREPARING, "cancel", OrderState.CANCELLED),  # who drew it up was cut off
    (OrderState.DRAFTED, "confirm", OrderState.RUNNING),
    (OrderState.DRAFTED, "cancel", OrderState.CANCELLED),
    (OrderState.RUNNING, "complete", OrderState.DONE),
    (OrderState.RUNNING, "cancel", OrderState.CANCELLED),  # what is gone is gone, the rest stays
    # A restored backup has brought back what it had destroyed.
    *((state, "reapply", OrderState.RUNNING) for state in OrderState),
    words={
        **dict(OrderState.choices),
        "submit": _("Submit"),
        "confirm": _("Confirm"),
        "complete": _("Complete"),
        "cancel": _("Cancel"),
        "reapply": _("Apply again"),
    },
)
