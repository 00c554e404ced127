"""Units, their lines, and who supervises them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, NotRequired, TypedDict, Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.batches import carry_out, only
from fenghuo.kernel.access.errors import Fault, Invalid, NotAllowed, Refused, WrongState
from fenghuo.kernel.access.guard import require, seen_of
from fenghuo.kernel.access.models import Line, Record, Region, Supervision, Unit
from fenghuo.kernel.access.models.units import UnitKind
from fenghuo.kernel.access.rows import Rows, insert_made, update_rows
from fenghuo.kernel.journal.recording import Draft, record, record_many
from fenghuo.standards.subjects import SUBJECTS

from ..models import Name, NameKind
from .keeping import Change, hold_record, hold_records, keeps, looked_at, looked_at_all, require_version
from .names import NewName, end_name, keep_name, keep_names, new_name
from .records import NewRecord, open_records, set_subjects
from .texts import Text, read_texts

# What an authority may enter in its block by itself. The other kinds decide who sees what, so an administrator does.
GRASSROOTS = (UnitKind.COMMITTEE, UnitKind.ENTERPRISE, UnitKind.SCHOOL, UnitKind.INSTITUTION, UnitKind.ASSOCIATION)
NOT_BLANK = gettext_lazy("must not be blank")
TEXTS = {
    "code": Text(32, NOT_BLANK),
    "name": Text(120, NOT_BLANK),
    "short_name": Text(40),
    "phone": Text(32, telephone=True),
}


class NewUnit(TypedDict):
    """What create_unit is told; for a department, `lines` are the subjects it is responsible for."""

    code: str
    name: str
    kind: str
    region: Region
    short_name: NotRequired[str]
    lines: NotRequired[Iterable[str]]
    phone: NotRequired[str]
    valid_from: NotRequired[date | None]
    demo: NotRequired[bool]


class UnitValues(TypedDict, total=False):
    """What change_unit may be told; what is absent is left as it is."""

    name: str
    short_name: str
    phone: str
    kind: str
    region: Region


def may_keep_unit(by: Actor, unit: Unit) -> bool:
    """For pages: whether to offer it. The services ask the same."""
    return by.may("registry.keep") and keeps(by, unit)


def create_unit(*, by: Actor, **said: Unpack[NewUnit]) -> Unit:
    """A unit in its block. Raises: NotAllowed, Invalid (code taken, unknown kind or subject)."""
    return only(create_units([said], by=by))


@transaction.atomic
def create_units(batch: Sequence[NewUnit], *, by: Actor) -> list[Unit | Refused]:
    """Each of them as create_unit does, in the order given, in as many statements as for one."""
    seen = seen_of(by, (one["region"].pk for one in batch))
    taken = _taken(code for one in batch if "\x00" not in (code := one["code"].strip()))

    def check(said: NewUnit) -> _New:
        _require_entering(by, said["kind"], said["region"], seen)
        given = {name: said.get(name, "") for name in TEXTS}
        texts = read_texts(given, TEXTS)  # type: ignore[arg-type]
        _check(texts["code"], said["kind"], taken)
        lines = set(said.get("lines", ()))
        _check_subjects(lines)
        taken.add(texts["code"])
        return _New(said, texts, lines)

    return carry_out(batch, check, lambda right: _store(right, by))


def change_unit(unit: Unit, *, by: Actor, version: int | None = None, **said: Unpack[UnitValues]) -> Unit:
    """Change what is given. A new name holds from today on, and the old one still finds the unit.

    Raises: NotFound, NotAllowed, Conflict, WrongState, Invalid.
    """
    return only(change_units([Change(unit, version, said)], by=by))


@transaction.atomic
def change_units(batch: Sequence[Change[Unit]], *, by: Actor) -> list[Unit | Refused]:
    """Each of them as change_unit does, in as many statements as for one. No unit twice in a batch."""
    seen = seen_of(by, (one.row.pk for one in batch)) if by.may("registry.manage") else set[int]()
    held = hold_records(one.row.pk for one in batch)
    units = Unit.objects.select_for_update(of=("self",)).select_related("region").in_bulk(list(held))

    def check(one: Change[Unit]) -> _Changed:
        _require_change(by, one.row, one.said, seen)
        kept = require_version(held[one.row.pk], one.version)
        unit = units[kept.pk]
        unit.record = kept
        texts = read_texts({name: str(one.said[name]) for name in TEXTS if name in one.said}, TEXTS)
        wanted: dict[str, Any] = {**one.said, **texts}
        if wanted.get("kind", unit.kind) not in UnitKind.values:
            raise Invalid(Fault("kind", _("Unknown kind of unit."), wanted["kind"]))
        return _Changed(unit, {name: value for name, value in wanted.items() if value != getattr(unit, name)})

    def store(right: list[_Changed]) -> list[Unit]:
        _store_changes([one for one in right if one.values], by)
        return [one.unit for one in right]

    return carry_out(batch, check, store)


@transaction.atomic
def confirm_unit(unit: Unit, *, by: Actor) -> Unit:
    """Somebody has looked: what stands there is right as of now. Raises: NotFound, NotAllowed, WrongState."""
    _require_change(by, unit, {}, seen_of(by, [unit.pk]))
    hold_record(unit.pk)
    looked_at(unit.pk, by)
    record("unit.confirmed", by, about=[unit])
    return unit


@transaction.atomic
def rename_unit(unit: Unit, *, by: Actor, name: str, code: str | None = None, on: date) -> Unit:
    """A new name, and code when that changed too; the old ones still find the unit."""
    require(by, "registry.manage", unit)
    unit = Unit.objects.lock(unit)
    old_name, old_code = unit.name, unit.code
    if code and code != old_code:
        _check(code, unit.kind, _taken([code]))
    end_name(unit.record, on, code=old_code)
    unit.name, unit.code = name, code or old_code
    unit.save(update_fields=["name", "code"])
    Record.objects.filter(pk=unit.pk).update(title=name, number=unit.code)
    keep_name(unit.record, name, valid_from=on)
    record("unit.renamed", by, about=[unit], public={"from": old_name, "to": name, "from_code": old_code})
    return unit


@transaction.atomic
def end_unit(unit: Unit, *, by: Actor, on: date, successor: Unit | None = None) -> Unit:
    """The unit is no more. With a successor its records go over to that one: one table is rewritten."""
    require(by, "registry.manage", unit)
    unit = Unit.objects.lock(unit)
    if unit.valid_to is not None:
        raise WrongState(_("This unit has already ended."))
    unit.valid_to, unit.successor = on, successor
    unit.save(update_fields=["valid_to", "successor"])
    if successor is not None:
        Record.objects.filter(unit=unit).exclude(pk=unit.pk).update(unit=successor)
    about = [unit] if successor is None else [unit, successor]
    record("unit.ended", by, about=about, public={"on": on})
    return unit


@transaction.atomic
def set_lines(unit: Unit, *, by: Actor, subjects: Iterable[str]) -> None:
    """The subjects (lines) that a department is responsible for in its region."""
    require(by, "registry.manage", unit)
    wanted = sorted(set(subjects))
    _put_lines(unit, wanted)
    record("unit.lines_set", by, about=[unit], public={"subjects": wanted})


@transaction.atomic
def set_supervision(unit: Unit, *, by: Actor, departments: Iterable[tuple[str, Unit]], main: str = "") -> None:
    """The unit's supervising departments as (subject, department); `main` names the main line's subject."""
    require(by, "registry.manage", unit)
    rows = list(departments)
    _check_subjects(subject for subject, _department in rows)
    Supervision.objects.filter(unit=unit).delete()
    Supervision.objects.bulk_create(
        Supervision(unit=unit, department=department, subject=subject, main=subject == main)
        for subject, department in rows
    )
    set_subjects(unit.record, [subject for subject, _department in rows])
    record(
        "unit.supervision_set",
        by,
        about=[unit, *{department.pk: department for _subject, department in rows}.values()],
        public={"subjects": [subject for subject, _department in rows], "main": main},
    )


class _New(NamedTuple):
    said: NewUnit
    texts: dict[str, str]
    lines: set[str]


def _store(right: list[_New], by: Actor) -> list[Unit]:
    wanted = [
        NewRecord(
            texts["name"],
            region=said["region"],
            number=texts["code"],
            demo=said.get("demo", False) or by.demo,
            own=True,
        )
        for said, texts, _lines in right
    ]
    opened = open_records("unit", wanted, checked_by=by)
    units = [
        Unit(record=one, kind=str(said["kind"]), region=said["region"], valid_from=said.get("valid_from"), **texts)
        for one, (said, texts, _lines) in zip(opened, right, strict=True)
    ]
    insert_made(units)
    insert_made(
        [
            Line(unit=unit, subject=subject)
            for unit, new in zip(units, right, strict=True)
            for subject in sorted(new.lines)
        ]
    )
    keep_names([name for unit in units for name in _names_of(unit)])
    record_many(
        [
            Draft("unit.created", by, [unit.pk], public={"code": unit.code, "name": unit.name, "kind": unit.kind})
            for unit in units
        ]
    )
    return units


def _names_of(unit: Unit) -> list[NewName]:
    names = [new_name(unit.record, unit.name, valid_from=unit.valid_from)]
    return names + ([new_name(unit.record, unit.short_name, kind=NameKind.SHORT)] if unit.short_name else [])


class _Changed(NamedTuple):
    unit: Unit
    values: dict[str, Any]


def _store_changes(changes: list[_Changed], by: Actor) -> None:
    drafts = []
    for unit, values in changes:
        public: dict[str, object] = {"fields": sorted(values)}
        if "name" in values:
            public |= {"from": unit.name, "to": values["name"]}
            end_name(unit.record, timezone.localdate(), code=unit.code)
        drafts.append(Draft("unit.changed", by, [unit.pk], public=public))
        for name, value in values.items():
            setattr(unit, name, value)
        unit.record.title, unit.record.region, unit.record.block = unit.name, unit.region, unit.region.path
    units = [one.unit for one in changes]
    kept = [(one.pk, one.name, one.short_name, one.phone, str(one.kind), one.region_id) for one in units]
    update_rows(Rows(Unit, ("record_id", "name", "short_name", "phone", "kind", "region_id"), kept))
    renamed = [one.unit.pk for one in changes if "short_name" in one.values]
    if renamed:
        Name.objects.filter(record_id__in=renamed, kind=NameKind.SHORT).delete()
    today = timezone.localdate()
    keep_names(
        [new_name(one.unit.record, one.unit.name, valid_from=today) for one in changes if "name" in one.values]
        + [
            new_name(one.unit.record, one.unit.short_name, kind=NameKind.SHORT)
            for one in changes
            if one.values.get("short_name")
        ]
    )
    placed = [(one.pk, one.title, one.region_id, one.block) for one in (unit.record for unit in units)]
    update_rows(Rows(Record, ("id", "title", "region_id", "block"), placed))
    looked_at_all((one.pk for one in units), by)
    record_many(drafts)


def _require_entering(by: Actor, kind: str, region: Region, seen: Collection[int]) -> None:
    """`seen`: of the regions those that are seen. Raises: NotFound, NotAllowed."""
    if by.may("registry.manage"):
        require(by, "registry.manage", region, seen=seen)
        return
    require(by, "registry.keep")
    if not by.holds(region.path):
        raise NotAllowed(_("Only the authorities of a place enter its units."))
    if kind not in GRASSROOTS:
        raise NotAllowed(_("Units of this kind are entered by an administrator, since the kind decides who sees what."))


def _require_change(by: Actor, unit: Unit, said: Mapping[str, Any], seen: Collection[int]) -> None:
    """Everybody knows of a unit (decision 3), so what is refused is not allowed, never not found."""
    if by.may("registry.manage") and unit.pk in seen:
        return
    require(by, "registry.keep")
    if not keeps(by, unit):
        raise NotAllowed(_("Only its own unit and the authorities above that may change it."))
    if "kind" in said and said["kind"] != unit.kind:
        raise NotAllowed(_("The kind of a unit is changed by an administrator, since it decides who sees what."))
    region = said.get("region")
    if region is not None and region.pk != unit.region_id and not region.path.startswith(by.block or "-"):
        raise NotAllowed(_("The new place lies outside your own."))


def _taken(codes: Iterable[str]) -> set[str]:
    return set(Unit.objects.filter(code__in=set(codes)).values_list("code", flat=True))


def _check(code: str, kind: str, taken: Collection[str]) -> None:
    if kind not in UnitKind.values:
        raise Invalid(Fault("kind", _("Unknown kind of unit."), kind))
    if code in taken:
        raise Invalid(Fault("code", _("This code is already in use."), code))


def _check_subjects(subjects: Iterable[str]) -> None:
    if unknown := sorted(set(subjects) - set(SUBJECTS)):
        raise Invalid(Fault("subjects", _("Unknown subject."), unknown))


def _put_lines(unit: Unit, subjects: Iterable[str]) -> None:
    wanted = set(subjects)
    _check_subjects(wanted)
    Line.objects.filter(unit=unit).exclude(subject__in=wanted).delete()
    Line.objects.bulk_create([Line(unit=unit, subject=subject) for subject in sorted(wanted)], ignore_conflicts=True)
