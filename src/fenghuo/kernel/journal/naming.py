"""What kinds of acts are called where somebody chooses: verbs by group. Rooms name theirs in sentences.py."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from fenghuo.kernel.access.errors import Fault, Invalid

from .telling import samples, tell

type Word = str | Promise


@dataclass(frozen=True, slots=True)
class Group:
    """The verbs that begin with `name` and a dot."""

    name: str
    word: str
    verbs: tuple[tuple[str, str], ...] = ()  # each with its word


@dataclass(slots=True)
class _Named:
    word: Word
    verbs: dict[str, Word] = field(default_factory=dict)


_named: dict[str, _Named] = {}


def name_verbs(group: str, word: Word, verbs: Mapping[str, Word]) -> None:
    """Name a group of verbs, and its verbs by what stands behind the dot. Other rooms may add verbs to a group."""
    known = _named.setdefault(group, _Named(word))
    known.word = word or known.word
    known.verbs |= verbs


def verb_word(verb: str) -> str:
    """What a verb is called; one that nobody has named is shown as it would be told, or as it stands."""
    group, _dot, rest = verb.partition(".")
    word = _named[group].verbs.get(rest) if group in _named else None
    if word is not None:
        return str(word)
    return tell(samples[verb]) if verb in samples else verb


def group_word(group: str) -> str:
    return str(_named[group].word) if group in _named else _("Other acts")


def groups() -> list[Group]:
    """All verbs that have a sentence; groups of the rooms above come first."""
    verbs: dict[str, list[tuple[str, str]]] = {name: [] for name in reversed(_named)}
    for verb in sorted(samples):
        verbs.setdefault(verb.partition(".")[0], []).append((verb, verb_word(verb)))
    return [Group(name, group_word(name), tuple(told)) for name, told in verbs.items() if told]


def verbs_meant(said: str, field_name: str = "verb") -> tuple[str, ...]:
    """The verbs of a group's name ("incident") or of a verb ("incident.graded"). Raises: Invalid, when unknown."""
    said = said.strip()
    if said in samples:
        return (said,)
    found = tuple(sorted(verb for verb in samples if verb.partition(".")[0] == said.removesuffix(".")))
    if not said or not found:
        raise Invalid(Fault(field_name, _("There is no such kind of act: choose one from the list."), said[:64]))
    return found
