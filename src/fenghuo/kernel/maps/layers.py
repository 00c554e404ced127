"""Layers: what rooms show on maps. They add a function in layers.py; it gives only what the actor may see."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from fenghuo.kernel.access.actor import Actor

type Features = Callable[[Actor], list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Layer:
    """`features` gives GeoJSON features, WGS 84, each with `title` and `url` among its properties."""

    name: str
    title: str | Promise
    action: str
    features: Features


_layers: dict[str, Layer] = {}


def add(layer: Layer) -> None:
    if layer.name in _layers:
        raise ValueError(f"layer {layer.name} twice")
    _layers[layer.name] = layer


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
