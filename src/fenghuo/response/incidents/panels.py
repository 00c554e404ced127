"""Panels: what rooms above show on the page of an incident. They add theirs in panels.py; each fetches itself."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from fenghuo.kernel.access.actor import Actor

PLACES = ("steps", "middle")


@dataclass(frozen=True, slots=True)
class Panel:
    """`url`: name of an address that takes the incident's number; `title` is the link for who has no scripts."""

    name: str
    place: str
    title: str | Promise
    url: str
    action: str
    order: int = 50


@dataclass(frozen=True, slots=True)
class Shown:
    name: str
    title: str
    address: str


_panels: list[Panel] = []


def add(panel: Panel) -> None:
    if panel.place not in PLACES:
        raise ValueError(f"panel {panel.name}: unknown place {panel.place}")
    _panels.append(panel)
    _panels.sort(key=lambda one: one.order)


def panels_for(actor: Actor, number: str) -> dict[str, list[Shown]]:
    """By place, those that this actor may use."""
    allowed = [panel for panel in _panels if actor.may(panel.action)]
    return {
        place: [
            Shown(panel.name, str(panel.title), reverse(panel.url, args=[number]))
            for panel in allowed
            if panel.place == place
        ]
        for place in PLACES
    }
