from django.utils.translation import gettext_lazy as _

from fenghuo.response.incidents.panels import Panel, add

add(Panel("orders", "steps", _("Orders and whom to send"), "command:orders", "assignments.read", order=10))
add(Panel("ways", "middle", _("Ways and times"), "command:ways", "closures.read", order=20))
add(Panel("videos", "middle", _("Cameras and meetings"), "command:videos", "incidents.read", order=50))
