"""Sentences: how an entry reads for people, in their language. Rooms contribute them in sentences.py."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Told:
    """What a sentence is made of. `titles` are those of the records it is about, in their order."""

    verb: str
    actor: str
    public: Mapping[str, Any] = field(default_factory=dict)
    titles: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        return self.titles[0] if self.titles else ""

    def said(self, name: str) -> str:
        """A public value as text, empty when absent."""
        value = self.public.get(name)
        return "" if value is None else str(value)


type Sentence = Callable[[Told], str]

_sentences: dict[str, Sentence] = {}
samples: dict[str, Told] = {}


def sentence(
    verb: str, *, sample: Mapping[str, Any] | None = None, titles: tuple[str, ...] = ("甲",)
) -> Callable[[Sentence], Sentence]:
    """Register the function that tells entries of this verb. `sample` is a public part that tests let it tell."""

    def add(tell: Sentence) -> Sentence:
        if verb in _sentences:
            raise ValueError(f"{verb} is told twice")
        _sentences[verb] = tell
        samples[verb] = Told(verb, "乙", sample or {}, titles)
        return tell

    return add


def tell(told: Told) -> str:
    """The sentence; an unknown verb (of a room that is no longer there) is shown as it stands."""
    if maker := _sentences.get(told.verb):
        return maker(told)
    return _("%(verb)s: %(subject)s") % {"verb": told.verb, "subject": told.subject}
