"""What is written into an order, checked: its basis, its reason, and the numbers of the records it names."""

import re
import unicodedata

from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault
from fenghuo.kernel.access.models import Record
from fenghuo.standards.retention import bases

from ..rooms import kinds

MOST_RECORDS = 20_000
MOST_REASON = 1000
SHOWN = 10
_BETWEEN = re.compile(r"[\s,;、，；]+")
# Telephones and identity numbers; those of records have at most eight digits together.
_PERSONAL = re.compile(r"\d{9,}|1[3-9]\d[ -]\d{4}[ -]\d{4}|0\d{2,3}-\d{7,8}")


def basis_faults(basis: str, basis_text: str) -> list[Fault]:
    known = bases()
    if basis not in known:
        return [Fault("basis", _("choose the legal basis of the order"), basis)]
    if not known[basis].source and not basis_text.strip():
        return [Fault("basis_text", _("say which law or rule it is, when it is another basis"), basis_text)]
    return _personal("basis_text", basis_text, 300)


def reason_faults(reason: str) -> list[Fault]:
    if not reason.strip():
        return [Fault("reason", _("say why these values are destroyed"), reason)]
    return _personal("reason", reason, MOST_REASON)


def _personal(field: str, text: str, most: int) -> list[Fault]:
    """An order is kept when what it removes is gone: it must not hold the same again."""
    if len(text) > most:
        return [Fault(field, _("must be at most %(most)s characters long") % {"most": most}, text[:200])]
    if "\x00" in text:
        return [Fault(field, _("holds a character that cannot be kept (U+0000)"), text[:200])]
    if found := _PERSONAL.search(unicodedata.normalize("NFKC", text)):
        said = _("seems to hold a telephone or identity number; the order is kept for good, so leave it out")
        return [Fault(field, said, found[0])]
    return []


def read_numbers(said: str) -> list[str]:
    """The numbers of records as people list them, each once."""
    return list(dict.fromkeys(part for part in _BETWEEN.split(said.strip()) if part))


def find_records(numbers: list[str], by: Actor) -> tuple[list[int], list[Fault]]:
    """(keys, faults). What the actor may not see is not told from what is not there."""
    if not numbers:
        return [], [Fault("records", _("name at least one record by its number"), "")]
    if len(numbers) > MOST_RECORDS:
        said = _("name at most %(most)s records in one order") % {"most": MOST_RECORDS}
        return [], [Fault("records", said, len(numbers))]
    found: dict[str, int] = {}
    for start in range(0, len(numbers), 500):
        rows = Record.objects.visible_to(by).filter(number__in=numbers[start : start + 500], kind__in=kinds())
        found |= dict(rows.values_list("number", "pk"))
    unknown = [number for number in numbers if number not in found]
    if unknown:
        said = _(
            "no such record, or you may not see it, or it is of a kind that no order names: %(numbers)s. "
            "Name reports, incidents, unreadable messages and unusable replies by their numbers."
        )
        return [], [Fault("records", said % {"numbers": _some(unknown)}, unknown[:SHOWN])]
    return [found[number] for number in numbers], []


def _some(numbers: list[str]) -> str:
    shown = " ".join(number[:40] for number in numbers[:SHOWN])
    return f"{shown} … ({len(numbers)})" if len(numbers) > SHOWN else shown
