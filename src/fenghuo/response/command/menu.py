from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.web.menu import Entry, add

add(
    Entry(
        section="duty",
        label=_("Wall board"),
        url="command:board",
        icon="device-tv",
        order=27,
        action="board.read",
    )
)
