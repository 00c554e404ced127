from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.web.addresses import has_page
from fenghuo.kernel.web.menu import Entry, add

has_page("plan", "plans:plan")
has_page("plan_check", "plans:check_round")
has_page("plan_check_item", "plans:check_item")

add(
    Entry(
        section="readiness",
        label=_("Plan coverage"),
        url="plans:coverage",
        icon="list-check",
        order=42,
        action="plans.read",
    )
)
add(
    Entry(
        section="readiness",
        label=_("Checks of plans"),
        url="plans:check_rounds",
        icon="clipboard-check",
        order=43,
        action="plan_checks.read",
    )
)
