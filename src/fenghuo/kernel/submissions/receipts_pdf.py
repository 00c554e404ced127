"""The receipt as PDF, by Typst."""

from importlib.resources import files
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.documents.typesetting import typeset
from fenghuo.kernel.witnesses import qr


def receipt_pdf(said: dict[str, Any]) -> bytes:
    """`said` as the page gets it. Raises: NoFont."""
    one = said["one"]
    rows = [
        (_("Kind of paper"), said["kind_name"]),
        (_("Paper"), one.record.title),
        (_("Sent by"), one.sender.name),
        (_("Accepted by"), one.receiver.name if one.receiver is not None else ""),
        (_("Number of the paper"), one.record.number),
        (_("Sent at"), _day(one.sent_at)),
        (_("Accepted at"), _day(one.settled_at)),
        (_("Enclosed"), "、".join(said["inside"]) or "—"),
        (_("Basis"), said["cited"]),
    ]
    data = {
        "title": _("Receipt"),
        "number": one.receipt,
        "number_word": _("Receipt no."),
        "rows": rows,
        "deemed": _("By law it counts as accepted, since it was not answered in time: %(law)s")
        % {"law": said["deemed_by"]}
        if said["deemed"]
        else "",
        "code": _modules(said["address"]),
        "check": _("Anyone can check this receipt at"),
        "address": said["address"],
        "demo": _("Demonstration data") if one.record.demo else "",
        "exercise": _("EXERCISE") if one.record.exercise else "",
        "seal": _("(seal)"),
    }
    return typeset(files(__package__).joinpath("receipt.typ").read_bytes(), data)


def _day(moment: Any) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment is not None else ""


def _modules(text: str) -> list[str]:
    """The code as rows of 0 and 1."""
    return ["".join("1" if dark else "0" for dark in row) for row in qr.matrix(text)]
