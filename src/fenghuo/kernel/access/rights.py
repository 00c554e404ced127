"""Who may do what: roles and scopes per action, contributed by each room's rights.py."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """Roles of posts. The words are the field's (值班员, 带班领导, 指挥长 …)."""

    DUTY_OFFICER = "duty_officer", _("duty officer")
    DUTY_LEADER = "duty_leader", _("leader on duty")
    COMMANDER = "commander", _("commander")
    HEAD = "head", _("head of unit")
    CLERK = "clerk", _("clerk")
    MEMBER = "member", _("member of staff")
    ADMINISTRATOR = "administrator", _("administrator")
    OBSERVER = "observer", _("observer (read only)")
    AUDITOR = "auditor", _("auditor (reads the whole journal)")


SCOPES = (
    "intake.write",
    "incidents.read",
    "incidents.write",
    "assignments.read",
    "assignments.write",
    "submissions.read",
    "submissions.write",
    "registers.read",
    "registers.write",
    "readings.write",
    "warnings.read",
    "warnings.write",
    "measures.read",
    "journal.read",
    "roots.write",
)

_by_role: dict[str, frozenset[str]] = {}
_by_scope: dict[str, frozenset[str]] = {}


def grant(action: str, *, roles: Iterable[Role] = (), scopes: Iterable[str] = ()) -> None:
    """Let posts of these roles, and tokens with one of these scopes, do `action` (a dotted name)."""
    if unknown := set(scopes) - set(SCOPES):
        raise ValueError(f"unknown scopes {sorted(unknown)} for {action}")
    if action in _by_role:
        raise ValueError(f"{action} is granted twice")
    _by_role[action] = frozenset(roles)
    _by_scope[action] = frozenset(scopes)


def actions() -> tuple[str, ...]:
    return tuple(sorted(_by_role))


def roles_for(action: str) -> frozenset[str]:
    return _by_role[action]


def scopes_for(action: str) -> frozenset[str]:
    return _by_scope[action]
