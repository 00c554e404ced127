"""Other grounds for maps than the county's own: 天地图, where the county has set its key.

Its tiles lie in Web Mercator over CGCS2000, centimetres from WGS 84: nothing is shifted, unlike GCJ-02.
"""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

DEEPEST = 18  # the last zoom for which there are tiles
LAYERS = {"vec": ("vec", "cva"), "img": ("img", "cia")}  # ground and its names


def backgrounds() -> list[dict[str, Any]]:
    """[{"name", "title", "note", "credit", "deepest", "tiles": [[address, …] of each layer]}]; none without a key."""
    if not settings.TIANDITU_KEY:
        return []
    titles = {"vec": _("Tianditu: map"), "img": _("Tianditu: pictures from above")}
    note = _("Tianditu's servers learn which part of the map this screen shows, and the county's key.")
    return [
        {
            "name": name,
            "title": titles[name],
            "note": note,
            "credit": "© 国家地理信息公共服务平台（天地图）",
            "deepest": DEEPEST,
            "tiles": [[_address(server, layer) for server in settings.TIANDITU_SERVERS] for layer in layers],
        }
        for name, layers in LAYERS.items()
    ]


def _address(server: str, layer: str) -> str:
    return (
        f"{server}/{layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER={layer}&STYLE=default"
        f"&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={{z}}&TILEROW={{y}}&TILECOL={{x}}&tk={settings.TIANDITU_KEY}"
    )
