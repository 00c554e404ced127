"""The rules in force today, each with its predicate as a condition."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language

from fenghuo.kernel.access.models.units import UnitKind
from fenghuo.standards.completeness import CompletenessRule, completeness_rules, own_flaws

from .predicates import Subject, condition, predicates, subject_of


@dataclass(frozen=True, slots=True)
class Asked:
    """A rule about one subject: `applies` to these rows, of which those that are `lacking` break it."""

    rule: CompletenessRule
    subject: Subject
    applies: Q
    lacking: Q

    @property
    def said(self) -> str:
        return self.rule.zh if (get_language() or "").startswith("zh") else self.rule.en


def asked_rules() -> list[Asked]:
    """In the order of the table. A row of the county's file with an unknown predicate asks nothing; see flaws()."""
    today = timezone.localdate()
    return [
        _asked(rule, subject)
        for rule in completeness_rules(settings.OWN_COMPLETENESS).values()
        if rule.holds(today) and (subject := subject_of(rule.predicate)) is not None
    ]


def about(asked: Iterable[Asked], subject: Subject) -> list[Asked]:
    return [one for one in asked if one.subject is subject]


def flaws() -> list[str]:
    """What is wrong with the county's own file, a sentence each."""
    found = own_flaws(settings.OWN_COMPLETENESS)
    for rule in completeness_rules(settings.OWN_COMPLETENESS).values():
        if subject_of(rule.predicate) is None:
            found.append(f"completeness {rule.id}: {rule.predicate!r} is none of {' '.join(predicates())}")
        if unknown := sorted(rule.kinds - set(UnitKind.values)):
            found.append(f"completeness {rule.id}: {' '.join(unknown)} is no kind of unit")
    return found


def _asked(rule: CompletenessRule, subject: Subject) -> Asked:
    applies = (
        Q(**{f"{subject.kind}__in": sorted(rule.kinds)}) if rule.kinds else Q(**{f"{subject.unit}__isnull": False})
    )
    return Asked(rule, subject, applies, applies & ~condition(rule.predicate, rule.amount))
