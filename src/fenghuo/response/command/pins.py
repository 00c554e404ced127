"""The board's map: what lies where, in the form that the map component reads (assets/map.ts)."""

import json
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.assignments.models import Assignment, State
from fenghuo.kernel.assignments.states import OPEN
from fenghuo.kernel.maps.layers import layer
from fenghuo.response.incidents.models import IncidentState

from .board import Picture, Row

LATER = ("shelters",)  # layers of rooms that may not be there yet


def map_data(picture: Picture, actor: Actor) -> dict[str, Any]:
    """{"points", "areas", "ways"}: pins with labels, areas of incidents, who is on the way from where to where."""
    orders = _orders_by_team(picture)
    points = [point for row in picture.rows if (point := _incident(row))]
    points += [point for team in picture.teams if (point := _team(team, orders.get(team.pk)))]
    points += [point for name in LATER for point in _layer(name, actor)]
    return {
        "points": points,
        "areas": [{"name": name, "geometry": json.loads(text)} for name, text in picture.areas],
        "ways": [way for team in picture.teams if (way := _way(team, orders.get(team.pk)))],
    }


def _orders_by_team(picture: Picture) -> dict[int, Assignment]:
    """The order that a team is busy with: the one it has said most about, then the newest."""
    found: dict[int, Assignment] = {}
    for order in picture.orders:
        before = found.get(order.to_id)
        if order.state in OPEN and not (before and before.arrived_at and not order.arrived_at):
            found[order.to_id] = order
    return found


def _incident(row: Row) -> dict[str, Any] | None:
    it = row.it
    if it.latitude is None:
        return None
    exercise = _("Exercise") + " " if it.record.exercise else ""
    held = str(it.get_state_display()) if it.state == IncidentState.CONTROLLED else row.level_word
    return {
        "sort": "incident",
        "latitude": it.latitude,
        "longitude": it.longitude,
        "title": f"{exercise}{it.record.title}",
        "word": held,
        "level": row.level or 0,
        "look": "held" if it.state == IncidentState.CONTROLLED else "",
        "url": reverse("incidents:incident", args=[it.record.number]),
    }


def _team(team: Any, order: Assignment | None) -> dict[str, Any] | None:
    """At its base; when it has arrived, where it was sent to. Nobody knows where it is in between."""
    there = order is not None and order.arrived_at is not None and order.latitude is not None
    latitude, longitude = (order.latitude, order.longitude) if order and there else (team.latitude, team.longitude)
    if latitude is None:
        return None
    look, word = _said(order)
    return {
        "sort": "team",
        "latitude": latitude,
        "longitude": longitude,
        "title": team.name,
        "word": word,
        "look": look,
        "until": order.expected_at.isoformat() if order and order.expected_at and look == "way" else None,
        "level": 0,
        "url": reverse("teams:team", args=[team.record.number]),
    }


def _said(order: Assignment | None) -> tuple[str, str]:
    """(look, word) of a team with this order."""
    if order is None:
        return "idle", ""
    if order.arrived_at:
        return "there", _("there")
    if order.state == State.SENT and order.needs_ack:
        return "silent", _("not acknowledged")
    return "way", _("on the way") if order.state == State.UNDER_WAY or order.expected_at else _("acknowledged")


def _way(team: Any, order: Assignment | None) -> list[list[float]] | None:
    if order is None or order.arrived_at or order.state == State.SENT:
        return None
    if None in (team.latitude, order.latitude):
        return None
    return [[team.longitude, team.latitude], [order.longitude, order.latitude]]


def _layer(name: str, actor: Actor) -> list[dict[str, Any]]:
    found = layer(name, actor)
    return [
        {
            "sort": "shelter",
            "latitude": feature["geometry"]["coordinates"][1],
            "longitude": feature["geometry"]["coordinates"][0],
            "title": feature["properties"]["title"],
            "word": feature["properties"].get("word", ""),
            "look": "",
            "level": 0,
            "url": feature["properties"]["url"],
        }
        for feature in (found.features(actor) if found else [])
    ]
