"""What the worker does with workbooks, and that it goes on after an interruption."""

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone, translation

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Person, Post
from fenghuo.kernel.journal.models import Entry
from fenghuo.kernel.registers.declaring import register_named
from fenghuo.kernel.registers.importing import applying, doing, reading, services
from fenghuo.kernel.registers.importing.running import Importer
from fenghuo.kernel.registers.importing.selectors import progress
from fenghuo.kernel.registers.kinds import Text
from fenghuo.kernel.registers.models import Import, ImportRow
from tests.county import County
from tests.workbooks import xlsx

ROWS = 300


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.IMPORTS = tmp_path / "imports"


@pytest.fixture
def clerk(county: County) -> Actor:
    return county.actor("a", "clerk")


@pytest.fixture
def brought(clerk: Actor) -> Import:
    """Brought and left to the worker."""
    rows = [["姓名", "单位", "手机号码"]]
    rows += [[f"李{place}", "草堂街道办事处", f"138{place:08}"] for place in range(ROWS)]
    register = register_named("people")
    assert register is not None
    with translation.override("en"):
        return services.bring(register, [xlsx(rows)], "list.xlsx", by=clerk, here=False)


def people() -> int:
    return Person.objects.filter(name__startswith="李").count()


def work() -> None:
    Importer(threading.Event()).turn()


def test_the_worker_reads_the_file_and_lets_the_rows_in(brought: Import, clerk: Actor) -> None:
    work()
    brought.refresh_from_db()
    assert (brought.state, brought.counts["new"], people()) == ("checked", ROWS, 0)
    services.apply(brought, by=clerk)
    work()
    brought.refresh_from_db()
    assert (brought.state, people(), progress(brought)["created"]) == ("done", ROWS, ROWS)
    assert Entry.objects.filter(verb="person.added", actor_label=clerk.label).count() == ROWS
    assert not ImportRow.objects.exclude(values={}).exists()  # what is stored stands in the register alone


def test_one_that_was_cut_off_goes_on_and_doubles_nothing(
    brought: Import, clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    work()
    services.apply(brought, by=clerk)
    assert applying.apply_part(brought.pk) is not None
    stored = people()
    assert 0 < stored < ROWS

    class Killed(Exception):
        pass

    done = doing.Going.put

    def killed(going: doing.Going) -> Any:
        done(going)
        raise Killed

    monkeypatch.setattr(doing.Going, "put", killed)
    with pytest.raises(Killed):
        applying.apply_part(brought.pk)
    assert people() == stored  # nothing by halves
    monkeypatch.setattr(doing.Going, "put", done)
    work()
    work()
    brought.refresh_from_db()
    assert (brought.state, people(), progress(brought)["refused"]) == ("done", ROWS, 0)


def test_a_reading_that_was_cut_off_is_begun_anew(brought: Import) -> None:
    long_ago = timezone.now() - reading.GIVEN_UP * 2
    Import.objects.filter(pk=brought.pk).update(claimed_at=long_ago, round=1)
    ImportRow.objects.create(of=brought, round=1, sheet="Sheet", number=2, kind="new", values={"name": "half"})
    work()
    brought.refresh_from_db()
    assert (brought.state, brought.rows.count()) == ("checked", ROWS)


def test_one_that_another_is_reading_is_left_to_him(brought: Import) -> None:
    Import.objects.filter(pk=brought.pk).update(claimed_at=timezone.now())
    work()
    brought.refresh_from_db()
    assert brought.state == "reading"


def test_nothing_goes_in_for_a_post_that_has_ended(brought: Import, clerk: Actor) -> None:
    work()
    services.apply(brought, by=clerk)
    Post.objects.filter(pk=clerk.post_id or 0).update(until=timezone.localdate() - timedelta(days=1))
    work()
    brought.refresh_from_db()
    assert (brought.state, people()) == ("checked", 0)
    assert "no longer valid" in brought.problems[0]["message"]


def test_closing_in_the_middle_leaves_what_has_gone_in(brought: Import, clerk: Actor) -> None:
    work()
    services.apply(brought, by=clerk)
    applying.apply_part(brought.pk)
    stored = people()
    services.close(brought, by=clerk)
    work()
    assert people() == stored


def test_a_row_that_the_house_itself_cannot_take_does_not_hold_up_the_others(
    brought: Import, clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    work()
    services.apply(brought, by=clerk)
    read = Text.read

    def broken(kind: Text, given: str) -> Any:
        if given == "李7":
            raise KeyError("a mistake of ours")
        return read(kind, given)

    monkeypatch.setattr(Text, "read", broken)
    work()
    brought.refresh_from_db()
    assert (brought.state, people(), progress(brought)["refused"]) == ("done", ROWS - 1, 1)


def test_a_file_that_the_house_itself_cannot_read_is_not_tried_for_ever(
    brought: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: Any, **_more: Any) -> Any:
        raise KeyError("a mistake of ours")

    monkeypatch.setattr(reading, "check", broken)
    work()
    brought.refresh_from_db()
    assert brought.state == "refused"
