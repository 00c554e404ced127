"""Rows that the county sets itself (本县设定): set, replaced, withdrawn, or read in from a file. Each is on record."""

from collections.abc import Iterable, Mapping
from csv import DictReader
from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, WrongState
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.journal.recording import record
from fenghuo.standards.deadlines import (
    COLUMNS,
    LATER_COLUMNS,
    Deadline,
    Flaw,
    Ruleset,
    overlapping,
    read_row,
    read_what_can,
    shipped,
)
from fenghuo.standards.sources import citation

from ..flaws import say
from ..models import OwnRule
from ..rulebook import mark_change, merged, read_own, rules
from .holding import needed_reason
from .home import home


@transaction.atomic
def set_own_rule(columns: Mapping[str, str], *, by: Actor, source: str, decided_on: date) -> OwnRule:
    """Put a row in force, in the columns of deadlines.csv; `source`: the paper it was decided by, and its day.

    A row of the same id, region and `in_force_from` is replaced; an earlier one without an end, ends the day before.
    Clocks that run stay as they are until `apply_change`. Raises: NotAllowed, Invalid naming columns and way out.
    """
    require(by, "clocks.rules")
    row = _read(columns, decided_on=decided_on, source=source)
    mark_change()  # first, since it holds off whoever else changes rules
    standing = list(_standing(row.id, row.region_code).select_for_update(of=("self",)))
    same = next((own for own in standing if own.in_force_from == row.in_force_from), None)
    before, ended = (same.columns if same else None), []
    for own in standing:
        if own is not same and own.valid_to is None and own.in_force_from < row.in_force_from:
            own.valid_to = row.in_force_from - timedelta(days=1)
            own.save(update_fields=["valid_to"])
            ended.append(own.in_force_from.isoformat())
    others = [read for own in standing if own is not same and (read := read_own(own)[0]) is not None]
    if (other := overlapping(row, others)) is not None:
        days = f"{other.in_force_from} – {other.valid_to or ''}"
        flaw = Flaw(0, row.id, "in_force_from", str(row.in_force_from), "overlap", days)
        raise Invalid(Fault("in_force_from", say(flaw), str(row.in_force_from)))
    said = {name: value for name, value in _texts(columns).items() if value}
    entry = record(
        "clock.rule_set",
        by,
        about=[home(by)],
        public={
            "rule": row.id,
            "version": row.version,
            "before": before,
            "after": said,
            "ended": ended,
            "source": source.strip(),
            "decided_on": decided_on.isoformat(),
        },
    )
    own = same or OwnRule(rule=row.id, region_code=row.region_code, in_force_from=row.in_force_from)
    own.valid_to, own.columns = row.valid_to, said
    own.source, own.decided_on, own.entry_id, own.set_at = source.strip(), decided_on, entry, timezone.now()
    own.save()
    return own


@transaction.atomic
def withdraw_own_rule(own: OwnRule, *, by: Actor, reason: str) -> None:
    """It no longer counts; what was shipped holds again, a row that it had ended does not.

    Raises: NotAllowed, WrongState (withdrawn already), Invalid (no reason).
    """
    require(by, "clocks.rules")
    mark_change()
    held = OwnRule.objects.select_for_update(of=("self",)).get(pk=own.pk)
    if held.withdrawn_at is not None:
        raise WrongState(_("This rule has been withdrawn already."))
    reason = needed_reason(reason)
    held.withdrawn_at = timezone.now()
    held.entry_id = record(
        "clock.rule_withdrawn",
        by,
        about=[home(by)],
        public={"rule": held.rule, "in_force_from": held.in_force_from.isoformat(), "before": held.columns},
        private={"reason": reason},
    )
    held.save(update_fields=["withdrawn_at", "entry"])


@transaction.atomic
def import_own_rules(text: str, *, by: Actor, source: str, decided_on: date) -> list[OwnRule]:
    """All rows of a file, or none. Raises: NotAllowed, Invalid naming line, column, value and way out of every flaw."""
    require(by, "clocks.rules")
    lines = text.removeprefix("\ufeff").splitlines()
    _rows, flaws = read_what_can(lines, own=True)
    if flaws:
        raise Invalid(*(Fault(f"{flaw.line}.{flaw.column}", say(flaw), flaw.value) for flaw in flaws))
    given = [{name: row.get(name) or "" for name in (*COLUMNS, *LATER_COLUMNS)} for row in DictReader(lines)]
    if not given:
        raise Invalid(Fault("file", _("has no rows"), ""))
    return [set_own_rule(row, by=by, source=source, decided_on=decided_on) for row in given]


def rules_with(columns: Mapping[str, str]) -> Ruleset:
    """The rules as they would be with this row, for `preview_change`; nothing is stored. Raises: Invalid."""
    row, flaws = read_row(_texts(columns), own=True)
    if row is None:
        raise Invalid(*_faults(flaws))
    table: list[Deadline] = []
    for own in OwnRule.objects.filter(withdrawn_at=None):
        same_rule = (own.rule, own.region_code) == (row.id, row.region_code)
        if same_rule and own.in_force_from == row.in_force_from:
            continue
        if same_rule and own.valid_to is None and own.in_force_from < row.in_force_from:
            own.valid_to = row.in_force_from - timedelta(days=1)
        if (read := read_own(own)[0]) is not None:
            table.append(read)
    return merged([*table, row], rules().calendar)


def rules_without(own: OwnRule) -> Ruleset:
    """The rules as they would be when this row is withdrawn, for `preview_change`; nothing is stored."""
    standing = OwnRule.objects.filter(withdrawn_at=None).exclude(pk=own.pk)
    return merged([read for row in standing if (read := read_own(row)[0]) is not None], rules().calendar)


def _read(columns: Mapping[str, str], *, source: str, decided_on: date) -> Deadline:
    row, flaws = read_row(_texts(columns), own=True)
    faults = _faults(flaws)
    if law := next((one for one in shipped() if one.id == columns.get("id") and "V" in one.kinds.values()), None):
        why = _(
            "this rule was read in the law (%(law)s) and is not the county's to change; "
            "give a rule of your own another id"
        )
        faults.append(Fault("id", why % {"law": citation(law.source, law.article)}, law.id))
    if not source.strip():
        faults.append(Fault("own_source", _("name the paper by which it was decided"), source))
    elif len(source.strip()) > 200:
        faults.append(Fault("own_source", _("must be at most %(most)s characters long") % {"most": 200}, source[:200]))
    if decided_on > timezone.localdate():
        faults.append(Fault("decided_on", _("lies in the future"), decided_on.isoformat()))
    if faults or row is None:
        raise Invalid(*faults)
    return row


def _texts(columns: Mapping[str, str]) -> dict[str, str]:
    """All columns, blanks off; what a county sets is COUNTY and ? unless it says otherwise (and is then refused)."""
    texts = {name: str(columns.get(name) or "").strip() for name in (*COLUMNS, *LATER_COLUMNS)}
    texts["source"] = texts["source"] or "COUNTY"
    texts["certainty"] = texts["certainty"] or "?"
    return texts


def _faults(flaws: Iterable[Flaw]) -> list[Fault]:
    return [Fault(flaw.column, say(flaw), flaw.value) for flaw in flaws]


def _standing(rule: str, region_code: str) -> QuerySet[OwnRule]:
    return OwnRule.objects.filter(rule=rule, region_code=region_code, withdrawn_at=None)
