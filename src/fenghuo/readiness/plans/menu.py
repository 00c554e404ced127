from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.web.addresses import has_page
from fenghuo.kernel.web.menu import Entry, add

has_page("plan", "plans:plan")

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
