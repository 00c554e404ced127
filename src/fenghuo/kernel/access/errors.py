"""What a service may answer instead of doing what it was asked.

Pages turn these into a sentence beside the form, the API into a problem document.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

type Text = str | Promise


class Refused(Exception):
    """A service did not do what was asked; nothing was stored."""

    status = 409

    def __init__(self, message: Text = "") -> None:
        super().__init__(message)
        self.message = message


class NotAllowed(Refused):
    """The actor may see the thing but not do this to it."""

    status = 403


class NotFound(Refused):
    """It does not exist, or this actor may not know that it does: the two look alike."""

    status = 404


class Gone(Refused):
    """It was there, and has been destroyed by order."""

    status = 410


class WrongState(Refused):
    """The verb does not fit the state that the thing is in now."""


class Conflict(Refused):
    """Somebody else was first: another content under the same key, or a newer version."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one field, in words that say what is allowed."""

    field: str
    message: Text
    given: Any = None


class Invalid(Refused):
    """Input that cannot be used; names every field that is wrong."""

    status = 422

    def __init__(self, *faults: Fault, message: Text = "") -> None:
        super().__init__(message)
        self.faults = faults

    def __str__(self) -> str:
        return "; ".join(f"{fault.field}: {fault.message}" for fault in self.faults) or str(self.message)


def said_by(refused: Refused) -> list[str]:
    """In sentences, for a page that has no field of that name."""
    faults = refused.faults if isinstance(refused, Invalid) else ()
    return [str(fault.message) for fault in faults] or [str(refused)]
