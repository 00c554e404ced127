"""What checks of plans hold of people: whatever was written down on the spot and in answer to it."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.destruction.rooms import Counts, Keys, Room, add

from ..models import CheckAnswer, CheckItem, CheckRound, Finding, RoundState

NOTHING = {"note": "", "correction": "", "remark": "", "brought_by": ""}


def _held(records: Keys) -> Counts:
    return {
        "check_notes": CheckAnswer.objects.filter(item__in=records).exclude(note="").count(),
        "check_findings": Finding.objects.filter(item__in=records)
        .exclude(note="", correction="", remark="", brought_by="")
        .count(),
        "check_reasons": CheckRound.objects.filter(pk__in=records).exclude(closing="").count(),
    }


def _remove(records: Keys, _order: int) -> Counts:
    """Who was visited, what was answered, found and put right, and when, stays."""
    counts = dict(_held(records))
    CheckAnswer.objects.filter(item__in=records).update(note="")
    Finding.objects.filter(item__in=records).update(**NOTHING)
    CheckRound.objects.filter(pk__in=records).update(closing="")
    return counts


def _belongs(records: Keys) -> Iterable[int]:
    return CheckItem.objects.filter(round__in=records).values_list("pk", flat=True)


def _owners(records: Keys) -> dict[int, list[int]]:
    return {pk: [owner] for pk, owner in CheckItem.objects.filter(pk__in=records).values_list("pk", "round_id")}


def _obstacles(records: Keys, held: bool) -> dict[int, str]:
    found = CheckRound.objects.filter(pk__in=records).exclude(state=RoundState.CLOSED)
    if held:
        found = found.select_for_update(of=("self",))
    return dict.fromkeys(found.values_list("pk", flat=True), "check_not_closed")


add(
    Room(
        name="plan_checks",
        things={
            "check_notes": _("notes on the spot"),
            "check_findings": _("what was said of findings"),
            "check_reasons": _("why a check was closed"),
        },
        held=_held,
        remove=_remove,
        kinds=("plan_check",),
        belongs=_belongs,
        owners=_owners,
        obstacles=_obstacles,
        reasons={"check_not_closed": _("the check of plans is not closed yet")},
    )
)
