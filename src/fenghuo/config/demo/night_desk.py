"""The desk and the teams of the storm night: incidents are opened, forces sent, and their answers come in.

Through the machine door only, so that it rehearses what machines may rely on. Seeded: the same night each time.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from .storm import Told

type Send = Callable[[str, str, Any], tuple[int, Any]]  # method, path below /api/v1/, body → status, document

MOST_TEAMS = 3
# How often a receiver does what: it comes, comes later, cannot come, or is not heard of.
COMES, LATER, CANNOT = 0.6, 0.7, 0.82
MOST_SILENT, MOST_UNDER_WAY = 2, 3  # at one time; more of them and nobody would be left to send
ORDER = "请即赶赴现场处置,到达后报告。"


@dataclass
class NightDesk:
    """`take` each report in its order, then `end`."""

    send: Send
    seed: int = 610118
    incidents: dict[int, str] = field(default_factory=dict)  # event → number of its incident
    orders: dict[int, str] = field(default_factory=dict)  # id → what became of it, as far as this desk knows
    _silent: list[int] = field(default_factory=list)
    _under_way: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._random = Random(self.seed)  # noqa: S311 - the same night each time is the point

    def take(self, one: Told, report: int) -> None:
        """Nonsense is put aside; the first call of an event opens its incident, later ones join it."""
        if one.event is None:
            self._do(f"reports/{report}/dismiss", {"reason": "advice"})
        elif number := self.incidents.get(one.event):
            self._do(f"incidents/{number}/join_report", {"report": report})
            self._order(number)  # more may be known now, and more teams free
        else:
            made = self._do("incidents", {"reports": [report]})
            self.incidents[one.event] = made["number"]
            self._order(made["number"])
        self._go_on()

    def end(self) -> None:
        """Those still on the way come to an end; the last who are not heard of are left to their chain."""
        while self._under_way:
            self._finish(self._under_way.pop())

    def _order(self, number: str) -> None:
        _status, proposal = self.send("GET", f"incidents/{number}/proposal?kind=teams&most={MOST_TEAMS}", None)
        teams = [choice["team"]["id"] for choice in proposal["choices"]]
        if not teams:
            return
        made = self._do(f"incidents/{number}/assignments", {"to": teams, "text": ORDER})
        declined = [self._answer(order) for order in made["items"]]
        if any(declined):  # whoever cannot come is replaced, once
            _status, proposal = self.send("GET", f"incidents/{number}/proposal?kind=teams&most={MOST_TEAMS}", None)
            others = [choice["team"]["id"] for choice in proposal["choices"]]
            if others:
                for order in self._do(f"incidents/{number}/assignments", {"to": others, "text": ORDER})["items"]:
                    self._answer(order)

    def _answer(self, order: dict[str, Any]) -> bool:
        """What the receiver does; whether it cannot come."""
        key, chance = order["id"], self._random.random()
        minutes = (order["travel_minutes"] or 20) + self._random.randrange(5)
        if chance < LATER:
            said = {"eta_minutes": minutes} if chance < COMES else {"eta_minutes": minutes + 30, "later": True}
            self._do(f"assignments/{key}/acknowledge", said)
            self.orders[key] = "acknowledged"
            self._under_way.append(key)
        elif chance < CANNOT:
            self._do(f"assignments/{key}/decline", {"reason": self._random.choice(("路断了", "车辆故障", "人员不足"))})
            self.orders[key] = "declined"
            return True
        else:
            self.orders[key] = "silent"
            self._silent.append(key)
        return False

    def _go_on(self) -> None:
        """With each call that comes in, who is longest on the way finishes and who is longest silent is let go."""
        if len(self._under_way) > MOST_UNDER_WAY:
            self._finish(self._under_way.pop(0))
        if len(self._silent) > MOST_SILENT:
            order = self._silent.pop(0)
            self._do(f"assignments/{order}/withdraw", {"reason": "现场已由其他力量处置"})
            self.orders[order] = "withdrawn"

    def _finish(self, order: int) -> None:
        self._do(f"assignments/{order}/progress", {"arrived": True})
        self._do(f"assignments/{order}/finish", {"result": "已处置完毕"})
        self.orders[order] = "finished"

    def _do(self, path: str, body: dict[str, Any]) -> Any:
        status, document = self.send("POST", path, body)
        if status >= 400:
            raise RuntimeError(f"{path}: {status} {document}")
        return document
