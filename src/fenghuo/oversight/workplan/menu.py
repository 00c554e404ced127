from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.web.addresses import has_page
from fenghuo.kernel.web.menu import Entry, add

has_page("workplan", "workplan:plan")
has_page("workplan_proof", "workplan:proof")
has_page("supervision_letter", "workplan:letter")

add(
    Entry(
        section="oversight",
        label=_("Work plan"),
        url="workplan:matrix",
        icon="list-check",
        order=10,
        action="workplans.read",
    )
)
