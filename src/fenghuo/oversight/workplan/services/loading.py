"""load_plan: a plan from a TOML file becomes a draft, whole or not at all. Its form stands in docs/workplan.md."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Region, Unit
from fenghuo.kernel.journal.recording import record

from ..models import Quota, WorkPlan
from .copying import in_year
from .outlines import Outline
from .plans import check_plan, create_plan
from .values import ClauseValues, TargetValues

CLAUSE = ("number", "chapter", "title", "text")
WORDS = {"title", "year", "preamble", "clause"}
TARGET = {
    *("key", "title", "measure", "options", "kinds", "block", "lines", "units", "lead", "support", "together"),
    *("quota", "percent", "every", "due", "weight"),
}


@dataclass(slots=True)
class Loaded:
    """`unknown`: units by code that the file names and that are not here; they were left out."""

    plan: WorkPlan
    clauses: int = 0
    targets: int = 0
    unknown: list[str] = field(default_factory=list)


def load_plan(
    text: str, *, by: Actor, unit: Unit, year: int | None = None, title: str = "", demo: bool = False
) -> Loaded:
    """`year`: instead of the file's; days move with it. `title`: instead of the file's.

    Raises: NotAllowed, Invalid (what is wrong, each with its place in the file).
    """
    require(by, "workplans.write")
    said = _read(text)
    wanted, name, preamble = (
        year or _year(said),
        title or _text(said, "title", "title"),
        _text(said, "preamble", "preamble"),
    )
    check_plan(name, preamble, wanted)
    outline, units = Outline(wanted), _Units(unit)
    for clause in _tables(said, "clause", "clause"):
        where = f"clause {clause.get('number', '?')}"
        _only(clause, {*CLAUSE, "target"}, where)
        values = ClauseValues(**{name: _text(clause, name, where) for name in CLAUSE})  # type: ignore[typeddict-item]
        with _placed(where):
            outline.clause(values)
        for place, target in enumerate(_tables(clause, "target", where), 1):
            at = f"{where}, target {place}"
            with _placed(at):
                outline.target(_target(target, at, wanted, units), nobody_yet="units" in target)
    with transaction.atomic():
        made = create_plan(
            by=by,
            unit=unit,
            year=wanted,
            title=name,
            preamble=preamble,
            demo=demo,
        )
        outline.store(made)
        public = {"clauses": outline.clauses, "targets": outline.targets}
        record("workplan.loaded", by, about=[made], public=public)
    return Loaded(made, outline.clauses, outline.targets, sorted(units.unknown))


class _placed:  # noqa: N801 - reads as a statement
    """Names the place in the file before the field that is wrong there."""

    def __init__(self, where: str) -> None:
        self._where = where

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, Invalid):
            raise Invalid(*(self._named(one) for one in error.faults), message=error.message) from error

    def _named(self, fault: Fault) -> Fault:
        if fault.field.startswith(self._where):
            return fault
        return Fault(f"{self._where}: {fault.field}", fault.message, fault.given)


class _Units:
    """Units by code, where "-PSB" stands for the code of the plan's own region and that."""

    def __init__(self, keeper: Unit) -> None:
        self._code = keeper.region.code
        self.unknown: set[str] = set()

    def named(self, codes: Sequence[str]) -> list[Unit]:
        wanted = [f"{self._code}{code}" if code.startswith("-") else code for code in codes]
        found = {one.code: one for one in Unit.objects.filter(code__in=wanted, valid_to=None)}
        self.unknown |= set(wanted) - set(found)
        return [found[code] for code in wanted if code in found]


def _target(said: Mapping[str, Any], where: str, year: int, units: _Units) -> TargetValues:
    _only(said, TARGET, where)
    if "quota" in said and "percent" in said:
        raise Invalid(Fault(f"{where}: quota", _("give either quota or percent, not both")))
    percent = "percent" in said
    values = TargetValues(
        title=_text(said, "title", where),
        measure=_text(said, "measure", where),
        options={str(name): _option(value) for name, value in _table(said, "options", where).items()},
        kinds=_list(said, "kinds", where),
        lines=_list(said, "lines", where),
        units=units.named(_list(said, "units", where)),
        lead=units.named(_list(said, "lead", where)),
        support=units.named(_list(said, "support", where)),
        together=bool(said.get("together", False)),
        quota=_number(said, "percent" if percent else "quota", where),
        quota_kind=Quota.PERCENT if percent else Quota.NUMBER,
        every=_text(said, "every", where) or "once",
        due=_day(said.get("due"), where, year),
        weight=_number(said, "weight", where),
        block=_block(_text(said, "block", where), where),
    )
    if key := _text(said, "key", where):
        values["key"] = key
    return values


def _read(text: str) -> Mapping[str, Any]:
    try:
        said = tomllib.loads(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        raise Invalid(Fault("file", _("is no TOML: %(error)s") % {"error": error})) from error
    _only(said, WORDS, "file")
    if not said.get("clause"):
        raise Invalid(Fault("file", _("holds no clause: each begins with [[clause]]")))
    return said


def _only(said: Mapping[str, Any], known: set[str], where: str) -> None:
    if unknown := sorted(set(said) - known):
        listed = {"unknown": " ".join(unknown), "known": " ".join(sorted(known))}
        raise Invalid(Fault(where, _("%(unknown)s is not known here, only %(known)s") % listed))


def _year(said: Mapping[str, Any]) -> int:
    year = said.get("year")
    if not isinstance(year, int) or isinstance(year, bool):
        raise Invalid(Fault("year", _("is required: a whole number"), year))
    return year


def _tables(said: Mapping[str, Any], name: str, where: str) -> Iterator[Mapping[str, Any]]:
    rows = said.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Invalid(Fault(where, _("“%(name)s” must be written as [[%(name)s]]") % {"name": name}))
    yield from rows


def _table(said: Mapping[str, Any], name: str, where: str) -> Mapping[str, Any]:
    found = said.get(name, {})
    if not isinstance(found, dict):
        raise Invalid(Fault(f"{where}: {name}", _('must be a table: { name = "value" }'), found))
    return found


def _text(said: Mapping[str, Any], name: str, where: str) -> str:
    found = said.get(name, "")
    if not isinstance(found, str):
        raise Invalid(Fault(f"{where}: {name}", _("must be a text in quotes"), found))
    return found


def _option(value: Any) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _list(said: Mapping[str, Any], name: str, where: str) -> list[str]:
    found = said.get(name, [])
    if isinstance(found, str):
        return found.split()
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise Invalid(Fault(f"{where}: {name}", _('must be a list of texts: ["…", "…"]'), found))
    return found


def _number(said: Mapping[str, Any], name: str, where: str) -> int:
    found = said.get(name, 1)
    if not isinstance(found, int) or isinstance(found, bool) or found < 0:
        raise Invalid(Fault(f"{where}: {name}", _("must be a whole number"), found))
    return found


def _day(said: Any, where: str, year: int) -> date:
    """06-30, or a whole date, which is moved into the year of the plan."""
    if isinstance(said, date):
        return in_year(said, year)
    try:
        text = str(said or "12-31")
        return in_year(date.fromisoformat(text if len(text) > 5 else f"2000-{text}"), year)
    except ValueError:
        raise Invalid(Fault(f"{where}: due", _("must be a day as 06-30 or 2026-06-30"), said)) from None


def _block(code: str, where: str) -> Region | None:
    if not code:
        return None
    found = Region.objects.filter(code=code).first()
    if found is None:
        raise Invalid(Fault(f"{where}: block", _("no region has this code"), code))
    return found
