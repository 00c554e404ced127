from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.web.addresses import has_page
from fenghuo.kernel.web.menu import Entry, add

has_page("closure", "maps:closure")

add(Entry(section="duty", label=_("Map"), url="maps:county", icon="map", order=58, action="closures.read"))
add(
    Entry(
        section="duty",
        label=_("Road restrictions"),
        url="maps:closures",
        icon="barrier-block",
        order=60,
        action="closures.read",
    )
)
