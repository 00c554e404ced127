"""Reading this room's messages: how their own faults read."""

from django.utils.translation import gettext as _

from fenghuo.kernel.web.machine.reading import add_reason, content_digest, extra_of, read_message

from .messages import Figures
from .models import Source

__all__ = ["content_digest", "extra_of", "read_message"]

add_reason("kind", lambda: _("is not a known kind of incident: leave it out, or see the list in the API description"))
add_reason("source", lambda: _("must be one of: %(sources)s") % {"sources": " ".join(Source.values)})
add_reason("position", lambda: _("latitude and longitude belong together and lie within ±90 and ±180 degrees"))
add_reason("empty", lambda: _("give text, figures or a location"))
add_reason(
    "extra_forbidden",
    lambda: _("is not a known figure; known are: %(names)s") % {"names": " ".join(Figures.model_fields)},
)
