"""Layers: what rooms show on maps. They add a function in layers.py; it gives only what the actor may see."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise

from fenghuo.kernel.access.actor import Actor

type Features = Callable[[Actor], list[dict[str, Any]]]
type Narrowed = Callable[[Actor, Mapping[str, Any]], list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Layer:
    """`features` gives GeoJSON features, WGS 84, each with `title` and `url` among its properties.

    `narrowed` gives those that the parameters of a list's address ask for; `home`: address of that list. `choice`:
    people may lay it over a map; what every map shows anyway is none. `order` among the choices.
    """

    name: str
    title: str | Promise
    action: str
    features: Features
    narrowed: Narrowed | None = None
    home: Callable[[], str] | None = None
    choice: bool = False
    order: int = 100


_layers: dict[str, Layer] = {}


def add(layer: Layer) -> None:
    if layer.name in _layers:
        raise ValueError(f"layer {layer.name} twice")
    _layers[layer.name] = layer


def offer(layer: Layer) -> None:
    """A register's layer. A room that draws its own keeps it, and gets the list's filters from the register."""
    own = _layers.get(layer.name)
    _layers[layer.name] = (
        replace(own, narrowed=layer.narrowed, home=layer.home, choice=True, order=layer.order) if own else layer
    )


def choices(actor: Actor) -> list[Layer]:
    """What this actor may lay over a map, in order."""
    found = [one for one in _layers.values() if one.choice and actor.may(one.action)]
    return sorted(found, key=lambda one: one.order)


def layer(name: str, actor: Actor) -> Layer | None:
    found = _layers.get(name)
    return found if found and actor.may(found.action) else None


def collection(features: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": features}


def point(latitude: float, longitude: float, **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
        "properties": properties,
    }
