"""Transition tables: data that the service asks, the page draws its buttons from, and tests walk pair by pair."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from .errors import WrongState


@dataclass(frozen=True, slots=True)
class Transition:
    start: str
    verb: str
    end: str


class Transitions:
    """A table of (state, verb, next state). `words`: how people call the verbs and states."""

    def __init__(self, *rows: tuple[str, str, str], words: Mapping[str, str | Promise] | None = None) -> None:
        self._words = words or {}
        self.rows = tuple(Transition(*row) for row in rows)
        self._next = {(row.start, row.verb): row.end for row in self.rows}

    def check(self, state: str, verb: str) -> str:
        """The state that `verb` leads to. Raises: WrongState."""
        try:
            return self._next[state, verb]
        except KeyError:
            said = {"verb": self._words.get(verb, verb), "state": self._words.get(state, state)}
            raise WrongState(_("“%(verb)s” is not possible in the state “%(state)s”.") % said) from None

    def word(self, name: str) -> str | Promise:
        """How people call a verb or a state."""
        return self._words.get(name, name)

    def verbs(self, state: str) -> list[str]:
        """What may be done in this state, in the order of the table."""
        return [row.verb for row in self.rows if row.start == state]
