from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.web.menu import Entry, add

add(
    Entry(
        section="readiness",
        label=_("Who is within reach"),
        url="covering:coverage",
        icon="map-pin",
        order=65,
        action="coverage.read",
    )
)
