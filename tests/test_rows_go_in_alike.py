"""Rows of a workbook that go in together go in as each would by itself: same rows, same refusals, same entries."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fenghuo.kernel.access.actor import SYSTEM, Actor
from fenghuo.kernel.access.errors import Refused
from fenghuo.kernel.access.models import Person, Record
from fenghuo.kernel.journal.models import Entry
from fenghuo.kernel.registers.declaring import Register, register_named
from fenghuo.kernel.registers.finding import row_of
from fenghuo.kernel.registers.importing.doing import Going, Wanted, faults_of
from fenghuo.kernel.registers.importing.matching import known
from fenghuo.kernel.registry.models import Name
from fenghuo.kernel.registry.services import add_person
from tests.county import County

A, B, VILLAGE = "610118007000", "610118002000", "610118007226"
NEW: Mapping[str, Sequence[Mapping[str, str]]] = {
    "units": [
        {"name": "红旗厂", "kind": "enterprise", "region": A, "code": "X1", "phone": "029-84812345"},
        {"name": "村小学", "short_name": "小学", "kind": "school", "region": VILLAGE, "code": "X2"},
        {"name": "又一红旗厂", "kind": "enterprise", "region": A, "code": "X1"},  # of the first two the earlier goes in
        {"name": "别处厂", "kind": "enterprise", "region": B, "code": "X3"},
        {"name": "局", "kind": "department", "region": A, "code": "X4"},
        {"name": "错电话", "kind": "school", "region": A, "code": "X5", "phone": "没有"},
        {"name": "重号", "kind": "school", "region": A, "code": A},
        {"name": "长" * 121, "kind": "school", "region": A, "code": "X6"},
    ],
    "people": [
        {"name": "李一", "unit": A, "mobile": "13800000001", "email": "a@example.org"},
        {"name": "李二", "unit": VILLAGE, "title": "主任", "phone": "029-84812345"},
        {"name": "李三", "unit": B, "title": "干事"},
        {"name": "李四", "unit": A, "mobile": "12"},
        {"name": "李五", "unit": A, "email": "不是"},
        {"name": "李六", "unit": A, "title": "长" * 61},
        {"name": "李七", "unit": "没有这个单位"},
    ],
    "posts": [
        {"person": "王一", "unit": A, "role": "member", "since": "2020-01-01", "title": "干事"},
        {"person": "王二", "unit": A, "role": "clerk", "since": "2020-01-01", "until": "2019-01-01"},
        {"person": "王二", "unit": A, "role": "head", "since": "2020-01-01", "until": "2031-01-01"},
        {"person": "没有", "unit": A, "role": "member", "since": "2020-01-01"},
        {"person": "王一", "unit": B, "role": "member", "since": "2020-01-01"},
        {"person": "王一", "unit": A, "role": "administrator", "since": "2020-01-01"},
    ],
    "teams": [
        {
            "name": "一队",
            "kind": "professional",
            "unit": A,
            "people": "20",
            "leader": "赵一",
            "leader_phone": "13900000001",
        },
        {"name": "二队", "kind": "general", "unit": VILLAGE, "equipment": "水泵 2 台", "region": A},
        {"name": "三队", "kind": "general", "unit": B},
        {"name": "四队", "kind": "general", "unit": A, "leader": "赵四"},
        {"name": "五队", "kind": "general", "unit": A, "latitude": "108.7", "longitude": "34.0"},
        {"name": "六队", "kind": "volunteer", "unit": A, "latitude": "34.04", "longitude": "108.71"},
    ],
}
CHANGES: Mapping[str, Sequence[Mapping[str, str]]] = {
    "units": [
        {"phone": "029-84812346"},
        {"name": "新名", "short_name": "新"},
        {"kind": "department"},
        {"phone": "x"},
        {},
    ],
    "people": [{"mobile": "13800000009"}, {"title": "科长"}, {"unit": VILLAGE}, {"email": "x"}, {"title": "长" * 61}],
    "posts": [{"title": "科长"}, {"until": "2030-01-01"}, {"until": "2019-01-01"}, {"title": "长" * 61}, {}],
    "teams": [{"people": "7"}, {"leader": "钱", "leader_phone": "13900000002"}, {"leader": "钱"}, {"name": "新队"}, {}],
}
FITTING = {"units": (0, 1), "people": (0, 1), "posts": (0, 2), "teams": (0, 1, 5)}  # of NEW: those that go in
MANY = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def clerk(county: County) -> Actor:
    for name in ("王一", "王二"):
        add_person(by=SYSTEM, name=name, unit=county.units["a"])
    return county.actor("a", "clerk")


def alone(register: Register) -> Register:
    """The same list whose rows go in one by one."""
    return replace(register, create_many=None, change_many=None)


def result(register: Register, by: Actor, wanted: Sequence[Wanted]) -> Any:
    """All that came of it, without the keys; then it is taken back."""
    with transaction.atomic(), translation.override("en"):
        last = Entry.objects.order_by("-pk").values_list("pk", flat=True)[0]
        answers = [_said(register, by, answer) for answer in Going(register, by, wanted).put()]
        made = Record.objects.order_by("-pk").values_list("pk", "title", "version")
        titles = {pk: (title, version) for pk, title, version in made}
        entries = Counter(_entry(entry, titles) for entry in Entry.objects.filter(pk__gt=last))
        names = Counter(Name.objects.values_list("record__title", "kind", "text", "keys", "valid_to"))
        transaction.set_rollback(True)
    return answers, entries, names


def _said(register: Register, by: Actor, answer: Any) -> Any:
    if isinstance(answer, Refused):
        return type(answer).__name__, str(answer), faults_of(answer, new=True)
    row = row_of(register, by, answer.pk)
    columns = [column for column in register.columns if column.kept]
    record = register.record(row)
    about = (record.version, record.checked_by, record.block, record.demo, record.number, bool(record.checked_at))
    subjects = sorted(record.subject_rows.values_list("subject", flat=True))
    return known(register, row, columns).values, about, subjects


def _entry(entry: Entry, titles: Mapping[int, Any]) -> tuple[str, ...]:
    about = [titles[pk] for pk in entry.about.order_by("place").values_list("record", flat=True)]
    private = getattr(entry, "private", None)
    public = json.loads(entry.text)["public"]
    return (
        entry.verb,
        entry.actor_label,
        str(about),
        json.dumps(public, sort_keys=True),
        private.value if private else "",
    )


@pytest.mark.parametrize("name", NEW)
@given(data=st.data())
@MANY
def test_new_ones(name: str, clerk: Actor, data: st.DataObject) -> None:
    register = register_named(name)
    assert register is not None
    rows = data.draw(st.lists(st.sampled_from(range(len(NEW[name]))), min_size=2, max_size=6, unique=True))
    wanted = [Wanted(NEW[name][place]) for place in rows]
    assert result(register, clerk, wanted) == result(alone(register), clerk, wanted)


@pytest.mark.parametrize("name", CHANGES)
@given(data=st.data())
@MANY
def test_changes(name: str, clerk: Actor, data: st.DataObject) -> None:
    register = register_named(name)
    assert register is not None
    with transaction.atomic():
        made = Going(register, clerk, [Wanted(NEW[name][place]) for place in FITTING[name]]).put()
        wanted = [
            Wanted(
                data.draw(st.sampled_from(CHANGES[name])),
                row.pk,
                data.draw(st.sampled_from([row_record(register, clerk, row).version, 99])),
                row_record(register, clerk, row).pk,
            )
            for row in made
            if not isinstance(row, Refused)
        ]
        assert result(register, clerk, wanted) == result(alone(register), clerk, wanted)
        transaction.set_rollback(True)


def row_record(register: Register, by: Actor, row: Any) -> Record:
    return register.record(row_of(register, by, row.pk))


@pytest.mark.parametrize("name", NEW)
def test_one_that_is_wrong_is_refused_alone(name: str, clerk: Actor) -> None:
    register = register_named(name)
    assert register is not None
    with transaction.atomic():
        answers = Going(register, clerk, [Wanted(values) for values in NEW[name]]).put()
    assert tuple(place for place, one in enumerate(answers) if not isinstance(one, Refused)) == FITTING[name]


@pytest.mark.parametrize("name", NEW)
def test_nobody_enters_for_a_unit_that_is_not_theirs_to_keep(name: str, county: County, clerk: Actor) -> None:
    register = register_named(name)
    assert register is not None
    for stranger in (county.actor("b", "clerk"), county.actor("education", "clerk"), county.actor("a", "observer")):
        with transaction.atomic():
            answers = Going(register, stranger, [Wanted(NEW[name][place]) for place in FITTING[name]]).put()
        assert all(isinstance(one, Refused) for one in answers)


def new_rows(name: str, count: int, start: int) -> list[Wanted]:
    first = NEW[name][0]
    own = {"units": "code", "people": "name", "posts": "title", "teams": "name"}[name]
    return [Wanted({**first, own: f"{first[own]}{start + place}"}) for place in range(count)]


@pytest.mark.parametrize("name", NEW)
def test_a_hundred_cost_no_more_statements_than_ten(name: str, clerk: Actor) -> None:
    register = register_named(name)
    assert register is not None
    costs = []
    for count in (10, 100):
        with CaptureQueriesContext(connection) as queries, transaction.atomic():
            answers = Going(register, clerk, new_rows(name, count, 1000 * count)).put()
        assert not any(isinstance(one, Refused) for one in answers)
        costs.append(len(queries))
        with CaptureQueriesContext(connection) as queries, transaction.atomic():
            Going(register, clerk, [changed(register, clerk, row, name) for row in answers]).put()
        costs.append(len(queries) - count)  # `changed` asks for each
    assert costs[2] <= costs[0]
    assert costs[3] <= costs[1] + 2


def changed(register: Register, by: Actor, row: Any, name: str) -> Wanted:
    record_of = {"posts": row.person_id}.get(name, row.pk) if name == "posts" else row.pk
    return Wanted(CHANGES[name][0], row.pk, Record.objects.get(pk=record_of).version, record_of)


def test_what_two_people_of_one_name_hold_is_not_guessed(county: County, clerk: Actor) -> None:
    add_person(by=SYSTEM, name="王一", unit=county.units["a"])
    register = register_named("posts")
    assert register is not None
    with transaction.atomic():
        answers = Going(register, clerk, [Wanted(NEW["posts"][place]) for place in FITTING["posts"]]).put()
    assert [isinstance(one, Refused) for one in answers] == [True, False]
    assert Person.objects.filter(name="王一").count() == 2
