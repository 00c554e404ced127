"""Every column that can hold text is declared: who destroys what is personal, and why the others hold nothing.

A new column fails here until it stands in columns.csv. What is declared personal is filled with marks and must be
empty of them after an order.
"""

import csv
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.db import connection, models

from fenghuo.kernel.clocks.models import Clock, LateReason
from fenghuo.kernel.destruction.rooms import rooms
from fenghuo.kernel.destruction.services import hold_record, lift_hold
from fenghuo.response.incidents.models import Incident
from tests.county import County
from tests.destruction.orders import confirmed, drafted, work
from tests.destruction.planting import Planted, plant
from tests.destruction.traces import traces
from tests.essays import sent_and_returned
from tests.sms_gateway import sms_gateway

TEXT = (
    *(models.CharField, models.TextField, models.JSONField, models.BinaryField),
    *(models.GenericIPAddressField, models.FileField),
)
with (Path(__file__).parent / "columns.csv").open(encoding="utf-8") as file:
    DECLARED = {row["column"]: (row["class"], row["by"]) for row in csv.DictReader(file)}
PERSONAL = sorted(column for column, (kind, _by) in DECLARED.items() if kind == "personal")
MARK = "麻雀标记"
# Filled by the house's own doors and of a form of their own: their absence is asked for in test_nothing_holds_it.
NOT_MARKED = {
    *("journal_private.value", "journal_private.salt", "documents_content.digest"),
    *("incidents_draft.key", "incidents_report.source_id"),
}


def text_columns() -> set[str]:
    return {
        f"{model._meta.db_table}.{field.column}"
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
        for field in model._meta.concrete_fields
        if isinstance(field, TEXT)
    }


def test_every_column_is_declared() -> None:
    assert sorted(text_columns() - set(DECLARED)) == [], "say in columns.csv whether it holds anything personal"
    assert sorted(set(DECLARED) - text_columns()) == []


def test_what_is_personal_has_a_room_that_destroys_it() -> None:
    known = {room.name for room in rooms()}
    assert {DECLARED[column][1] for column in PERSONAL} <= known
    assert {kind for kind, _by in DECLARED.values()} == {"personal", "register", "sign_in", "plain"}


@pytest.fixture
def planted(county: County, tmp_path: Path, settings: Any) -> Any:
    settings.MEDIA_ROOT = tmp_path / "attachments"
    settings.SMS_GATEWAY = tmp_path / "sms.toml"
    with sms_gateway() as gateway:
        gateway.write(settings.SMS_GATEWAY)
        yield plant(county)


def test_each_personal_column_is_empty_after_an_order(planted: Planted) -> None:
    """Whatever stands in it, and however it came there."""
    incident = Incident.objects.get()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO command_videolink (incident_id, name, address, added_at) VALUES (%s, 'x', 'x', %s)",
            [incident.pk, incident.opened_at],
        )
    clock = Clock.objects.filter(record=incident.pk)[0]
    LateReason.objects.create(clock=clock, why="other", text="x", given_at=incident.opened_at, entry=clock.entry)
    sent_and_returned(planted.county, incident)
    leader = planted.county.actor("emo", "duty_leader")
    hold_record(incident, by=leader, reason="诉讼")
    lift_hold(incident, by=leader, reason="诉讼终结")
    marked = [column for column in PERSONAL if column not in NOT_MARKED and _mark(column)]
    assert sorted(set(PERSONAL) - NOT_MARKED - set(marked)) == [], "no row to try these on"
    assert {trace.partition(":")[0] for trace in traces([MARK])} == set(marked)
    confirmed(planted.county, drafted(planted.county, numbers=planted.records))
    work()
    assert traces([MARK]) == []
    assert not any(path.is_file() for path in django_settings.MEDIA_ROOT.rglob("*"))


def _mark(column: str) -> bool:
    """Write the mark into every row; whether there was any. Unique columns get one of their own for each row."""
    table, _dot, name = column.partition(".")
    model = next(one for one in apps.get_models() if one._meta.db_table == table)
    field = next(one for one in model._meta.concrete_fields if one.column == name)
    rows = list(model._default_manager.values_list("pk", flat=True))
    for row in rows:
        model._default_manager.filter(pk=row).update(**{field.name: _filled(field, row)})
    return bool(rows)


def _filled(field: Any, row: Any) -> Any:
    if isinstance(field, models.BinaryField):
        return f"{MARK} {row}".encode()
    if isinstance(field, models.JSONField):
        return [{"mark": "late", "words": MARK}] if field.get_default() == [] else {"words": MARK}
    return f"{MARK} {row}"[: field.max_length or 100]
