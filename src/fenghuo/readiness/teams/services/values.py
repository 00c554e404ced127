"""What may be said of a team, and what is wrong with it, field by field."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

from django.utils.translation import gettext as _

from fenghuo.geo.areas import position_doubts
from fenghuo.kernel.access.errors import Fault, Invalid
from fenghuo.kernel.access.given import text_faults
from fenghuo.kernel.access.models import Region
from fenghuo.kernel.registry.places import places
from fenghuo.standards.capabilities import CAPABILITIES

from ..models import TeamKind

NAME_MOST, NOTE_MOST = 80, 2000
PEOPLE_MOST, COUNT_MOST = 100_000, 1_000_000
ROWS_MOST = 200
PIECE_MOST, MEASURE_MOST = 60, 12


@dataclass(frozen=True, slots=True)
class Piece:
    """Equipment: `count` of `name`, in `measure` (台, 套, 艘), which may be empty."""

    name: str
    count: int
    measure: str = ""


class TeamValues(TypedDict, total=False):
    """What create_team and change_team may be told; what is absent is left as it is.

    `latitude`, `longitude`: WGS 84 degrees, both or none (None: where its region lies). `outside`: it really lies
    outside the county. `people`: None when unknown.
    """

    name: str
    kind: str
    capabilities: Sequence[str]
    equipment: Sequence[Piece]
    people: int | None
    latitude: float | None
    longitude: float | None
    outside: bool
    region: Region
    note: str


def check(said: TeamValues) -> None:
    """Raises: Invalid naming each field that is wrong."""
    faults = [*_texts(said), *_numbers(said), *_lists(said), *_position(said)]
    if faults:
        raise Invalid(*faults)


def _texts(said: TeamValues) -> Iterator[Fault]:
    if "name" in said:
        yield from text_faults("name", said["name"], NAME_MOST, needed=True)
    if "note" in said:
        yield from text_faults("note", said["note"], NOTE_MOST)
    if "kind" in said and said["kind"] not in TeamKind.values:
        yield Fault("kind", _("must be one of: %(known)s") % {"known": " ".join(TeamKind.values)}, said["kind"][:50])


def _numbers(said: TeamValues) -> Iterator[Fault]:
    people = said.get("people")
    if people is not None and not 0 <= people <= PEOPLE_MOST:
        yield Fault("people", _between(0, PEOPLE_MOST), people)


def _between(least: int, most: int) -> str:
    return _("must lie between %(least)s and %(most)s") % {"least": least, "most": most}


def _lists(said: TeamValues) -> Iterator[Fault]:
    for place, slug in enumerate(said.get("capabilities", ())):
        if slug not in CAPABILITIES:
            known = " ".join(CAPABILITIES)
            yield Fault(
                f"capabilities.{place}",
                _("is not a known capability; known are: %(known)s") % {"known": known},
                slug[:50],
            )
    pieces = said.get("equipment", ())
    if len(pieces) > ROWS_MOST:
        yield Fault("equipment", _("has more than %(most)s rows") % {"most": ROWS_MOST}, len(pieces))
        return
    for place, piece in enumerate(pieces):
        yield from text_faults(f"equipment.{place}.name", piece.name, PIECE_MOST, needed=True)
        yield from text_faults(f"equipment.{place}.measure", piece.measure, MEASURE_MOST)
        if not 0 <= piece.count <= COUNT_MOST:
            yield Fault(f"equipment.{place}.count", _between(0, COUNT_MOST), piece.count)


def _position(said: Mapping[str, Any]) -> Iterator[Fault]:
    """A position that is doubted is refused, and the one that was probably meant is offered."""
    if "latitude" not in said and "longitude" not in said:
        return
    latitude, longitude = said.get("latitude"), said.get("longitude")
    if latitude is None and longitude is None:
        return
    if latitude is None or longitude is None:
        lacking = "latitude" if latitude is None else "longitude"
        yield Fault(lacking, _("latitude and longitude belong together: give both or neither"), None)
        return
    area = places().area
    if area is None:
        if not (abs(latitude) <= 90 and abs(longitude) <= 180):
            yield Fault("latitude", _("The position cannot be on earth."), [latitude, longitude])
        return
    for doubt in position_doubts(latitude, longitude, area):
        meant = f"{doubt.latitude:.5f}, {doubt.longitude:.5f}" if doubt.latitude is not None else ""
        match doubt.mark:
            case "swapped":
                words = _("Latitude and longitude seem to be swapped. Probably meant: %(meant)s") % {"meant": meant}
            case "gcj02" | "bd09":
                words = _("The position lies in the county only when read as %(crs)s. In WGS 84 it is: %(meant)s") % {
                    "crs": doubt.mark.upper(),
                    "meant": meant,
                }
            case "outside":
                if said.get("outside"):
                    continue
                words = _("lies %(km)s km outside the county. If that is right, say that it lies outside.") % {
                    "km": f"{(doubt.metres or 0) / 1000:.1f}"
                }
            case _:
                words = _("The position cannot be on earth.")
        yield Fault("latitude", words, [latitude, longitude])
