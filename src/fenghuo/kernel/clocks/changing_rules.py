"""An administrator changes the county's own rules: two at once do not overwrite each other, and what runs follows."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Conflict
from fenghuo.kernel.access.guard import require

from .models import OwnRule, Revision
from .rulebook import forget, rules
from .services import apply_change, set_own_rule, withdraw_own_rule


def newest_entry(rule: str) -> int:
    """The entry that set or withdrew this rule last, 0 when the county never did: what a page was made from."""
    last = OwnRule.objects.filter(rule=rule).order_by("-entry_id").values_list("entry_id", flat=True).first()
    return last or 0


def change_own_rule(
    columns: Mapping[str, str], *, by: Actor, source: str, decided_on: date, seen: int
) -> tuple[OwnRule, int]:
    """Set the county's own row and let running clocks follow; the row and how many clocks moved.

    `seen`: `newest_entry` when the page was made. Raises: NotAllowed, Conflict (somebody was faster), Invalid.
    """
    require(by, "clocks.rules")
    before = rules()
    with transaction.atomic():
        _hold(columns.get("id", ""), seen)
        own = set_own_rule(columns, by=by, source=source, decided_on=decided_on)
    return own, apply_change(before, rules(), by=by, why="rules")


def end_own_rule(own: OwnRule, *, by: Actor, reason: str, seen: int) -> int:
    """Withdraw the county's own row and let running clocks follow; how many moved.

    Raises: NotAllowed, Conflict, WrongState, Invalid.
    """
    require(by, "clocks.rules")
    before = rules()
    with transaction.atomic():
        _hold(own.rule, seen)
        withdraw_own_rule(own, by=by, reason=reason)
    return apply_change(before, rules(), by=by, why="rules")


def check_own_rule(columns: Mapping[str, str], *, by: Actor, source: str, decided_on: date) -> None:
    """Whether the row could be set, without setting it: the deed itself, undone. Raises: NotAllowed, Invalid."""
    with transaction.atomic():
        set_own_rule(columns, by=by, source=source, decided_on=decided_on)
        transaction.set_rollback(True)
    forget()


def _hold(rule: str, seen: int) -> None:
    """Changes of rules queue here. Raises: Conflict when this one was changed since `seen`."""
    Revision.objects.get_or_create(pk=1, defaults={"mark": ""})
    Revision.objects.select_for_update().get(pk=1)
    if newest_entry(rule) != seen:
        raise Conflict(
            _("Somebody changed this rule after you opened the page. Nothing was stored: look at its history first.")
        )
