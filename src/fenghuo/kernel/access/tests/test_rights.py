import pytest

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import NotAllowed, NotFound, WrongState
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.transitions import Transitions
from tests.county import County


def test_what_may_not_be_seen_looks_like_what_is_not_there(county: County) -> None:
    report = county.report()
    with pytest.raises(NotFound):
        require(county.actor("b", "clerk"), "reports.settle", report)


def test_who_sees_it_may_still_not_do_everything(county: County) -> None:
    report = county.report()
    with pytest.raises(NotAllowed):
        require(county.actor("emo", "observer"), "reports.settle", report)


def test_a_machine_does_what_its_scopes_say(county: County) -> None:
    with pytest.raises(NotAllowed):
        require(county.machine("110", "incidents.read"), "reports.receive")
    require(county.machine("110", "intake.write"), "reports.receive")


def test_the_system_may_do_everything(county: County) -> None:
    require(SYSTEM, "registry.manage", county.report())


def test_a_transition_that_is_not_in_the_table_is_refused() -> None:
    table = Transitions(("new", "dismiss", "dismissed"))
    assert table.check("new", "dismiss") == "dismissed"
    assert table.verbs("new") == ["dismiss"]
    with pytest.raises(WrongState):
        table.check("dismissed", "dismiss")
