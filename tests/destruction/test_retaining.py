"""Rules of retention are data; what they ask for is done on time, and never to what is open or held."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from fenghuo.kernel.destruction.models import Order
from fenghuo.kernel.destruction.services import apply_rules, give_up_cut_off, hold_record
from fenghuo.kernel.destruction.services.drafting import prepare
from fenghuo.kernel.journal.models import Entry
from fenghuo.response.incidents.models import Draft, Incident, Report
from fenghuo.response.incidents.services import open_incident
from fenghuo.response.incidents.services.drafts import keep_draft
from fenghuo.standards.retention import bases, read_rules, retention_rules
from tests.county import County
from tests.destruction.orders import closed_incident, dismissed_report, work

HEAD = "id,subject,zh,en,keep,active,source,article,certainty,span_certainty,in_force_from,valid_to\n"
ON = "RT1,incident,突发事件,incidents,30d,yes,ERL24,第八十五条,V,?,,\n"


@pytest.fixture
def own(tmp_path: Path, settings: Any) -> Callable[[str], None]:
    settings.OWN_RETENTION = tmp_path / "retention.csv"

    def write(rows: str) -> None:
        settings.OWN_RETENTION.write_text(HEAD + rows, encoding="utf-8-sig")

    return write


def in_days(count: int) -> datetime:
    return timezone.now() + timedelta(days=count)


def test_what_the_law_leaves_open_is_off_until_the_county_says_so(county: County) -> None:
    closed_incident(county)
    dismissed_report(county)
    for rule in retention_rules().values():
        assert rule.span_certainty == "?"
        assert "本县设定" in rule.cited
        assert rule.active == (rule.subject in ("draft", "upload", "import"))
    assert apply_rules(in_days(10_000)) == []
    assert Report.objects.exclude(text="").count() == 2


def test_a_due_rule_makes_an_order_that_the_worker_carries_out(county: County, own: Callable[[str], None]) -> None:
    own(ON)
    incident = closed_incident(county)
    assert apply_rules(in_days(29)) == []
    (order,) = apply_rules(in_days(31))
    assert (order.rule, order.basis, order.state, order.drafted_by) == ("RT1", "rule", "running", None)
    assert "第八十五条" in order.basis_text
    assert apply_rules(in_days(31)) == []  # waits for the one that runs
    work()
    incident.refresh_from_db()
    assert incident.summary == ""
    assert apply_rules(in_days(32)) == []
    assert Entry.objects.filter(verb="destruction.completed").count() == 1


def test_what_is_open_or_held_is_never_touched(county: County, own: Callable[[str], None]) -> None:
    own(ON)
    held, free = closed_incident(county), closed_incident(county)
    open_incident([county.report()], by=county.actor("emo"))
    report = Report.objects.filter(memberships__incident=held).get()
    hold_record(report, by=county.actor("emo", "head"), reason="诉讼")
    (order,) = apply_rules(in_days(400))
    work()
    assert list(order.items.filter(named=True).values_list("target_id", flat=True)) == [free.pk]
    assert set(Incident.objects.exclude(address="").values_list("pk", flat=True)) >= {held.pk}
    assert Report.objects.exclude(text="").count() == 2


def test_drafts_that_belong_to_no_record_go_too_and_it_is_said(county: County) -> None:
    keep_draft("k1", {"text": "张三家失火", "caller_phone": "13800000000"}, by=county.actor("emo"))
    apply_rules(in_days(29))
    assert Draft.objects.count() == 1
    apply_rules(in_days(31))
    assert Draft.objects.count() == 0
    assert '"count":1' in Entry.objects.get(verb="destruction.swept").text


def test_an_order_whose_drawing_up_was_cut_off_is_given_up(county: County) -> None:
    order = prepare(by=county.actor("emo", "clerk"), basis="erl85", basis_text="", reason="x")
    assert give_up_cut_off() == 0
    assert give_up_cut_off(timezone.now() + timedelta(minutes=11)) == 1
    order.refresh_from_db()
    assert order.state == "cancelled"


@pytest.mark.parametrize(
    ("column", "wrong"),
    [
        ("keep", "0d"),
        ("keep", "three years"),
        ("keep", ""),
        ("subject", "people"),
        ("active", "perhaps"),
        ("source", "NOLAW"),
        ("certainty", ""),
        ("in_force_from", "2026-02-30"),
    ],
)
def test_a_mistake_in_the_countys_file_is_named_and_nothing_is_destroyed(
    county: County, own: Callable[[str], None], column: str, wrong: str
) -> None:
    names, row = HEAD.strip().split(","), dict(zip(HEAD.strip().split(","), ON.strip().split(","), strict=True))
    own(",".join(row[name] if name != column else wrong for name in names) + "\n")
    closed_incident(county)
    with pytest.raises(ValueError, match="RT1"):
        apply_rules(in_days(400))
    assert Order.objects.count() == 0


def test_the_same_rule_twice_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="twice"):
        read_rules((HEAD + ON + ON).splitlines())


def test_every_basis_names_a_law_and_says_whether_it_was_read() -> None:
    assert {one.id for one in bases().values() if not one.source} == {"other"}
    assert all(one.certainty in "VCK" for one in bases().values())
