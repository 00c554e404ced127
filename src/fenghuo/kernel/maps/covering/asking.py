"""What an address, or a machine, asks of a coverage."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from fenghuo.decision.coverage import Measure, Threshold
from fenghuo.geo.roads.access import MODES
from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, NotAllowed

from .kinds import Cover, covers
from .places import towns

STEPS = {Measure.MINUTES: (5, 10, 15, 30), Measure.METRES: (500, 1000, 2000, 5000)}
DEFAULT = 10  # minutes
MOST = {Measure.MINUTES: 240, Measure.METRES: 100_000}
WITHIN = re.compile(r"([0-9]{1,9})(min|m)")
ROADS, WHO = ("now", "open"), ("all", "ready")


@dataclass(frozen=True, slots=True)
class Asked:
    """`choice`: of the kind's filter; `most`: minutes or metres looked at; `roads`: with closures as they stand now,
    or as if all were open; `who`: all, or those that can be used now; `town`: a code, "" for the whole county.
    """

    cover: Cover
    choice: str
    measure: Measure
    most: int
    mode: str
    roads: str
    who: str
    town: str

    @property
    def thresholds(self) -> list[Threshold]:
        """The usual steps, and the one looked at, ascending."""
        return [Threshold(self.measure, one) for one in sorted({*STEPS[self.measure], self.most})]

    @property
    def query(self) -> str:
        """The address that asks the same."""
        said = {"of": self.cover.name, "choice": self.choice, self.measure.value: self.most, "mode": self.mode}
        said |= {"roads": self.roads, "who": self.who, "town": self.town}
        return urlencode({name: value for name, value in said.items() if value != ""})


def read(actor: Actor, said: Mapping[str, Any]) -> Asked:
    """What is not said is taken as usual. Raises: NotAllowed (nothing to ask about), Invalid (names the field)."""
    offered = {cover.name: cover for cover in covers(actor)}
    if not offered:
        raise NotAllowed(_("There is nothing that you may see and that could cover a place."))
    name = one_of("of", text_of(said, "of"), list(offered), next(iter(offered)))
    cover = offered[name]
    measure, most = _most(said)
    return Asked(
        cover=cover,
        choice=_choice(text_of(said, "choice"), cover, offered.values()),
        measure=measure,
        most=most,
        mode=one_of("mode", text_of(said, "mode"), MODES, cover.mode),
        roads=one_of("roads", text_of(said, "roads"), ROADS, ROADS[0]),
        who=one_of("who", text_of(said, "who"), WHO, WHO[0]),
        town=one_of("town", text_of(said, "town"), [code for code, _name in towns()], ""),
    )


def usual(actor: Actor) -> Asked:
    """Raises: NotAllowed."""
    return read(actor, {})


def _choice(given: str, cover: Cover, offered: Iterable[Cover]) -> str:
    """One that stands in the filter of another kind was left there when the kind was changed: it is passed over."""
    own = {slug for slug, _word in cover.choices()}
    others = {slug for one in offered for slug, _word in one.choices()}
    return "" if given in others - own else one_of("choice", given, sorted(own), "")


def text_of(said: Mapping[str, Any], name: str) -> str:
    value = said.get(name)
    return "" if value is None else str(value).strip()


def one_of(field: str, given: str, known: Any, otherwise: str) -> str:
    if given == "":
        return otherwise
    if given not in known:
        raise Invalid(Fault(field, _("must be one of: %(known)s") % {"known": " ".join(known)}, given[:50]))
    return given


def _most(said: Mapping[str, Any]) -> tuple[Measure, int]:
    """Metres when metres are said, else minutes; `within`: either of them in one word, as a page's list has them."""
    if within := text_of(said, "within"):
        parts = WITHIN.fullmatch(within)
        if parts is None:
            raise Invalid(Fault("within", _("must be like 10min or 1000m"), within[:20]))
        said = {(Measure.MINUTES if parts[2] == "min" else Measure.METRES).value: parts[1]}
    given = {measure: text_of(said, measure.value) for measure in Measure}
    if all(given.values()):
        raise Invalid(Fault("metres", _("Ask for minutes or for metres, not for both."), given[Measure.METRES][:20]))
    measure = Measure.METRES if given[Measure.METRES] else Measure.MINUTES
    text = given[measure]
    if not text:
        return measure, DEFAULT
    if not (text.isascii() and text.isdigit() and 0 < int(text[:9]) <= MOST[measure]):
        allowed = _("must be a whole number from 1 to %(most)s") % {"most": MOST[measure]}
        raise Invalid(Fault(measure.value, allowed, text[:20]))
    return measure, int(text)
