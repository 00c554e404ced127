"""The one gate to the outside: every channel, retry and resend asks it, at the moment of sending."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

EXERCISE_MARK = "【演练】"


class Why(models.TextChoices):
    """Why a message stays in the house."""

    EXERCISE = "exercise", _("an exercise: nothing leaves the house")
    DEMO = "demo", _("demonstration data: nothing leaves the house")
    RESTRICTED = "restricted", _("its content may not leave the house")
    NOT_APPROVED = "not_approved", _("not approved yet")


@dataclass(frozen=True, slots=True)
class Verdict:
    """`why` is "" when it may leave. `waits`: it may leave later, once approved."""

    leaves: bool
    why: str = ""

    @property
    def waits(self) -> bool:
        return self.why == Why.NOT_APPROVED


def may_leave(*, outside: bool, exercise: bool, demo: bool, approved: bool, restricted: bool) -> Verdict:
    """Whether a message may go out by a channel that lies inside or `outside` the house.

    Inside (in-app, noted by hand) everything goes: an exercise must reach its people. What never leaves is said before
    what only waits, so that nobody approves in vain.
    """
    if not outside:
        return Verdict(True)
    if exercise:
        return Verdict(False, Why.EXERCISE)
    if demo:
        return Verdict(False, Why.DEMO)
    if restricted:
        return Verdict(False, Why.RESTRICTED)
    if not approved:
        return Verdict(False, Why.NOT_APPROVED)
    return Verdict(True)


def marked(text: str, *, exercise: bool) -> str:
    """The text, with 【演练】 in front when it belongs to an exercise; never twice."""
    return f"{EXERCISE_MARK}{text}" if exercise and not text.startswith(EXERCISE_MARK) else text
