"""Units, their lines, and who supervises them."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, NotAllowed, WrongState
from fenghuo.kernel.access.guard import require, sees
from fenghuo.kernel.access.models import Line, Record, Region, Supervision, Unit
from fenghuo.kernel.access.models.units import UnitKind
from fenghuo.kernel.access.sight import Sight
from fenghuo.kernel.journal.recording import record
from fenghuo.standards.subjects import SUBJECTS
from fenghuo.standards.telephones import read_telephone

from ..models import NameKind
from .keeping import hold_record, keeps, looked_at
from .names import end_name, keep_name
from .records import open_record, set_subjects

# What an authority may enter in its block by itself. The other kinds decide who sees what, so an administrator does.
GRASSROOTS = (UnitKind.COMMITTEE, UnitKind.ENTERPRISE, UnitKind.SCHOOL, UnitKind.INSTITUTION, UnitKind.ASSOCIATION)
MOST = {"code": 32, "name": 120, "short_name": 40, "phone": 32}


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


@transaction.atomic
def create_unit(
    *,
    by: Actor,
    code: str,
    name: str,
    kind: str,
    region: Region,
    short_name: str = "",
    lines: Iterable[str] = (),
    phone: str = "",
    valid_from: date | None = None,
    demo: bool = False,
) -> Unit:
    """A unit in its block; for a department, `lines` are the subjects it is responsible for.

    Raises: NotAllowed, Invalid (code taken, unknown kind or subject).
    """
    _require_entering(by, kind, region)
    said = {"code": code, "name": name, "short_name": short_name, "phone": phone}
    code, name, short_name, phone = _texts(said).values()
    _check(code, kind)
    opened = open_record("unit", name, number=code, region=region, demo=demo or by.demo)
    unit = Unit.objects.create(
        record=opened,
        code=code,
        name=name,
        short_name=short_name,
        kind=kind,
        region=region,
        phone=phone,
        valid_from=valid_from,
    )
    Record.objects.filter(pk=opened.pk).update(unit=unit, checked_at=timezone.now(), checked_by=by.label[:200])
    keep_name(opened, name, valid_from=valid_from)
    if short_name:
        keep_name(opened, short_name, kind=NameKind.SHORT)
    _put_lines(unit, lines)
    record("unit.created", by, about=[unit], public={"code": code, "name": name, "kind": kind})
    return unit


@transaction.atomic
def change_unit(unit: Unit, *, by: Actor, version: int | None = None, **said: Unpack[UnitValues]) -> Unit:
    """Change what is given. A new name holds from today on, and the old one still finds the unit.

    Raises: NotFound, NotAllowed, Conflict, WrongState, Invalid.
    """
    _require_change(by, unit, said)
    held = hold_record(unit.pk, version=version)
    unit = Unit.objects.select_related("region").lock(unit)
    texts = _texts({name: said[name] for name in ("name", "short_name", "phone") if name in said})
    wanted: dict[str, object] = {**said, **texts}
    if wanted.get("kind", unit.kind) not in UnitKind.values:
        raise Invalid(Fault("kind", _("Unknown kind of unit."), wanted["kind"]))
    before = {name: getattr(unit, name) for name in wanted}
    changed = sorted(name for name, value in wanted.items() if value != before[name])
    if not changed:
        return unit
    for name in changed:
        setattr(unit, name, wanted[name])
    unit.save(update_fields=changed)
    if "name" in changed:
        end_name(held, timezone.localdate(), code=unit.code)
        keep_name(held, unit.name, valid_from=timezone.localdate())
    if "short_name" in changed:
        held.names.filter(kind=NameKind.SHORT).delete()
        if unit.short_name:
            keep_name(held, unit.short_name, kind=NameKind.SHORT)
    Record.objects.filter(pk=unit.pk).update(title=unit.name, region=unit.region, block=unit.region.path)
    looked_at(unit.pk, by)
    public = {"fields": changed} | ({"from": before["name"], "to": unit.name} if "name" in changed else {})
    record("unit.changed", by, about=[unit], public=public)
    return unit


@transaction.atomic
def confirm_unit(unit: Unit, *, by: Actor) -> Unit:
    """Somebody has looked: what stands there is right as of now. Raises: NotFound, NotAllowed, WrongState."""
    _require_change(by, unit, {})
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
        _check(code, unit.kind)
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


def _require_entering(by: Actor, kind: str, region: Region) -> None:
    if by.may("registry.manage"):
        require(by, "registry.manage", region)
        return
    require(by, "registry.keep")
    inside = by.sight is Sight.BLOCK and bool(by.block) and region.path.startswith(by.block)
    if not inside:
        raise NotAllowed(_("Only the authorities of a place enter its units."))
    if kind not in GRASSROOTS:
        raise NotAllowed(_("Units of this kind are entered by an administrator, since the kind decides who sees what."))


def _require_change(by: Actor, unit: Unit, said: UnitValues) -> None:
    """Everybody knows of a unit (decision 3), so what is refused is not allowed, never not found."""
    if by.may("registry.manage") and sees(by, unit):
        return
    require(by, "registry.keep")
    if not keeps(by, unit):
        raise NotAllowed(_("Only its own unit and the authorities above that may change it."))
    if "kind" in said and said["kind"] != unit.kind:
        raise NotAllowed(_("The kind of a unit is changed by an administrator, since it decides who sees what."))
    region = said.get("region")
    if region is not None and region.pk != unit.region_id and not region.path.startswith(by.block or "-"):
        raise NotAllowed(_("The new place lies outside your own."))


def _texts(said: dict[str, str]) -> dict[str, str]:
    """Trimmed; the telephone as it can be dialled. Raises: Invalid naming each field that is wrong."""
    faults = list(_text_faults(said))
    if faults:
        raise Invalid(*faults)
    texts = {name: text.strip() for name, text in said.items()}
    if texts.get("phone"):
        texts["phone"] = read_telephone(texts["phone"]) or texts["phone"]
    return texts


def _text_faults(said: dict[str, str]) -> Iterator[Fault]:
    for name, text in said.items():
        if "\x00" in text:
            yield Fault(name, _("must not contain the character U+0000"), text[:50])
        elif len(text.strip()) > MOST[name]:
            yield Fault(name, _("must be at most %(most)s characters long") % {"most": MOST[name]}, f"{text[:50]}…")
        elif name in ("code", "name") and not text.strip():
            yield Fault(name, _("must not be blank"), text)
        elif name == "phone" and text.strip() and read_telephone(text) is None:
            yield Fault(
                name, _("is no telephone number: digits, with spaces or hyphens, for example 029-84812345"), text[:50]
            )


def _check(code: str, kind: str) -> None:
    if kind not in UnitKind.values:
        raise Invalid(Fault("kind", _("Unknown kind of unit."), kind))
    if Unit.objects.filter(code=code).exists():
        raise Invalid(Fault("code", _("This code is already in use."), code))


def _check_subjects(subjects: Iterable[str]) -> None:
    if unknown := sorted(set(subjects) - set(SUBJECTS)):
        raise Invalid(Fault("subjects", _("Unknown subject."), unknown))


def _put_lines(unit: Unit, subjects: Iterable[str]) -> None:
    wanted = set(subjects)
    _check_subjects(wanted)
    Line.objects.filter(unit=unit).exclude(subject__in=wanted).delete()
    Line.objects.bulk_create([Line(unit=unit, subject=subject) for subject in sorted(wanted)], ignore_conflicts=True)
