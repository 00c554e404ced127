"""People. Names and telephones are personal: private values in the journal."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple, NotRequired, TypedDict, Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.batches import carry_out, only
from fenghuo.kernel.access.errors import Fault, Invalid, NotAllowed, Refused, WrongState
from fenghuo.kernel.access.guard import require, seen_of
from fenghuo.kernel.access.models import Person, Post, Record, Unit
from fenghuo.kernel.access.rows import Rows, insert_made, update_rows
from fenghuo.kernel.journal.recording import Draft, record, record_many

from ..models import Merged, Name
from .keeping import (
    Change,
    hold_record,
    hold_records,
    keeps,
    looked_at,
    looked_at_all,
    require_unit,
    require_version,
)
from .names import keep_names, new_name
from .posts import end_at_once
from .records import NewRecord, open_records
from .texts import Text, read_texts

TEXTS = {
    "name": Text(60, gettext_lazy("A person needs a name.")),
    "mobile": Text(32, telephone=True),
    "phone": Text(32, telephone=True),
    "email": Text(254, email=True),
}
PERSONAL = tuple(TEXTS)


class NewPerson(TypedDict):
    """What add_person is told."""

    name: str
    unit: Unit
    mobile: NotRequired[str]
    phone: NotRequired[str]
    email: NotRequired[str]
    demo: NotRequired[bool]


class PersonValues(TypedDict, total=False):
    """What change_person may be told; what is absent is left as it is. `unit`: to which the person belongs."""

    name: str
    mobile: str
    phone: str
    email: str
    unit: Unit


def may_keep_person(by: Actor, person: Person) -> bool:
    """For pages: whether to offer it. The services ask the same."""
    unit = person.record.unit
    return by.may("registry.manage") or (by.may("registry.keep") and unit is not None and keeps(by, unit))


def add_person(*, by: Actor, **said: Unpack[NewPerson]) -> Person:
    """A person known to a unit, with or without an account. Raises: NotAllowed, NotFound, Invalid."""
    return only(add_people([said], by=by))


@transaction.atomic
def add_people(batch: Sequence[NewPerson], *, by: Actor) -> list[Person | Refused]:
    """Each of them as add_person does, in the order given, in as many statements as for one."""
    seen = seen_of(by, (one["unit"].pk for one in batch))

    def check(said: NewPerson) -> tuple[NewPerson, dict[str, str]]:
        require_unit(by, said["unit"], seen)
        return said, read_texts({name: said.get(name, "") for name in TEXTS}, TEXTS)  # type: ignore[misc]

    def store(right: list[tuple[NewPerson, dict[str, str]]]) -> list[Person]:
        wanted = [
            NewRecord(texts["name"], unit, unit.region, demo=said.get("demo", False) or unit.record.demo)
            for said, texts in right
            for unit in (said["unit"],)
        ]
        opened = open_records("person", wanted, checked_by=by)
        people = [Person(record=one, **texts) for one, (_said, texts) in zip(opened, right, strict=True)]
        insert_made(people)
        keep_names([new_name(person.record, person.name) for person in people])
        told = zip(people, right, strict=True)
        record_many(
            [Draft("person.added", by, [person.pk, said["unit"].pk], private=texts) for person, (said, texts) in told]
        )
        return people

    return carry_out(batch, check, store)


def change_person(person: Person, *, by: Actor, version: int | None = None, **said: Unpack[PersonValues]) -> Person:
    """Change what is given and leave the rest. Raises: NotFound, NotAllowed, Conflict, WrongState, Invalid."""
    return only(change_people([Change(person, version, said)], by=by))


@transaction.atomic
def change_people(batch: Sequence[Change[Person]], *, by: Actor) -> list[Person | Refused]:
    """Each of them as change_person does, in as many statements as for one. Nobody twice in a batch."""
    units = (unit.pk for one in batch if isinstance(unit := one.said.get("unit"), Unit))
    seen = seen_of(by, (*units, *(one.row.pk for one in batch)))
    held = hold_records(one.row.pk for one in batch if one.row.pk in seen)
    people = Person.objects.select_for_update(of=("self",)).in_bulk(list(held))

    def check(one: Change[Person]) -> _Changed:
        kept = held.get(one.row.pk)
        _require_person(by, one.row, kept, seen)
        assert kept is not None  # what is seen is there
        require_version(kept, one.version)
        person = people[kept.pk]
        person.record = kept
        texts: dict[str, Any] = {name: value for name, value in one.said.items() if name != "unit"}
        unit = one.said.get("unit")
        moved = isinstance(unit, Unit) and unit.pk != kept.unit_id
        if moved and isinstance(unit, Unit):
            require_unit(by, unit, seen)
        right = read_texts(texts, TEXTS)
        changed = {name: value for name, value in right.items() if value != getattr(person, name)}
        return _Changed(person, changed, unit if moved and isinstance(unit, Unit) else None)

    def store(right: list[_Changed]) -> list[Person]:
        _store_changes([one for one in right if one.fields], by)
        return [one.person for one in right]

    return carry_out(batch, check, store)


@transaction.atomic
def confirm_person(person: Person, *, by: Actor) -> Person:
    """Somebody has looked: what stands there is right as of now. Raises: NotFound, NotAllowed, WrongState."""
    _require_person(by, person)
    hold_record(person.pk)
    looked_at(person.pk, by)
    record("person.confirmed", by, about=[person])
    return person


@transaction.atomic
def archive_person(person: Person, *, by: Actor, reason: str) -> Person:
    """No longer here: out of lists, all posts end today; the history stays.

    Raises: NotFound, NotAllowed, WrongState, Invalid (no reason).
    """
    _require_person(by, person)
    hold_record(person.pk)
    if not reason.strip():
        raise Invalid(Fault("reason", _("say why, for example: moved to another county"), reason))
    today = timezone.localdate()
    posts = Post.objects.filter(person=person, since__lte=today).exclude(until__lte=today)
    end_at_once([(post, today) for post in posts.order_by("pk")], by)
    Record.objects.filter(pk=person.pk).update(archived_at=timezone.now())
    looked_at(person.pk, by)
    record("person.archived", by, about=[person], private={"reason": reason.strip()[:2000]})
    return person


@transaction.atomic
def restore_person(person: Person, *, by: Actor) -> Person:
    """Back into the register; posts are given anew. Raises: NotFound, NotAllowed, WrongState."""
    _require_person(by, person)
    if Merged.objects.filter(gone=person.pk, separated_at=None).exists():
        raise WrongState(_("It was merged into another row: separate the two instead."))
    hold_record(person.pk, archived=True)
    Record.objects.filter(pk=person.pk).update(archived_at=None)
    looked_at(person.pk, by)
    record("person.restored", by, about=[person])
    return person


class _Changed(NamedTuple):
    person: Person
    texts: Mapping[str, str]
    moved: Unit | None

    @property
    def fields(self) -> list[str]:
        return sorted([*self.texts, *(["unit"] if self.moved else [])])


def _store_changes(changes: list[_Changed], by: Actor) -> None:
    for one in changes:
        for field, value in one.texts.items():
            setattr(one.person, field, value)
        if "name" in one.texts:
            one.person.record.title = one.person.name
        if one.moved is not None:
            kept = one.person.record
            kept.unit, kept.region, kept.block = one.moved, one.moved.region, one.moved.region.path
    people = [one.person for one in changes]
    update_rows(Rows(Person, ("record_id", *PERSONAL), [(one.pk, *_personal(one)) for one in people]))
    renamed = [one.person for one in changes if "name" in one.texts]
    if renamed:  # a person's old name is nobody's business
        Name.objects.filter(record_id__in=[one.pk for one in renamed]).delete()
        keep_names([new_name(one.record, one.name) for one in renamed])
    about = [one.person.record for one in changes if "name" in one.texts or one.moved is not None]
    placed = [(one.pk, one.title[:200], one.unit_id, one.region_id, one.block) for one in about]
    update_rows(Rows(Record, ("id", "title", "unit_id", "region_id", "block"), placed))
    looked_at_all((one.pk for one in people), by)
    record_many(
        [
            Draft(
                "person.changed",
                by,
                [one.person.pk, *([one.moved.pk] if one.moved else [])],
                public={"fields": one.fields},
                private=one.texts or None,
            )
            for one in changes
        ]
    )


def _personal(person: Person) -> tuple[str, ...]:
    return tuple(getattr(person, name) for name in PERSONAL)


def _require_person(by: Actor, person: Person, kept: Record | None = None, seen: Collection[int] | None = None) -> None:
    if by.may("registry.manage"):
        require(by, "registry.manage", person, seen=seen)
        return
    require(by, "registry.keep", person, seen=seen)
    unit = (kept or person.record).unit
    if unit is None or not keeps(by, unit):
        raise NotAllowed(_("Only the unit itself and the authorities above it keep its people."))
