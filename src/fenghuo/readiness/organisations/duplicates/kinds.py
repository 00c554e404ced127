"""People and units on the pages of duplicates: what stands side by side, and which services are called."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotFound
from fenghuo.kernel.access.models import Account, Person, Unit
from fenghuo.kernel.registry.likeness import Pair
from fenghuo.kernel.registry.selectors.likely import kept_people, kept_units, pairs_of_people, pairs_of_units
from fenghuo.kernel.registry.services import merge_people, merge_units
from fenghuo.kernel.registry.services.merging import PERSON_FIELDS, UNIT_FIELDS

REASONS: Mapping[str, str | Promise] = {
    "mobile": _("same mobile telephone"),
    "name_in_unit": _("same name in one unit"),
    "name_in_place": _("same name in one place"),
    "code": _("same code, written differently"),
    "unit_name": _("same name, written differently"),
    "phone": _("same duty telephone and kind"),
}
LABELS: Mapping[str, str | Promise] = {
    "name": _("Name"),
    "short_name": _("Short name"),
    "mobile": _("Mobile telephone"),
    "phone": _("Telephone"),
    "email": _("E-mail"),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """`fields`: those in which one of the two is chosen. `facts`: what else helps to tell, as (label, value)."""

    slug: str
    record_kind: str
    title: str | Promise
    pairs: Callable[[Actor], list[Pair]]
    rows: Callable[[Actor, Iterable[int]], dict[int, Any]]
    merge: Callable[..., Any]
    fields: tuple[str, ...]
    facts: Callable[[Any], list[tuple[str | Promise, Any]]]
    address: Callable[[Any], str]


def kind_of(slug: str) -> Kind:
    """Raises: NotFound."""
    if slug not in KINDS:
        raise NotFound(_("There is no such page, or you may not see it."))
    return KINDS[slug]


def _people(actor: Actor, keys: Iterable[int]) -> dict[int, Any]:
    found = kept_people(actor).select_related("record__unit__region", "account").prefetch_related("posts__unit")
    return found.in_bulk(list(keys))


def _units(actor: Actor, keys: Iterable[int]) -> dict[int, Any]:
    return kept_units(actor).select_related("record", "region__parent").in_bulk(list(keys))


def signs_in(row: Person | Unit) -> str:
    """The sign-in name of a person who has one."""
    try:
        return row.account.username if isinstance(row, Person) else ""
    except Account.DoesNotExist:
        return ""


def _of_person(one: Person) -> list[tuple[str | Promise, Any]]:
    posts = [f"{post.unit.name} {post.title or post.get_role_display()}" for post in one.posts.all()]
    return [
        (_("Unit"), one.record.unit.name if one.record.unit else ""),
        (_("Posts"), "；".join(posts)),
        (_("Signs in as"), signs_in(one)),
    ]


def _of_unit(one: Unit) -> list[tuple[str | Promise, Any]]:
    above = f"{one.region.parent.name} " if one.region.parent else ""
    return [
        (_("Kind"), one.get_kind_display()),
        (_("Region"), f"{above}{one.region.name}"),
        (_("Code"), one.code),
    ]


KINDS = {
    "people": Kind(
        "people",
        "person",
        _("People"),
        pairs_of_people,
        _people,
        merge_people,
        PERSON_FIELDS,
        _of_person,
        lambda one: reverse("registers:row", args=["people", one.pk]),
    ),
    "units": Kind(
        "units",
        "unit",
        _("Units"),
        pairs_of_units,
        _units,
        merge_units,
        UNIT_FIELDS,
        _of_unit,
        lambda one: reverse("web:unit", args=[one.code]),
    ),
}
