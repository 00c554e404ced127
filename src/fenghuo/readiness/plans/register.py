"""The register of plans: list, filters, detail, Excel, map; a plan's own page with its courses is that of this room."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.registers.declaring import Column, Filter, Register, add
from fenghuo.kernel.registers.kinds import Choice, Day, Lines, Many, Text, UnitNamed, Whole
from fenghuo.standards.plan_kinds import PLAN_KINDS

from .models import Plan, PlanCovers, PlanState
from .selectors import worded
from .services import archive_plan, change_plan, confirm_plan, create_plan, may_change, restore_plan
from .services.values import APPROVED_MOST, EDITION_MOST, NAME_MOST, NOTE_MOST
from .words import incident_kind_choices, plan_kind_choices

COVERS = Prefetch("covers_rows", PlanCovers.objects.order_by("slug"))


class PlanKindNamed(Choice):
    """Also by the short words that lists use: 总体, 专项, 企业预案."""

    def read(self, given: str) -> Any:
        for slug, kind in PLAN_KINDS.items():
            if given in kind.also:
                return slug
        return super().read(given)


def _rows(actor: Actor) -> QuerySet[Plan]:
    found = Plan.objects.visible_to(actor).select_related("record__region", "record__unit__region", "replaces__record")
    return found.order_by("record__number")


def _position(plan: Plan) -> tuple[float, float] | None:
    """Where its owner's place lies."""
    region = plan.record.region
    if region is None or region.latitude is None or region.longitude is None:
        return None
    return region.latitude, region.longitude


@transaction.atomic
def enter(*, by: Actor, unit: Unit, edition: int | None = None, **said: Any) -> Plan:
    """An empty edition is the first. Raises: NotAllowed, Invalid."""
    return create_plan(by=by, unit=unit, edition=1 if edition is None else edition, **said)


@transaction.atomic
def change(
    plan: Plan,
    *,
    by: Actor,
    version: int | None = None,
    edition: int | None = None,
    next_due: date | None = None,
    **said: Any,
) -> Plan:
    """What is left empty is reckoned, or stays. Raises: NotFound, NotAllowed, Conflict, WrongState, Invalid."""
    if said.get("filed_on", ...) is None and plan.filed_on is None:
        said.pop("filed_on")
    if edition is not None:
        said["edition"] = edition
    if next_due is not None:
        said["next_due"] = next_due
    return change_plan(plan, by=by, version=version, **said)


add(
    Register(
        name="plans",
        title=_("Plans"),
        one=_("Plan"),
        icon="notebook",
        order=40,
        read="plans.read",
        write="plans.write",
        rows=_rows,
        columns=(
            Column(
                "name",
                _("Name of the plan"),
                lambda plan: plan.name,
                Text(NAME_MOST),
                "record__title",
                ("预案名称", "名称"),
                needed=True,
            ),
            Column(
                "kind",
                _("Kind of plan"),
                lambda plan: plan.kind,
                PlanKindNamed(choices=plan_kind_choices),
                "kind",
                ("预案类型", "预案类别", "类别", "类型"),
                needed=True,
            ),
            Column(
                "unit",
                _("Unit"),
                lambda plan: plan.record.unit,
                UnitNamed(),
                "record__unit__name",
                ("编制单位", "责任单位", "单位"),
                once=True,
                needed=True,
            ),
            Column(
                "covers",
                _("For what"),
                lambda plan: [row.slug for row in plan.covers_rows.all()],
                Many(choices=incident_kind_choices),
                "",
                ("适用事件", "事件类型", "适用范围"),
                shown=False,
                fetch=(COVERS,),
            ),
            Column(
                "edition",
                _("Edition"),
                lambda plan: plan.edition,
                Whole(least=1, greatest=EDITION_MOST),
                "edition",
                ("版本", "版次"),
                shown=False,
            ),
            Column(
                "issued_on", _("Issued on"), lambda plan: plan.issued_on, Day(), "issued_on", ("印发日期", "发布日期")
            ),
            Column(
                "valid_from",
                _("Valid from"),
                lambda plan: plan.valid_from,
                Day(),
                "valid_from",
                ("施行日期", "生效日期"),
                shown=False,
            ),
            Column(
                "approved_by",
                _("Approved by"),
                lambda plan: plan.approved_by,
                Text(APPROVED_MOST),
                "approved_by",
                ("批准人", "审批单位", "签发人"),
                shown=False,
            ),
            Column(
                "filed_on",
                _("Filed on"),
                lambda plan: plan.filed_on,
                Day(),
                "filed_on",
                ("备案日期", "备案时间"),
                help=_("Noted by who received the paper; else file the plan on its page."),
            ),
            Column(
                "next_due",
                _("Next review by"),
                lambda plan: plan.next_due,
                Day(),
                "next_due",
                ("下次修订", "下次评估", "到期日期"),
                help=_("Empty: reckoned from the day of issue, as the kind of plan says."),
            ),
            Column("note", _("Note"), lambda plan: plan.note, Lines(NOTE_MOST), "", ("备注",), shown=False),
            Column(
                "state",
                _("State"),
                lambda plan: plan.state,
                Choice(choices=lambda: PlanState.choices),
                "state",
                kept=False,
            ),
            Column(
                "replaces",
                _("Replaces"),
                lambda plan: plan.replaces.record.number if plan.replaces else "",
                Text(),
                "",
                kept=False,
                shown=False,
            ),
        ),
        filters=(
            Filter(
                "kind", _("Kind"), lambda _actor: plan_kind_choices(), lambda found, value: found.filter(kind=value)
            ),
            Filter(
                "stand",
                _("State of the plan"),
                lambda _actor: PlanState.choices,
                lambda found, value: found.filter(state=value),
            ),
        ),
        search=lambda _actor, found, words: found.filter(worded(words)),
        may_change=may_change,
        create=enter,
        change=change,
        confirm=confirm_plan,
        archive=archive_plan,
        restore=restore_plan,
        position=_position,
        page=lambda plan: reverse("plans:plan", args=[plan.record.number]),
        keys=(("name", "unit", "edition"), ("name", "unit")),
        empty=_("Emergency plans of governments, departments, villages, enterprises and schools stand here."),
    )
)
