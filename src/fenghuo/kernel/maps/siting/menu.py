from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.web.menu import Entry, add

add(
    Entry(
        section="readiness",
        label=_("Where to build next"),
        url="siting:siting",
        icon="map-pin",
        order=66,
        action="siting.read",
    )
)
