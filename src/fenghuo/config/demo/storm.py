"""A night of storms over the demo county: 200 messages from 110, 119, 120 and towns, the same each time.

Many tell of the same events in other words, from other places; some add facts to an earlier call; some are nonsense.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

COUNT = 200
EVENTS = 48
NONSENSE = 24
UPDATES = 20

# kind, what callers say, figures that they may name
SCENES: tuple[tuple[str, tuple[str, ...], tuple[dict[str, int], ...]], ...] = (
    (
        "flood",
        ("{place}村里进水,齐膝深,老人出不来", "{place}家里淹了,两人被困", "{place}积水严重,请派人排水"),
        ({"trapped": 2}, {}),
    ),
    (
        "road_traffic",
        ("{place}两车相撞,有人受伤", "{place}车祸,伤者两名,要救护车", "{place}货车侧翻堵住路口"),
        ({"injured": 2}, {"injured": 3, "trapped": 1}),
    ),
    (
        "landslide",
        ("{place}后山滑坡,压了一间房", "{place}山坡塌下来埋了路", "{place}滑坡,有人没跑出来"),
        ({"missing": 1}, {}),
    ),
    ("gale", ("{place}大风刮倒树压断电线", "{place}停电了,电线落在路上", "{place}树倒砸了两辆车"), ({},)),
    ("fire", ("{place}雷击起火,厂房冒烟", "{place}着火了,火很大", "{place}仓库起火,无人被困"), ({"trapped": 0}, {})),
    (
        "rescue_request",
        ("{place}有人落水", "{place}河边一人被冲走", "{place}车被困在涵洞,司机在车顶"),
        ({"trapped": 1},),
    ),
)
SENDERS = {"fire": ("119", "110"), "road_traffic": ("110", "120", "122")}
NOTHING = (
    *("你们局长电话多少", "请问明天下雨吗", "打错了", "喂喂喂听得见吗", "我家猫上树了下不来", "楼上吵得睡不着"),
    *("骗你们的哈哈", "能不能帮我叫个外卖", "小区停水什么时候来", "想咨询防汛补贴怎么申请"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """`name` as people say it; WGS 84 degrees."""

    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Told:
    """One message. `event` is its event's number, None for nonsense; `adds_to` the earlier call it adds facts to."""

    number: int
    sender: str
    event: int | None
    adds_to: int | None
    content: dict[str, Any]


def night(places: list[Place], end: datetime, seed: int = 610118) -> list[Told]:
    """200 messages of the six hours before `end`, by time. `places`: the county's villages or towns."""
    random = Random(seed)  # noqa: S311 - the same night each time is the point
    events = list(_events(random, places))
    raw: list[tuple[float, int | None, str, dict[str, Any]]] = []
    for number, (minute, _place, _scene) in enumerate(events):
        raw.append(_message(random, number, events, minute))
    while len(raw) < COUNT - NONSENSE - UPDATES:
        number = random.randrange(EVENTS)
        raw.append(_message(random, number, events, events[number][0] + random.uniform(1, 35)))
    for _number in range(NONSENSE):
        minute = random.uniform(0, 350)
        raw.append((minute, None, random.choice(("110", "12345")), {"text": random.choice(NOTHING)}))
    raw.sort(key=lambda one: one[0])
    return _numbered(random, raw, end)


def _events(random: Random, places: list[Place]) -> Iterator[tuple[float, Place, int]]:
    """(minute, place, scene); two events of one place are never of one scene."""
    seen: set[tuple[int, int]] = set()
    while len(seen) < EVENTS:
        place, scene = random.randrange(len(places)), random.randrange(len(SCENES))
        if (place, scene) not in seen:
            seen.add((place, scene))
            yield random.uniform(0, 310), places[place], scene


def _message(
    random: Random, number: int, events: list[tuple[float, Place, int]], minute: float
) -> tuple[float, int | None, str, dict[str, Any]]:
    _minute, place, scene = events[number]
    kind, words, figures = SCENES[scene]
    location: dict[str, Any] = {"address": place.name}
    if random.random() < 0.6:
        location |= {
            "latitude": round(place.latitude + random.uniform(-0.003, 0.003), 6),
            "longitude": round(place.longitude + random.uniform(-0.003, 0.003), 6),
        }
    content: dict[str, Any] = {"text": random.choice(words).format(place=place.name), "location": location}
    if random.random() < 0.8:
        content["kind"] = kind
    if said := random.choice(figures):
        content["figures"] = said
    return minute, number, random.choice(SENDERS.get(kind, ("110", "119", "unit"))), content


def _numbered(random: Random, raw: list[tuple[float, int | None, str, dict[str, Any]]], end: datetime) -> list[Told]:
    start = end - timedelta(minutes=360)
    told = []
    for number, (minute, event, source, content) in enumerate(raw):
        at = (start + timedelta(minutes=minute)).replace(microsecond=0)
        whole = {"source": source, "source_id": f"STORM-{number:04d}", "received_at": at.isoformat()} | content
        told.append(Told(number, source, event, None, whole))
    calls = [one for one in told if one.event is not None]
    for number, first in enumerate(random.sample(calls, UPDATES), len(told)):
        facts = {"text": random.choice(("又有一人受伤", "水还在涨", "人已救出", "请求增援"))}
        told.append(Told(number, first.sender, first.event, first.number, facts))
    return told
