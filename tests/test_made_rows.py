"""The small county as rows is the small county as services make it."""

import pytest

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.models import Record
from fenghuo.kernel.journal.models import Entry
from fenghuo.kernel.journal.sequencer import number_waiting
from fenghuo.kernel.journal.verifying import verify
from fenghuo.kernel.registry.services import create_unit
from tests.county import County, make_county
from tests.made_rows import MadeRows, Tables, all_rows


def sizes(tables: Tables) -> dict[str, int]:
    return {table: len(rows) for table, (_columns, rows) in tables.items() if rows}


@pytest.mark.django_db
def test_what_is_put_is_what_was_made(county_rows: MadeRows[County]) -> None:
    before = sizes(all_rows())
    made = county_rows.put()
    after = all_rows()
    for table, (_columns, rows) in county_rows.tables.items():  # a table has no order of its own
        assert all(row in after[table][1] for row in rows), table
    assert sizes(after) == before | sizes(county_rows.tables)
    assert made.units["emo"].record == Record.objects.get(number=made.units["emo"].code)


@pytest.mark.django_db
def test_as_many_rows_in_the_same_tables_as_services_make(county_rows: MadeRows[County], settings: object) -> None:
    settings.NODE = "610118000000"  # type: ignore[attr-defined]
    before = sizes(all_rows())
    make_county()
    assert sizes(all_rows()) == before | sizes(county_rows.tables)


@pytest.mark.django_db
def test_work_goes_on_after_it(county: County) -> None:
    """Nothing gets a number twice, and the journal is in order."""
    before = Entry.objects.count()
    unit = create_unit(by=SYSTEM, code="610118-X", name="新单位", kind="institution", region=county.regions["a"])
    assert unit.pk not in {one.pk for one in county.units.values()}
    while number_waiting():
        pass
    assert Entry.objects.count() == before + 1
    assert verify().ok
