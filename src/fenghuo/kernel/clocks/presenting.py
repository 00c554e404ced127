"""Clocks as pages show them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Record
from fenghuo.kernel.web.addresses import address_of

from .listing import names_of
from .models import Clock, Telling
from .selectors import Shown, shown
from .states import STATES

# Kinds of record whose duties are information reports: only their being late is 迟报, only their omission 漏报 (ERL24
# art. 61). Whether something was 谎报 or 瞒报 no clock can tell.
REPORTS = ("report", "incident")


@dataclass(frozen=True, slots=True)
class Line:
    """One clock with its record. `word` says how it stands; `tone` colours it, never alone."""

    it: Shown
    record: Record
    address: str
    unit: str
    state: str
    word: str
    tone: str


@dataclass(frozen=True, slots=True)
class ShownTelling:
    at: datetime
    kind: str
    who: str
    channel: str
    state: str
    message: int


KINDS = {
    "before": gettext_lazy("before its end"),
    "at": gettext_lazy("at its end"),
    "after": gettext_lazy("when it was late"),
}
TONES = {"in_time": "fine", "late": "late", "missed": "late", "overdue": "late", "paused": "soon"}


def word_for(state: str, kind: str) -> str:
    """How a state is called for a clock of a record of this kind."""
    if kind in REPORTS and state in ("late", "missed"):
        return _("reported late") if state == "late" else _("not reported")
    return str(STATES[state])


def line(clock: Clock, names: Mapping[int, tuple[str, str]]) -> Line:
    unit = getattr(clock, "answering", None) or clock.record.unit_id
    said = shown(clock)
    return Line(
        it=said,
        record=clock.record,
        address=address_of(clock.record),
        unit=names.get(unit, ("", ""))[1] if unit else "",
        state=said.state,
        word=word_for(said.state, clock.record.kind),
        tone=TONES.get(said.state, ""),
    )


def lines(clocks: Iterable[Clock]) -> list[Line]:
    """With the names of the units whose duties they are; 1 query and what `clocks` costs."""
    rows = list(clocks)
    names = names_of({unit for one in rows if (unit := getattr(one, "answering", None))})
    return [line(one, names) for one in rows]


def tellings_of(clock: Clock, actor: Actor) -> Sequence[ShownTelling]:
    """Who was told of it, newest first; names only for those who read messages. 1 query."""
    rows = Telling.objects.filter(clock=clock).select_related("message").order_by("-pk")[:50]
    named = actor.may("messages.read")
    return [
        ShownTelling(
            at=row.message.created_at,
            kind=str(KINDS.get(row.kind, row.kind)),
            who=row.message.name if named else "",
            channel=str(row.message.get_channel_display()),
            state=str(row.message.get_state_display()),
            message=row.message_id,
        )
        for row in rows
    ]
