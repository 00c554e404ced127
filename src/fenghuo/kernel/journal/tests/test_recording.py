import json
from datetime import UTC, datetime

import pytest
from django.db import transaction

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import Invalid
from fenghuo.kernel.journal.listeners import Noted, _listeners, on
from fenghuo.kernel.journal.models import Entry, Position, Unnumbered
from fenghuo.kernel.journal.recording import Draft, record, record_many
from tests.county import County

AT = datetime(2026, 5, 11, 19, 4, 5, 120000, tzinfo=UTC)


def test_text_is_canonical_and_holds_everything(county: County) -> None:
    unit = county.units["emo"]
    key = record("unit.noted", SYSTEM, about=[unit], happened_at=AT, public={"b": "乙", "a": 1})
    entry = Entry.objects.get(pk=key)
    assert entry.text == json.dumps(json.loads(entry.text), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    sealed = json.loads(entry.text)
    assert sealed["about"] == [unit.pk]
    assert sealed["happened_at"] == "2026-05-11T19:04:05.120000Z"
    assert sealed["public"] == {"a": 1, "b": "乙"}
    assert sealed["private"] is None
    assert Unnumbered.objects.filter(entry=key).exists() != Position.objects.filter(entry=key).exists()


def test_private_values_stay_out_of_the_sealed_text(county: County) -> None:
    entry = Entry.objects.get(pk=record("unit.noted", SYSTEM, about=[county.units["emo"]], private={"caller": "张某"}))
    assert "张某" not in entry.text
    assert len(json.loads(entry.text)["private"]) == 64
    assert json.loads(entry.private.value) == {"caller": "张某"}


@pytest.mark.django_db
def test_nothing_is_written_outside_a_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transaction.get_connection(), "in_atomic_block", False)
    with pytest.raises(RuntimeError):
        record_many([])


@pytest.mark.parametrize("part", ["public", "private"])
def test_u0000_is_refused(county: County, part: str) -> None:
    with pytest.raises(Invalid) as refused:
        record("unit.noted", SYSTEM, about=[county.units["emo"]], **{part: {"note": "a\x00b"}})  # type: ignore[arg-type]
    assert refused.value.faults[0].field.endswith("note")


def test_floats_are_refused(county: County) -> None:
    with pytest.raises(TypeError):
        record("unit.noted", SYSTEM, about=[county.units["emo"]], public={"latitude": 34.1})


def test_many_entries_cost_a_handful_of_statements(county: County, django_assert_max_num_queries: object) -> None:
    drafts = [Draft("unit.noted", SYSTEM, [county.units["emo"]], private={"n": n}) for n in range(50)]
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        assert len(record_many(drafts)) == 50


def test_a_listener_that_fails_undoes_the_change(county: County) -> None:
    @on("unit.tested")
    def fail(noted: list[Noted]) -> None:
        raise ValueError([list(note.about) for note in noted])

    try:
        with pytest.raises(ValueError, match=str(county.units["emo"].pk)), transaction.atomic():
            record("unit.tested", SYSTEM, about=[county.units["emo"]])
    finally:
        _listeners.pop("unit.tested")
    assert not Entry.objects.filter(verb="unit.tested").exists()
