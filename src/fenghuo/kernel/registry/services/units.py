"""Units, their lines, and who supervises them."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, WrongState
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Line, Record, Region, Supervision, Unit
from fenghuo.kernel.access.models.units import UnitKind
from fenghuo.kernel.journal.recording import record
from fenghuo.standards.subjects import SUBJECTS

from ..models import NameKind
from .names import end_name, keep_name
from .records import open_record, set_subjects


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
    require(by, "registry.manage", region)
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
    Record.objects.filter(pk=opened.pk).update(unit=unit)
    keep_name(opened, name, valid_from=valid_from)
    if short_name:
        keep_name(opened, short_name, kind=NameKind.SHORT)
    _put_lines(unit, lines)
    record("unit.created", by, about=[unit], public={"code": code, "name": name, "kind": kind})
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
