"""What the timeline says of reports, in the reader's language."""

from django.utils.translation import gettext as _

from fenghuo.kernel.journal.telling import Told, sentence

from .models import DismissReason, Source


@sentence("report.received", sample={"source": "110", "kind": "road_traffic", "number": "R20260512-0001"})
def received(told: Told) -> str:
    return _("Report received from %(source)s") % {"source": Source(told.public["source"]).label}


@sentence("report.supplemented", sample={})
def supplemented(told: Told) -> str:
    return _("Further facts were added")


@sentence("report.dismissed", sample={"reason": "prank"})
def dismissed(told: Told) -> str:
    return _("Dismissed: %(reason)s") % {"reason": DismissReason(told.public["reason"]).label}


@sentence("report.handed_over", sample={"to": "610118000000-PSB"})
def handed_over(told: Told) -> str:
    return _("Handed over to %(unit)s") % {"unit": told.titles[1] if len(told.titles) > 1 else told.public["to"]}


@sentence("quarantine.kept", sample={"status": 422, "bytes": 120})
def kept(told: Told) -> str:
    return _("An unreadable message was kept (%(bytes)s bytes)") % {"bytes": told.public["bytes"]}


@sentence("quarantine.settled", sample={})
def settled(told: Told) -> str:
    return _("The unreadable message was dealt with")
