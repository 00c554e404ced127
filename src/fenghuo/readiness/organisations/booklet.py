"""The contact book as a booklet to print, by Typst: line by line, town by town, with contents and page numbers."""

from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.documents.typesetting import typeset

from .selectors.book import Entry, Group, grouped


def booklet_pdf(found: Sequence[Entry], *, by: Actor, place: str) -> bytes:
    """Raises: NoFont."""
    how_many = ngettext("%(n)s person", "%(n)s people", len(found)) % {"n": len(found)}
    moment = timezone.localtime().strftime("%Y-%m-%d %H:%M")
    data = {
        "title": _("Emergency contact book"),
        "place": place,
        "made": f"{how_many} · {_('Printed at')} {moment} · {_('Printed by')} {by.label}",
        "secret": _("Personal numbers: for duty only"),
        "demo": _("Demonstration data") if any(one.person.record.demo for one in found) else "",
        "nobody": _("Nobody whom you may see fits."),
        "heads": [_("Unit"), _("Full name"), _("Post"), _("Mobile telephone"), _("Office telephone")],
        "groups": [_group(group) for group in grouped(found)],
    }
    return typeset(files(__package__).joinpath("booklet.typ").read_bytes(), data)


def _group(group: Group) -> dict[str, Any]:
    return {
        "name": group.town.name if group.town is not None else _("Lines (departments)"),
        "units": [
            {
                "name": of_unit.unit.name,
                "phone": of_unit.unit.phone,
                "people": [
                    {"name": one.person.name, "post": one.title, "mobile": one.person.mobile, "phone": one.person.phone}
                    for one in of_unit.entries
                ],
            }
            for of_unit in group.units
        ],
    }
