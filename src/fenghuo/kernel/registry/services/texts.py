"""Texts that are said of units, people and posts: trimmed, telephones as they can be dialled, faults by field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from fenghuo.kernel.access.errors import Fault, Invalid
from fenghuo.standards.telephones import read_telephone


@dataclass(frozen=True, slots=True)
class Text:
    """`most`: characters. `needed`: what to say when it is blank; "" when it may be."""

    most: int
    needed: str | Promise = ""
    telephone: bool = False
    email: bool = False


def read_texts(said: Mapping[str, str], texts: Mapping[str, Text]) -> dict[str, str]:
    """As they are kept. Raises: Invalid naming each field that is wrong."""
    faults = text_faults(said, texts)
    if faults:
        raise Invalid(*faults)
    return {
        name: (read_telephone(text) or "") if texts[name].telephone else text.strip() for name, text in said.items()
    }


def text_faults(said: Mapping[str, str], texts: Mapping[str, Text]) -> list[Fault]:
    return [fault for name, text in said.items() for fault in _faults(name, text, texts[name])]


def _faults(name: str, text: str, about: Text) -> Iterator[Fault]:
    trimmed = text.strip()
    if "\x00" in text:
        yield Fault(name, _("must not contain the character U+0000"), text[:50])
    elif len(trimmed) > about.most:
        yield Fault(name, _("must be at most %(most)s characters long") % {"most": about.most}, f"{text[:50]}…")
    elif about.needed and not trimmed:
        yield Fault(name, str(about.needed), text)
    elif about.telephone and trimmed and read_telephone(text) is None:
        yield Fault(
            name, _("is no telephone number: digits, with spaces or hyphens, for example 029-84812345"), text[:50]
        )
    elif about.email and trimmed and not _is_email(trimmed):
        yield Fault(name, _("is no e-mail address"), text[:50])


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
