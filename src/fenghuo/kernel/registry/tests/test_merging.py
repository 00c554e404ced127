from datetime import date

import pytest

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import Conflict, Invalid, NotAllowed, NotFound, WrongState
from fenghuo.kernel.access.models import Account, Person, Post, Record, Share, Supervision, Unit
from fenghuo.kernel.journal.models import Entry, EntryAbout
from fenghuo.kernel.registry.models import Merged, Moved, NotSame
from fenghuo.kernel.registry.selectors import find_people, find_units, posts_held, unit_by_code
from fenghuo.kernel.registry.selectors.merging import merged_into
from fenghuo.kernel.registry.services import (
    add_person,
    appoint,
    change_person,
    create_account,
    create_token,
    create_unit,
    merge_people,
    merge_units,
    restore_person,
    separate,
    set_supervision,
    tell_apart,
)
from tests.county import County

DAY = date(2026, 1, 1)


def person(county: County, name: str = "李四", unit: str = "a", mobile: str = "") -> Person:
    return add_person(by=SYSTEM, name=name, unit=county.units[unit], mobile=mobile)


def unit(county: County, name: str, code: str, region: str = "a", kind: str = "school", phone: str = "") -> Unit:
    return create_unit(by=SYSTEM, code=code, name=name, kind=kind, region=county.regions[region], phone=phone)


def test_all_that_points_at_one_goes_over_and_comes_back(county: County) -> None:
    clerk = county.actor("a", "clerk")
    kept, gone = person(county), person(county, mobile="13900000001")
    post = appoint(gone, by=SYSTEM, unit=county.units["village"], role="member", since=DAY, title="网格员")
    share = Share.objects.create(record=county.units["b"].record, person=gone, why="asked")
    merge = merge_people(kept, gone, by=clerk)
    post.refresh_from_db()
    share.refresh_from_db()
    kept.refresh_from_db()
    assert (post.person_id, share.person_id, kept.mobile) == (kept.pk, kept.pk, "13900000001")
    into = merged_into(Record.objects.get(pk=gone.pk))
    assert into is not None
    assert into.pk == kept.pk
    assert [one.pk for one in find_people(clerk, "李四")] == [kept.pk]
    told = separate(merge, by=clerk)
    post.refresh_from_db()
    share.refresh_from_db()
    kept.refresh_from_db()
    assert (post.person_id, share.person_id, kept.mobile) == (gone.pk, gone.pk, "")
    assert (told.back, told.stayed) == (3, 0)
    assert Record.objects.get(pk=gone.pk).archived_at is None
    assert merged_into(Record.objects.get(pk=gone.pk)) is None
    for verb in ("person.merged", "person.separated"):
        about = EntryAbout.objects.filter(entry__verb=verb).values_list("record", flat=True)
        assert set(about) == {kept.pk, gone.pk}
    with pytest.raises(WrongState):
        separate(merge, by=clerk)
    again = merge_people(gone, kept, by=clerk)
    assert again.pk != merge.pk


def test_differences_are_decided_by_somebody(county: County) -> None:
    kept, gone = person(county, "李四", mobile="13900000001"), person(county, "李肆", mobile="13900000002")
    with pytest.raises(Invalid) as refused:
        merge_people(kept, gone, by=SYSTEM, choose={"name": "kept"})
    assert [fault.field for fault in refused.value.faults] == ["mobile"]
    with pytest.raises(Invalid):
        merge_people(kept, gone, by=SYSTEM, choose={"name": "both", "mobile": "gone"})
    assert not Merged.objects.exists()
    merge = merge_people(kept, gone, by=SYSTEM, choose={"name": "kept", "mobile": "gone"})
    kept.refresh_from_db()
    assert (kept.name, kept.mobile) == ("李四", "13900000002")
    separate(merge, by=SYSTEM)
    kept.refresh_from_db()
    assert kept.mobile == "13900000001"


