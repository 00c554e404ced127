"""What may be said of clauses and targets, and what is wrong with it, field by field."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TypedDict

from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.errors import Fault, Invalid
from fenghuo.kernel.access.given import text_faults
from fenghuo.kernel.access.models import Region, Unit
from fenghuo.kernel.measures.registering import Measure, measure_of
from fenghuo.standards.subjects import SUBJECTS

from ..models import Every, Quota
from ..scopes import KINDS
from ..spans import spans_of

TITLE_MOST, TEXT_MOST, KEY_MOST, NUMBER_MOST, QUOTA_MOST, WEIGHT_MOST = 120, 4000, 48, 16, 1_000_000, 100
YEARS = (1990, 2199)


class ClauseValues(TypedDict, total=False):
    number: str
    chapter: str
    title: str
    text: str


class TargetValues(TypedDict, total=False):
    """`measure`: "" or one that nobody registers: not measured yet. `block` None: that of the whole plan.

    `units`: those named beside kinds, block and lines.
    """

    key: str
    title: str
    measure: str
    options: Mapping[str, str]
    kinds: Sequence[str]
    block: Region | None
    lines: Sequence[str]
    units: Sequence[Unit]
    lead: Sequence[Unit]
    support: Sequence[Unit]
    together: bool
    quota: int
    quota_kind: str
    every: str
    due: date
    weight: int


def check_clause(said: ClauseValues) -> None:
    """Raises: Invalid."""
    faults: list[Fault] = []
    for name, most in (("number", NUMBER_MOST), ("title", TITLE_MOST)):
        if name in said:
            faults += text_faults(name, said[name], most, needed=True)  # type: ignore[literal-required]
    for name, most in (("chapter", TITLE_MOST), ("text", TEXT_MOST)):
        if name in said:
            faults += text_faults(name, said[name], most)  # type: ignore[literal-required]
    if faults:
        raise Invalid(*faults)


def check_target(said: TargetValues, *, year: int, now_due: bool, nobody_yet: bool = False) -> None:
    """All of a target. `now_due`: the day must still be to come. `nobody_yet`: it needs no scope.

    Raises: Invalid naming each field that is wrong.
    """
    if faults := [
        *_texts(said),
        *_numbers(said),
        *_scope(said, nobody_yet),
        *_days(said, year, now_due),
        *_measured(said),
    ]:
        raise Invalid(*faults)


def _texts(said: TargetValues) -> Iterator[Fault]:
    yield from text_faults("title", said["title"], TITLE_MOST, needed=True)
    yield from text_faults("key", said["key"], KEY_MOST, needed=True)


def _numbers(said: TargetValues) -> Iterator[Fault]:
    between = _("must lie between %(least)s and %(most)s")
    most = 100 if said["quota_kind"] == Quota.PERCENT else QUOTA_MOST
    if not 1 <= said["quota"] <= most:
        reason = _("a target that asks for nothing cannot be missed") if said["quota"] == 0 else ""
        sentence = between % {"least": 1, "most": most}
        yield Fault("quota", f"{sentence}: {reason}" if reason else sentence, said["quota"])
    if not 1 <= said["weight"] <= WEIGHT_MOST:
        yield Fault("weight", between % {"least": 1, "most": WEIGHT_MOST}, said["weight"])
    for name, known in (("quota_kind", Quota.values), ("every", Every.values)):
        if said[name] not in known:  # type: ignore[literal-required]
            given = said[name]  # type: ignore[literal-required]
            yield Fault(name, _("must be one of: %(known)s") % {"known": " ".join(known)}, given)


def _scope(said: TargetValues, nobody_yet: bool) -> Iterator[Fault]:
    known = _("must be one of: %(known)s")
    for kind in said["kinds"]:
        if kind not in KINDS:
            yield Fault("kinds", known % {"known": " ".join(KINDS)}, kind[:50])
    for line in said["lines"]:
        if line not in SUBJECTS:
            yield Fault("lines", known % {"known": " ".join(SUBJECTS)}, line[:50])
    if not said["kinds"] and not said["units"] and not nobody_yet:
        yield Fault("kinds", _("say who has to reach it: kinds of unit, or units by name"))


def _days(said: TargetValues, year: int, now_due: bool) -> Iterator[Fault]:
    due = said["due"]
    if due.year != year:
        yield Fault("due", _("must lie in the year of the plan, %(year)s") % {"year": year}, due.isoformat())
    elif now_due and due < timezone.localdate():
        yield Fault("due", _("has passed: nobody could still reach it in time"), due.isoformat())
    elif said["every"] in Every.values and not spans_of(year, said["every"], due):
        yield Fault("due", _("lies before the end of the first span that has to be reached"), due.isoformat())


def _measured(said: TargetValues) -> Iterator[Fault]:
    yield from text_faults("measure", said["measure"], 64)
    measure = measure_of(said["measure"])
    if measure is None:
        return
    if measure.share != (said["quota_kind"] == Quota.PERCENT):
        wanted = _("a share in percent") if measure.share else _("a number")
        yield Fault(
            "quota_kind", _("“%(measure)s” is counted as %(wanted)s") % {"measure": measure.name, "wanted": wanted}
        )
    yield from _options(measure, said["options"])


def _options(measure: Measure, given: Mapping[str, str]) -> Iterator[Fault]:
    known = {option.name: option for option in measure.options}
    for name in sorted(set(given) - set(known)):
        yield Fault("options", _("“%(name)s” is nothing that this measure asks") % {"name": name[:50]}, given[name])
    for name, option in known.items():
        value = str(given.get(name, "")).strip()
        if not value:
            if option.needed:
                yield Fault("options", _("“%(name)s” is required") % {"name": option.label})
        elif option.choices is None:
            if not value.isdecimal() or len(value) > 7:
                yield Fault("options", _("“%(name)s” is a whole number") % {"name": option.label}, value[:50])
        else:
            words = value.split() if option.several else [value]
            for word in words:
                if word not in (choices := option.choices()):
                    said = _("“%(name)s” must be one of: %(known)s")
                    yield Fault("options", said % {"name": option.label, "known": " ".join(choices)}, word[:50])
