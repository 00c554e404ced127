"""Every register with positions is a layer of maps, narrowed by the same words of an address as its list."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.maps.layers import Layer, offer, point

from .asking import Unusable, found_rows, read_query
from .declaring import Register, registers
from .presenting import address_of_row, row_title

MOST = 2000  # points on a map


def offer_layers() -> None:
    for register in registers():
        if register.position is not None:
            offer(_layer(register))


def _layer(register: Register) -> Layer:
    return Layer(
        name=register.name,
        title=register.title,
        action=register.read,
        features=lambda actor: _features(register, actor, {}),
        narrowed=lambda actor, said: _features(register, actor, said),
        home=lambda: reverse("registers:list", args=[register.name]),
        choice=True,
        order=register.order,
    )


def _features(register: Register, actor: Actor, said: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What cannot be used of an address is left out, as the list does. Raises: NotAllowed."""
    try:
        asked = read_query(register, actor, said)
    except Unusable as unusable:
        asked = unusable.asked
    position = register.position or (lambda _row: None)
    rows = found_rows(register, actor, asked)[:MOST]
    return [
        point(*at, title=row_title(register, row), url=address_of_row(register, row), word="")
        for row in rows
        if (at := position(row))
    ]
