"""Transition tables: data that the service asks, the page draws its buttons from, and tests walk pair by pair."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from .errors import WrongState


@dataclass(frozen=True, slots=True)
class Transition:
    start: str
    verb: str
    end: str


class Transitions:
    """A table of (state, verb, next state)."""

    def __init__(self, *rows: tuple[str, str, str]) -> None:
        self.rows = tuple(Transition(*row) for row in rows)
        self._next = {(row.start, row.verb): row.end for row in self.rows}

    def check(self, state: str, verb: str) -> str:
        """The state that `verb` leads to. Raises: WrongState."""
        try:
            return self._next[state, verb]
        except KeyError:
            message = _("“%(verb)s” is not possible in the state “%(state)s”.") % {"verb": verb, "state": state}
            raise WrongState(message) from None

    def verbs(self, state: str) -> list[str]:
        """What may be done in this state, in the order of the table."""
        return [row.verb for row in self.rows if row.start == state]
