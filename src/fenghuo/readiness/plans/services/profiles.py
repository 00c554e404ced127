"""How large an enterprise is and what is dangerous there: what decides which plans it must have and file."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.journal.recording import record
from fenghuo.kernel.registry.services.keeping import hold_record, looked_at, require_keeping
from fenghuo.standards.plan_duties import DANGERS

from ..duties import refresh_duties
from ..models import Size, UnitDanger, UnitProfile


@transaction.atomic
def set_unit_profile(
    unit: Unit, *, by: Actor, size: str, above_scale: bool | None, dangers: Collection[str]
) -> UnitProfile:
    """`dangers`: words of standards.plan_duties.DANGERS. Raises: NotAllowed, WrongState (archived), Invalid."""
    require_keeping(by, "plans.write", unit)
    faults = [Fault("dangers", _("is no known danger"), one[:50]) for one in sorted(set(dangers) - set(DANGERS))]
    if size not in Size.values:
        faults.append(Fault("size", _("must be one of: %(known)s") % {"known": " ".join(Size.values)}, size[:50]))
    if faults:
        raise Invalid(*faults)
    hold_record(unit.pk)
    profile, _made = UnitProfile.objects.update_or_create(
        unit=unit, defaults={"size": size, "above_scale": above_scale}
    )
    profile.danger_rows.exclude(danger__in=dangers).delete()
    rows = [UnitDanger(profile=profile, danger=danger) for danger in sorted(set(dangers))]
    UnitDanger.objects.bulk_create(rows, ignore_conflicts=True)
    looked_at(unit.pk, by)
    public = {"size": size, "above_scale": above_scale, "dangers": sorted(set(dangers))}
    record("plan.profile_set", by, about=[unit], public=public)
    refresh_duties([unit.pk])
    return profile
