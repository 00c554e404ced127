"""A rule set in one process holds in the others as soon as it is committed, and not before."""

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from textwrap import dedent

from django.db import connection, transaction

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.clocks.rulebook import rules, touched_file
from fenghuo.kernel.clocks.services import set_own_rule
from fenghuo.kernel.clocks.tests.test_own_rules import PAPER, ROW
from tests.county import County

ELSEWHERE = """
    import django
    django.setup()
    from datetime import date
    from django.db import connections
    connections["default"].settings_dict["NAME"] = {name!r}
    from fenghuo.kernel.access.actor import SYSTEM
    from fenghuo.kernel.clocks.services import set_own_rule
    set_own_rule({row!r}, by=SYSTEM, source="x", decided_on=date(2026, 1, 5))
"""


def span() -> str:
    chosen = rules().choose("R8", {"learned": date(2026, 6, 1)})
    return str(chosen.span) if chosen else "–"


def test_what_another_process_sets_holds_here(fresh_database: None, new_county: Callable[[], County]) -> None:
    with transaction.atomic():
        new_county()
    assert span() == "30m"
    code = dedent(ELSEWHERE).format(name=str(connection.settings_dict["NAME"]), row=ROW)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert span() == "20m"
    touched_file().unlink()


def test_what_is_rolled_back_never_held(fresh_database: None, new_county: Callable[[], County]) -> None:
    class Undo(Exception):
        pass

    with transaction.atomic():
        new_county()
    try:
        with transaction.atomic():
            set_own_rule(ROW, by=SYSTEM, **PAPER)
            assert span() == "20m"  # inside its own transaction it holds
            raise Undo
    except Undo:
        pass
    assert span() == "30m"
    touched_file().unlink()
