"""Nothing but the rows' own work is done while a workbook holds the write lock."""

import gc

import pytest

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.registers.declaring import register_named
from fenghuo.kernel.registers.importing.doing import Going, Pace

pytestmark = pytest.mark.django_db


def test_no_garbage_is_collected_with_the_lock_held() -> None:
    register = register_named("people")
    assert register is not None
    was = gc.isenabled()
    with Pace(register).holding(Going(register, SYSTEM, [])):
        assert not gc.isenabled()
    assert gc.isenabled() is was


def test_it_is_collected_again_after_a_fault() -> None:
    register = register_named("people")
    assert register is not None
    with pytest.raises(RuntimeError), Pace(register).holding(Going(register, SYSTEM, [])):
        raise RuntimeError
    assert gc.isenabled()
