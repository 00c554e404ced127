"""The rules in force here, kept in memory by each process until a change is marked.

Intake asks for them with every batch, so asking costs no query: a change touches a file in the data folder, which all
processes share, and a process whose file is another (or was touched just now, the change perhaps not committed yet)
asks the database for the mark of the last change.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from time import monotonic, time
from uuid import uuid4

from django.conf import settings
from django.db import connection, transaction

from fenghuo.kernel.access.pipeline import ask
from fenghuo.standards.calendar import Calendar, Contradiction, read_notice
from fenghuo.standards.calendar import shipped as shipped_calendar
from fenghuo.standards.deadlines import COLUMNS, LATER_COLUMNS, Deadline, Flaw, Ruleset, read_file, read_row, shipped

from .models import DaysOff, OwnRule, Revision

LOG = logging.getLogger(__name__)
MARK = "SELECT mark FROM clocks_revision WHERE id = 1"
ASKED_AGAIN_S = 1.0
# A change is committed this long after its file was touched, at most.
COMMITTED_WITHIN_S = 10.0

type Stamp = tuple[str, int, int, int]  # the county's file: path, nanoseconds, bytes; nanoseconds of the touched file


@dataclass(frozen=True, slots=True)
class _Kept:
    rules: Ruleset
    mark: str
    stamp: Stamp
    asked_at: float
    settled: bool  # asked so long after the last touch that its change was committed


_kept: _Kept | None = None
_not_committed: set[str] = set()  # marks of changes that only their own transaction may see


def rules() -> Ruleset:
    """The rules in force here, in all wordings: shipped ones, and before them those that the county set itself."""
    global _kept
    stamp, now, kept = _stamp(), monotonic(), _kept
    same = kept is not None and kept.stamp == stamp
    if kept is not None and same and (kept.settled or now - kept.asked_at < ASKED_AGAIN_S):
        return kept.rules
    mark = _mark()
    found = kept.rules if kept is not None and same and kept.mark == mark else read_rules()
    if mark not in _not_committed:
        _kept = _Kept(found, mark, stamp, now, abs(time() - stamp[3] / 1e9) > COMMITTED_WITHIN_S)
    return found


def read_rules() -> Ruleset:
    """Read anew from table and file. Rows that cannot be in force are left out and logged; `check` names them."""
    table = [row for row, _flaws in map(read_own, OwnRule.objects.filter(withdrawn_at=None)) if row is not None]
    return merged(table, read_calendar())


def merged(table: Iterable[Deadline], calendar: Calendar) -> Ruleset:
    """These rows of the table, those of the county's file, and the shipped ones."""
    table = tuple(table)
    in_file, flaws = own_file()
    for flaw in flaws:
        LOG.error("%s: %s", settings.OWN_DEADLINES.name, flaw)
    taken = {(row.id, row.region_code) for row in table}
    rest = (row for row in in_file if (row.id, row.region_code) not in taken)
    return Ruleset((*shipped(), *table, *rest), calendar)


def read_calendar() -> Calendar:
    calendar = shipped_calendar()
    for days in DaysOff.objects.order_by("year"):
        try:
            calendar = calendar.with_table(read_notice(days.notice, days.year))
        except Contradiction as contradiction:  # of another release, which read it otherwise
            LOG.error("days off of %s: %s", days.year, contradiction)
    return calendar


def own_file() -> tuple[list[Deadline], list[Flaw]]:
    """The rows of the county's own file, and what is wrong with the others."""
    path: Path = settings.OWN_DEADLINES
    return read_file(path) if path.is_file() else ([], [])


def read_own(own: OwnRule) -> tuple[Deadline | None, list[Flaw]]:
    """The row of the table as a rule, and what is wrong with it, should this release read it otherwise."""
    columns = dict.fromkeys((*COLUMNS, *LATER_COLUMNS), "") | own.columns
    columns |= {
        "id": own.rule,
        "region_code": own.region_code,
        "in_force_from": own.in_force_from.isoformat(),
        "valid_to": own.valid_to.isoformat() if own.valid_to else "",
    }
    return read_row(columns, own=True)


def mark_change() -> None:
    """To be called in the transaction of the change: all processes read the rules anew once it is committed."""
    mark = uuid4().hex
    Revision.objects.update_or_create(pk=1, defaults={"mark": mark})
    _not_committed.add(mark)

    def committed() -> None:
        _not_committed.discard(mark)
        touched_file().touch()
        forget()

    touched_file().touch()
    transaction.on_commit(committed)
    forget()


def forget() -> None:
    """Read the rules anew when they are asked for next."""
    global _kept
    _kept = None


def touched_file() -> Path:
    """One for each database, since several may share a data folder."""
    return Path(settings.DATA) / _name_for(str(connection.settings_dict["NAME"]))


@cache
def _name_for(database: str) -> str:
    return f"rules-{sha256(database.encode()).hexdigest()[:12]}"


def _mark() -> str:
    found = ask(MARK)()
    return str(found[0][0]) if found else ""


def _stamp() -> Stamp:
    path: Path = settings.OWN_DEADLINES
    changed, size = _changed(path)
    return str(path), changed, size, _changed(touched_file())[0]


def _changed(path: Path) -> tuple[int, int]:
    try:
        stat = path.stat()
    except OSError:
        return 0, 0
    return stat.st_mtime_ns, stat.st_size
