"""A unit's emergency organisation on its page."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.registry.services import may_keep_unit
from fenghuo.kernel.web.unit_parts import unit_part

from .presenting import rule_said
from .selectors.organisation import Organisation, organisation_of


@unit_part("organisations/unit.html")
def emergency_organisation(actor: Actor, unit: Unit) -> Mapping[str, Any] | None:
    found = organisation_of(unit, actor)
    if found is None:
        return {"organisation": None}
    return shown(found) | {"may_keep": may_keep_unit(actor, unit) and unit.valid_to is None}


def shown(found: Organisation) -> dict[str, Any]:
    parts = [
        (_("Leading body"), found.leading, [rule_said(rule) for rule in found.lacks("leading")]),
        (_("Office"), found.office, [rule_said(rule) for rule in found.lacks("office")]),
    ]
    if found.others:
        parts.append((_("Others"), found.others, []))
    return {
        "organisation": found,
        "parts": parts,
    }
