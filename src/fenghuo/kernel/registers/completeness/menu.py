from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.web import menu

menu.add(
    menu.Entry(
        section="readiness",
        label=_("Data completeness"),
        url="completeness:units",
        icon="list-check",
        order=29,
        action="registry.read",
    )
)