def test_what_was_changed_since_is_left_and_said(county: County) -> None:
    kept, gone = person(county), person(county, mobile="13900000001")
    first = appoint(gone, by=SYSTEM, unit=county.units["a"], role="member", since=DAY)
    third = person(county, "王五")
    merge = merge_people(kept, gone, by=SYSTEM)
    change_person(kept, by=SYSTEM, mobile="13900000009")
    Post.objects.filter(pk=first.pk).update(person=third)
    told = separate(merge, by=SYSTEM)
    kept.refresh_from_db()
    first.refresh_from_db()
    assert (told.back, told.stayed) == (0, 2)
    assert (kept.mobile, first.person_id) == ("13900000009", third.pk)
    assert Moved.objects.filter(merge=merge, stayed=True).count() == 2


def test_a_post_that_both_hold_is_held_once(county: County) -> None:
    kept, gone = person(county), person(county)
    for one in (kept, gone):
        appoint(one, by=SYSTEM, unit=county.units["a"], role="head", since=DAY)
    merge = merge_people(kept, gone, by=SYSTEM)
    assert [post.person_id for post in posts_held(date(2026, 6, 1)).filter(unit=county.units["a"])] == [kept.pk]
    separate(merge, by=SYSTEM)
    assert posts_held(date(2026, 6, 1)).filter(unit=county.units["a"]).count() == 2


def test_two_who_sign_in(county: County) -> None:
    kept, gone = county.account("one").person, county.account("two").person
    with pytest.raises(Invalid) as refused:
        merge_people(kept, gone, by=SYSTEM)
    assert [fault.field for fault in refused.value.faults] == ["close_account"]
    merge = merge_people(kept, gone, by=SYSTEM, close_account=True)
    assert not Account.objects.get(username="two").is_active
    assert Account.objects.get(username="one").is_active
    separate(merge, by=SYSTEM)
    assert Account.objects.get(username="two").is_active


def test_an_account_goes_with_the_person(county: County) -> None:
    kept, gone = person(county, "张三", "emo", mobile="13800000000"), county.account("one").person
    merge_people(kept, gone, by=SYSTEM)
    assert Account.objects.get(username="one").person_id == kept.pk


def test_posts_that_give_rights_are_merged_by_an_administrator(county: County) -> None:
    head = county.actor("a", "head")
    kept, gone = person(county), person(county)
    create_account(gone, by=SYSTEM, username="four", password="beacon-fire-42")
    with pytest.raises(NotAllowed):
        merge_people(kept, gone, by=head)
    merge_people(kept, gone, by=county.actor("emo", "administrator"))


@pytest.mark.parametrize(
    ("of", "role", "refused"),
    [
        ("neighbour", "clerk", NotFound),
        ("b", "clerk", NotFound),
        ("education", "clerk", NotFound),
        ("a", "observer", NotAllowed),
        ("a", "clerk", None),
        ("emo", "duty_officer", None),
    ],
)
def test_who_may(county: County, of: str, role: str, refused: type[Exception] | None) -> None:
    actor = county.actor(of, role)
    kept, gone = person(county), person(county)
    if refused is None:
        separate(merge_people(kept, gone, by=actor), by=actor)
        tell_apart(kept, gone, by=actor)
        return
    merge = merge_people(kept, gone, by=SYSTEM)
    with pytest.raises(refused):
        separate(merge, by=actor)
    separate(merge, by=SYSTEM)
    for verb in (merge_people, tell_apart):
        with pytest.raises(refused):
            verb(kept, gone, by=actor)
    assert not NotSame.objects.exists()


def test_whom_only_one_side_may_be_seen_of(county: County) -> None:
    with pytest.raises(NotFound):
        merge_people(person(county, unit="a"), person(county, unit="b"), by=county.actor("a", "clerk"))


def test_what_is_no_merge(county: County) -> None:
    kept, gone, third = person(county), person(county), person(county)
    with pytest.raises(Invalid):
        merge_people(kept, kept, by=SYSTEM)
    with pytest.raises(Conflict):
        merge_people(kept, gone, by=SYSTEM, seen=(kept.record.version + 1, gone.record.version))
    first = merge_people(kept, gone, by=SYSTEM)
    with pytest.raises(WrongState):
        merge_people(kept, gone, by=SYSTEM)
    with pytest.raises(WrongState):
        restore_person(gone, by=SYSTEM)
    merge_people(third, kept, by=SYSTEM)
    with pytest.raises(WrongState):
        separate(first, by=SYSTEM)
    into = merged_into(Record.objects.get(pk=gone.pk))
    assert into is not None
    assert into.pk == third.pk


