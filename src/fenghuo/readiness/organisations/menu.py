from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.web import menu
from fenghuo.kernel.web.addresses import has_page

has_page("person", "registers:row", "pk", before=("people",))

menu.add(
    menu.Entry(
        section="readiness",
        label=_("Duplicates"),
        url="duplicates:all",
        icon="file-search",
        order=28,
        action="registry.keep",
    )
)
