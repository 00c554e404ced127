from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.web.addresses import has_page
from fenghuo.kernel.web.menu import Entry, add

has_page("person", "registers:row", "pk", before=("people",))

add(
    Entry(
        section="readiness",
        label=_("Contact book"),
        url="organisations:contacts",
        icon="phone",
        order=5,
        action="registry.read",
    )
)
add(
    Entry(
        section="readiness",
        label=_("Check of organisations"),
        url="organisations:check",
        icon="list-check",
        order=27,
        action="registry.read",
    )
)
add(
    Entry(
        section="readiness",
        label=_("Duplicates"),
        url="duplicates:all",
        icon="file-search",
        order=28,
        action="registry.keep",
    )
)