def test_names_and_telephones_never_stand_in_the_sealed_text(county: County) -> None:
    merge = merge_people(
        person(county, "李四"), person(county, "李肆", mobile="13900000001"), by=SYSTEM, choose={"name": "gone"}
    )
    separate(merge, by=SYSTEM)
    for word in ("李四", "李肆", "13900000001"):
        assert not Entry.objects.filter(text__contains=word).exists()


def test_units_with_their_people_records_and_keys(county: County) -> None:
    kept, gone = unit(county, "草堂小学", "S1"), unit(county, "草堂街道小学", "S2", "village", phone="029-84810001")
    teacher = add_person(by=SYSTEM, name="赵六", unit=gone)
    post = appoint(teacher, by=SYSTEM, unit=gone, role="head", since=DAY)
    token, _key = create_token(by=SYSTEM, name="门禁", unit=gone, scopes=["intake.write"])
    set_supervision(gone, by=SYSTEM, departments=[("education", county.units["education"])], main="education")
    merge = merge_units(kept, gone, by=SYSTEM, choose={"name": "kept"})
    for row in (teacher, post, token, kept):
        row.refresh_from_db()
    record = Record.objects.get(pk=teacher.pk)
    assert (record.unit_id, record.region_id, record.block) == (kept.pk, kept.region_id, kept.region.path)
    assert (post.unit_id, token.unit_id, kept.phone) == (kept.pk, kept.pk, "029-84810001")
    assert Supervision.objects.get().unit_id == kept.pk
    assert unit_by_code("S2") == kept
    assert [(one.record_id, one.former) for one in find_units("草堂街道小学")] == [(kept.pk, "草堂街道小学")]
    separate(merge, by=SYSTEM)
    for row in (teacher, post, token, kept):
        row.refresh_from_db()
    record = Record.objects.get(pk=teacher.pk)
    assert (record.unit_id, record.region_id, record.block) == (gone.pk, gone.region_id, gone.region.path)
    assert (post.unit_id, token.unit_id, kept.phone) == (gone.pk, gone.pk, "")
    assert [one.record_id for one in find_units("草堂街道小学")] == [gone.pk]
    assert unit_by_code("S2") == gone


def test_what_both_units_have_is_not_doubled(county: County) -> None:
    kept, gone = unit(county, "草堂小学", "S1"), unit(county, "草堂小学", "S2")
    for one in (kept, gone):
        set_supervision(one, by=SYSTEM, departments=[("education", county.units["education"])], main="education")
    merge_units(kept, gone, by=SYSTEM)
    assert Supervision.objects.filter(unit=kept, main=True).count() == 1
    assert Supervision.objects.filter(unit=gone, main=True).count() == 0


def test_units_whose_kind_gives_sight_are_merged_by_an_administrator(county: County) -> None:
    head = county.actor("emo", "head")
    school, other = unit(county, "草堂小学", "S1"), unit(county, "草堂小学", "S2")
    merge_units(school, other, by=head)
    town = unit(county, "草堂街道办", "T2", kind="township")
    with pytest.raises(NotAllowed):
        merge_units(county.units["a"], town, by=head)
    with pytest.raises(NotAllowed):
        merge_units(school, unit(county, "小学", "S3"), by=county.actor("b", "head"))
    merge_units(county.units["a"], town, by=county.actor("emo", "administrator"), choose={"name": "kept"})


def test_a_department_and_what_it_supervises_are_two(county: County) -> None:
    kept, gone = unit(county, "教育局", "E1", "county"), county.units["education"]
    set_supervision(kept, by=SYSTEM, departments=[("education", gone)], main="education")
    with pytest.raises(Invalid):
        merge_units(kept, gone, by=SYSTEM, choose={"name": "kept"})
