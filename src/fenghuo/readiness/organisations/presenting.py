"""How rules and gaps are worded."""

from dataclasses import dataclass

from fenghuo.kernel.clocks.selectors import basis
from fenghuo.kernel.web.words import english

from .rules import Apart, Needed


@dataclass(frozen=True, slots=True)
class Said:
    """A rule in the reader's language, and where it comes from."""

    words: str
    basis: str


def rule_said(rule: Needed | Apart) -> Said:
    return Said(rule.en if english() else rule.zh, basis(rule.source, "", rule.certainty))
