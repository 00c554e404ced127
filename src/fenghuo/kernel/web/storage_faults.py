"""Which database errors mean that nothing can be stored now, and which answer they deserve."""

import errno
from collections.abc import Iterator

FULL, UNAVAILABLE = 507, 503

# SQLite says it in words only.
SQLITE = {
    "database or disk is full": FULL,
    "readonly database": UNAVAILABLE,
    "unable to open database file": UNAVAILABLE,
    "disk i/o error": UNAVAILABLE,
    "database is locked": UNAVAILABLE,
}
# PostgreSQL classes and codes: 53100 disk full, 53 resources, 08 connection, 57P shutdown, 25006 read only.
SQLSTATES = (("53100", FULL), ("53", UNAVAILABLE), ("08", UNAVAILABLE), ("57P", UNAVAILABLE), ("25006", UNAVAILABLE))
OS_ERRORS = {errno.ENOSPC: FULL, errno.EDQUOT: FULL, errno.EROFS: UNAVAILABLE, errno.EACCES: UNAVAILABLE}
LOST = ("connection is closed", "connection failed", "server closed the connection", "could not connect")


def status_for(error: BaseException) -> int | None:
    """507 (full), 503 (cannot be written or reached now), None for every other error."""
    for one in _causes(error):
        if isinstance(one, OSError) and one.errno in OS_ERRORS:
            return OS_ERRORS[one.errno]
        state = getattr(one, "sqlstate", None) or ""
        for beginning, status in SQLSTATES:
            if state.startswith(beginning):
                return status
        words = str(one).lower()
        for said, status in SQLITE.items():
            if said in words:
                return status
        if any(said in words for said in LOST):
            return UNAVAILABLE
    return None


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__
