"""The menu: rooms add their entries in menu.py, in the three sections of the shell."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.actor import Actor

from .addresses import has_page
from .counting import count_all

SECTIONS = {"duty": _("Duty"), "readiness": _("Readiness"), "oversight": _("Delivery")}


@dataclass(frozen=True, slots=True)
class Entry:
    """`action` is the right without which the entry is not shown; `count` names what is waiting there, see counter."""

    section: str
    label: str | Promise
    url: str
    icon: str
    order: int
    action: str = ""
    count: str = ""
    args: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    label: str
    address: str
    icon: str
    count: int
    here: bool


type Counter = Callable[[Actor], dict[str, QuerySet[Any, Any]]]

_entries: list[Entry] = []
_counters: list[Counter] = []


def counter(function: Counter) -> Counter:
    """Register a function that gives the rows that are waiting, by the name of their count; empty without the right.

    They are counted all together, in one query, since every page asks.
    """
    _counters.append(function)
    return function


def add(entry: Entry) -> None:
    if entry.section not in SECTIONS:
        raise ValueError(f"unknown section {entry.section}")
    _entries.append(entry)
    _entries.sort(key=lambda one: one.order)


def menu_for(actor: Actor, path: str) -> list[tuple[str, list[Shown]]]:
    """(section, entries) of what this actor may use; empty sections are left out."""
    allowed = [entry for entry in _entries if not entry.action or actor.may(entry.action)]
    addresses = {entry: reverse(entry.url, args=entry.args) for entry in allowed}
    counts = _counted(actor)
    here = max((address for address in addresses.values() if path.startswith(address)), key=len, default="")
    shown = {
        section: [
            Shown(
                label=str(entry.label),
                address=addresses[entry],
                icon=entry.icon,
                count=counts.get(entry.count, 0),
                here=addresses[entry] == here and (here != "/" or path == "/"),
            )
            for entry in allowed
            if entry.section == section
        ]
        for section in SECTIONS
    }
    return [(str(SECTIONS[section]), entries) for section, entries in shown.items() if entries]


def _counted(actor: Actor) -> dict[str, int]:
    return count_all({name: rows for count in _counters for name, rows in count(actor).items()})


add(Entry(section="duty", label=_("Today"), url="web:today", icon="home", order=10))
add(
    Entry(
        section="oversight",
        label=_("Journal audit"),
        url="web:journal",
        icon="file-search",
        order=90,
        action="journal.search",
    )
)
add(Entry(section="readiness", label=_("Regions"), url="web:regions", icon="map-2", order=30, action="registry.read"))

has_page("unit", "web:unit")
has_page("region", "web:regions", query="at")
