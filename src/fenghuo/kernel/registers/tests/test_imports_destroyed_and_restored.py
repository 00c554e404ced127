"""What becomes of workbooks when people in them are destroyed by order, and in a house restored without their files."""

from pathlib import Path
from typing import Any

import pytest

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotFound, WrongState
from fenghuo.kernel.access.models import Person
from fenghuo.kernel.destruction.rooms import Room, rooms
from fenghuo.kernel.registers.declaring import register_named
from fenghuo.kernel.registers.importing import files, services
from fenghuo.kernel.registers.importing.applying import apply_for, apply_part
from fenghuo.kernel.registers.importing.handing import marked_copy
from fenghuo.kernel.registers.importing.reading import read_file, read_here
from fenghuo.kernel.registers.models import Import, ImportRow
from tests.county import County
from tests.workbooks import xlsx


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.IMPORTS = tmp_path / "imports"


@pytest.fixture
def clerk(county: County) -> Actor:
    return county.actor("a", "clerk")


def brought(by: Actor, register: str = "people", *, here: bool = True) -> Import:
    heads = {"people": ["姓名", "单位", "手机号码"], "units": ["单位名称", "单位类型", "所在地区", "单位代码"]}[
        register
    ]
    rows = {
        "people": [["麻雀甲", "草堂街道办事处", "13900000001"], ["麻雀乙", "草堂街道办事处", "138"]],
        "units": [["麻雀厂", "enterprise", "草堂街道", "X1"]],
    }[register]
    found = register_named(register)
    assert found is not None
    made = services.bring(found, [xlsx([heads, *rows])], "麻雀.xlsx", by=by, here=here)
    return read_here(made) if here else made


def room() -> Room:
    return next(one for one in rooms() if one.name == "registers")


def destroyed(*records: int) -> int:
    """As an order does it: first in its transaction, then after the commit."""
    done = room().remove(records, 1)["imports"]
    finish = room().finish
    assert finish is not None
    finish()
    return done


def test_an_order_about_a_person_closes_the_imports_of_people(clerk: Actor) -> None:
    ours, others = brought(clerk), brought(clerk, "units")
    assert clerk.person_id is not None
    assert room().held([clerk.person_id]) == {"imports": 1}
    assert destroyed(clerk.person_id) == 1
    ours.refresh_from_db()
    others.refresh_from_db()
    assert (ours.state, ours.name, ours.problems, ours.headings) == ("closed", "", [], [])
    assert others.state == "checked"
    assert files.lying() == {others.pk}
    assert not ImportRow.objects.filter(of=ours).exists()
    assert destroyed(clerk.person_id) == 0


def test_one_that_is_going_in_stops(clerk: Actor) -> None:
    ours = brought(clerk)
    services.apply(ours, by=clerk)
    destroyed(clerk.person_id or 0)
    assert apply_part(ours.pk) is None
    assert not Person.objects.filter(name="麻雀甲").exists()


def test_one_that_is_still_to_be_read_is_not_read(clerk: Actor) -> None:
    ours = brought(clerk, here=False)
    destroyed(clerk.person_id or 0)
    assert read_file(ours.pk) is None
    assert files.lying() == set()


def test_an_order_about_something_else_leaves_them(clerk: Actor) -> None:
    ours = brought(clerk)
    assert destroyed(10**9) == 0
    ours.refresh_from_db()
    assert ours.state == "checked"


def test_without_its_file_the_right_rows_still_go_in_and_the_rest_is_said(clerk: Actor) -> None:
    """A backup carries what was read of a workbook, not the workbook."""
    ours = brought(clerk)
    files.drop(ours.pk)
    with pytest.raises(NotFound):
        marked_copy(clerk, "people", ours.pk)
    with pytest.raises(WrongState):
        services.read_again(ours, by=clerk)
    services.apply(ours, by=clerk)
    assert apply_for(ours.pk, 30)
    assert Person.objects.get(name="麻雀甲").mobile == "13900000001"


def test_one_that_was_not_read_before_its_file_was_gone_says_so(clerk: Actor) -> None:
    ours = brought(clerk, here=False)
    files.drop(ours.pk)
    read_file(ours.pk)
    ours.refresh_from_db()
    assert ours.state == "refused"
    assert len(ours.problems) == 1


def test_what_lies_there_from_before_a_restore_is_nobody_elses(clerk: Actor) -> None:
    first = brought(clerk)
    number = first.pk
    stranger = files.marked(number).read_bytes()
    Import.objects.all().delete()
    files.marked(number + 1).write_bytes(stranger)  # the counter stands where it stood when the backup was made
    made = brought(clerk, here=False)
    assert made.pk == number + 1
    assert not files.marked(made.pk).exists()
