"""Two rows for one person or one unit become one, and can be separated again. Nothing is deleted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Conflict, Fault, Invalid, NotAllowed, WrongState
from fenghuo.kernel.access.guard import require, sees
from fenghuo.kernel.access.models import Account, Person, Post, Record, Supervision, Token, Unit
from fenghuo.kernel.journal.recording import record

from ..models import Merged, Name, NameKind, NotSame
from .keeping import hold_record, keeps, looked_at
from .people import change_person
from .repointing import note, repoint, set_back, set_rows
from .units import GRASSROOTS, change_unit

PERSON_FIELDS = ("name", "mobile", "phone", "email")
UNIT_FIELDS = ("name", "short_name", "phone")
KEPT, GONE = "kept", "gone"


@dataclass(frozen=True, slots=True)
class Separation:
    """`back`: fields that are again what they were; `stayed`: those that somebody has changed since the merge."""

    merge: Merged
    back: int
    stayed: int


@transaction.atomic
def merge_people(
    kept: Person,
    gone: Person,
    *,
    by: Actor,
    choose: Mapping[str, str] | None = None,
    seen: tuple[int, int] | None = None,
    close_account: bool = False,
) -> Merged:
    """`gone` is the same person as `kept`: what points at it points at `kept`, and it goes into the archive.

    `choose`: by field in which the two differ, "kept" or "gone"; what `kept` lacks is taken. `seen`: the versions
    of both that the choice was made upon. `close_account`: when both may sign in, the gone one's account is closed.
    A post that `kept` holds too for the same time stays where it is.
    Raises: NotFound, NotAllowed, Conflict, WrongState, Invalid.
    """
    require_merging_people(by, kept, gone)
    held = _hold(kept.pk, gone.pk, seen)
    kept, gone = Person.objects.get(pk=kept.pk), Person.objects.get(pk=gone.pk)
    both = Account.objects.filter(person__in=[kept, gone]).count() == 2
    if both and not close_account:
        raise Invalid(
            Fault("close_account", _("Both may sign in: say that the account of the one that goes is to be closed."))
        )
    chosen = _decide(kept, gone, PERSON_FIELDS, choose or {})
    merge = _open("person", held, by)
    if both:
        account = Account.objects.get(person=gone)
        if account.is_active:
            set_rows(merge, Account, [account.pk], "is_active", True, False)
    moved = repoint(merge, leave={"access.Post": _same_posts(kept, gone), "registry.Name": _names_of(gone.pk)})
    _note_all(merge, kept, chosen)
    if chosen:
        change_person(kept, by=by, **chosen)  # type: ignore[arg-type]
    _close(merge, by)
    record("person.merged", by, about=[kept, gone], public={"fields": sorted(chosen), "rows": moved})
    return merge


@transaction.atomic
def merge_units(
    kept: Unit,
    gone: Unit,
    *,
    by: Actor,
    choose: Mapping[str, str] | None = None,
    seen: tuple[int, int] | None = None,
) -> Merged:
    """`gone` is the same unit as `kept`; kind, region and code are those of `kept`, and the names of both find it.

    Its people, records, posts, keys and lines go over. Parameters as in merge_people.
    Raises: NotAllowed, Conflict, WrongState, Invalid.
    """
    require_merging_units(by, kept, gone)
    held = _hold(kept.pk, gone.pk, seen)
    kept = Unit.objects.select_related("region").lock(kept)
    gone = Unit.objects.select_related("region").lock(gone)
    if kept.valid_to is not None or gone.valid_to is not None:
        raise WrongState(_("This unit has already ended."))
    if Supervision.objects.filter(Q(unit=kept, department=gone) | Q(unit=gone, department=kept)).exists():
        raise Invalid(message=_("One of them supervises the other: set the supervising departments right first."))
    chosen = _decide(kept, gone, UNIT_FIELDS, choose or {})
    merge = _open("unit", held, by)
    if Supervision.objects.filter(unit=kept, main=True).exists():
        main = Supervision.objects.filter(unit=gone, main=True).values_list("pk", flat=True)
        set_rows(merge, Supervision, list(main), "main", True, False)
    _move_people(merge, kept, gone)
    for kind in (NameKind.CURRENT, NameKind.SHORT):
        names = Name.objects.filter(record=gone.pk, kind=kind).values_list("pk", flat=True)
        set_rows(merge, Name, list(names), "kind", kind.value, NameKind.FORMER.value)
    Unit.objects.filter(pk=gone.pk).update(valid_to=timezone.localdate(), successor=kept)
    moved = repoint(merge, leave={"access.Post": _same_posts_in(kept, gone)})
    _note_all(merge, kept, chosen)
    if chosen:
        change_unit(kept, by=by, **chosen)  # type: ignore[arg-type]
    _close(merge, by)
    record("unit.merged", by, about=[kept, gone], public={"fields": sorted(chosen), "rows": moved})
    return merge


@transaction.atomic
def separate(merge: Merged, *, by: Actor) -> Separation:
    """They are two after all: what still is as the merge left it goes back, and the gone one is there again.

    What was entered for the kept one since stays with it; so does what was changed since, which is counted and named.
    Raises: NotFound, NotAllowed, WrongState (already separated; the kept one is in the archive itself).
    """
    kept, gone = _rows(merge)
    require_merging(by, kept, gone)
    merge = Merged.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    if merge.separated_at is not None:
        raise WrongState(_("These two have already been separated."))
    if Merged.objects.filter(gone=merge.kept_id, separated_at=None).exists():
        raise WrongState(_("The one that was kept has itself been merged into another: separate that first."))
    hold_record(merge.kept_id)
    hold_record(merge.gone_id, archived=True)
    now = timezone.now()
    Record.objects.filter(pk=merge.gone_id).update(archived_at=None)
    if isinstance(gone, Unit):
        Unit.objects.filter(pk=gone.pk).update(valid_to=None, successor=None)
    back, stayed = _texts_back(merge, kept, by)
    others = merge.moved_rows.exclude(model=kept._meta.label, row=kept.pk).order_by("-pk")
    moved_back, left = set_back(others)
    back, stayed = back + moved_back, stayed + left
    merge.separated_at, merge.separated_by = now, by.label[:200]
    merge.save(update_fields=["separated_at", "separated_by"])
    for pk in (merge.kept_id, merge.gone_id):
        looked_at(pk, by)
    record(f"{merge.kind}.separated", by, about=[kept, gone], public={"back": back, "stayed": stayed})
    return Separation(merge, back, stayed)


@transaction.atomic
def tell_apart(one: Person | Unit, other: Person | Unit, *, by: Actor) -> NotSame:
    """Looked at: these two are not the same. They are not proposed again; twice does no harm.

    Raises: NotFound, NotAllowed, Invalid.
    """
    require_merging(by, one, other, alike=False)
    first, second = sorted((one.pk, other.pk))
    said, made = NotSame.objects.get_or_create(
        one_id=first, other_id=second, defaults={"by": by.label[:200], "said_at": timezone.now()}
    )
    if made:
        record(f"{'unit' if isinstance(one, Unit) else 'person'}.told_apart", by, about=[one, other])
    return said


def require_merging(by: Actor, one: Person | Unit, other: Person | Unit, *, alike: bool = True) -> None:
    """Raises: NotFound, NotAllowed, Invalid (one row given twice, or a person and a unit)."""
    if isinstance(one, Unit) and isinstance(other, Unit):
        require_merging_units(by, one, other, rights=alike)
    elif isinstance(one, Person) and isinstance(other, Person):
        require_merging_people(by, one, other, rights=alike)
    else:
        raise Invalid(message=_("A person and a unit are never the same."))


def require_merging_people(by: Actor, kept: Person, gone: Person, *, rights: bool = True) -> None:
    """Whoever keeps both; where somebody may sign in, an administrator, since posts give rights.

    Raises: NotFound, NotAllowed, Invalid.
    """
    _require_two(kept, gone)
    if by.may("registry.manage"):
        for one in (kept, gone):
            require(by, "registry.manage", one)
        return
    for one in (kept, gone):
        require(by, "registry.keep", one)
        if one.record.unit is None or not keeps(by, one.record.unit):
            raise NotAllowed(_("Only the unit itself and the authorities above it keep its people."))
    if rights and Account.objects.filter(person__in=[kept.pk, gone.pk]).exists():
        raise NotAllowed(_("One of them may sign in, so that posts give rights: an administrator merges them."))


def require_merging_units(by: Actor, kept: Unit, gone: Unit, *, rights: bool = True) -> None:
    """Whoever keeps both; what gives sight or rights, an administrator. Everybody knows of a unit (decision 3).

    Raises: NotAllowed, Invalid.
    """
    _require_two(kept, gone)
    if by.may("registry.manage") and sees(by, kept) and sees(by, gone):
        return
    require(by, "registry.keep")
    if not (keeps(by, kept) and keeps(by, gone)):
        raise NotAllowed(_("Only its own unit and the authorities above that may change it."))
    if not rights:
        return
    if not {kept.kind, gone.kind} <= set(GRASSROOTS):
        raise NotAllowed(_("Units of this kind are merged by an administrator, since the kind decides who sees what."))
    signs_in = Account.objects.filter(person__posts__unit__in=[kept.pk, gone.pk]).exists()
    if signs_in or Token.objects.filter(unit=gone.pk).exists():
        raise NotAllowed(_("Somebody in them may sign in, so that posts give rights: an administrator merges them."))


def _require_two(kept: Person | Unit, gone: Person | Unit) -> None:
    if kept.pk == gone.pk:
        raise Invalid(message=_("This is one and the same row: choose two."))


def _hold(kept: int, gone: int, seen: tuple[int, int] | None) -> tuple[Record, Record]:
    """Both records, the lower key first, so that two who merge at once never wait for each other."""
    versions = dict(zip((kept, gone), seen or (None, None), strict=True))
    held = {pk: hold_record(pk, version=versions[pk]) for pk in sorted(versions)}
    if held[kept].demo != held[gone].demo:
        raise Conflict(_("One of them belongs to the demo county, the other does not."))
    return held[kept], held[gone]


def _open(kind: str, held: tuple[Record, Record], by: Actor) -> Merged:
    return Merged.objects.create(kind=kind, kept=held[0], gone=held[1], by=by.label[:200], merged_at=timezone.now())


def _close(merge: Merged, by: Actor) -> None:
    Record.objects.filter(pk=merge.gone_id).update(archived_at=timezone.now())
    for pk in (merge.kept_id, merge.gone_id):
        looked_at(pk, by)


def _decide(
    kept: Person | Unit, gone: Person | Unit, fields: Sequence[str], choose: Mapping[str, str]
) -> dict[str, str]:
    """What is taken over from the gone one. Raises: Invalid (a difference that nobody decided, an unknown choice)."""
    faults = [
        Fault(name, _("must be one of: %(known)s") % {"known": f"{KEPT} {GONE}"}, said)
        for name, said in choose.items()
        if name not in fields or said not in (KEPT, GONE)
    ]
    chosen = {}
    for name in fields:
        mine, theirs = getattr(kept, name), getattr(gone, name)
        if not theirs or theirs == mine:
            continue
        if not mine or choose.get(name) == GONE:
            chosen[name] = theirs
        elif name not in choose:
            faults.append(Fault(name, _("The two differ here: choose which one holds.")))
    if faults:
        raise Invalid(*faults)
    return chosen


def _note_all(merge: Merged, kept: Person | Unit, chosen: Mapping[str, str]) -> None:
    for name, value in chosen.items():
        note(merge, kept, name, getattr(kept, name), value)


def _texts_back(merge: Merged, kept: Person | Unit, by: Actor) -> tuple[int, int]:
    """The kept one's own fields, by the service that changes them, so that its names follow."""
    rows = list(merge.moved_rows.filter(model=kept._meta.label, row=kept.pk))
    back = {row.field: row.before for row in rows if getattr(kept, row.field) == row.after}
    stayed = [row.pk for row in rows if row.field not in back]
    merge.moved_rows.filter(pk__in=stayed).update(stayed=True)
    if back and isinstance(kept, Unit):
        change_unit(kept, by=by, **back)  # type: ignore[arg-type]
    elif back and isinstance(kept, Person):
        change_person(kept, by=by, **back)  # type: ignore[arg-type]
    return len(back), len(stayed)


def _rows(merge: Merged) -> tuple[Person, Person] | tuple[Unit, Unit]:
    if merge.kind == "unit":
        units = Unit.objects.select_related("region", "record").in_bulk([merge.kept_id, merge.gone_id])
        return units[merge.kept_id], units[merge.gone_id]
    people = Person.objects.select_related("record__unit__region").in_bulk([merge.kept_id, merge.gone_id])
    return people[merge.kept_id], people[merge.gone_id]


def _names_of(pk: int) -> list[int]:
    """A person's other name is nobody's business: it stays with the row in the archive."""
    return list(Name.objects.filter(record=pk).values_list("pk", flat=True))


def _same_posts(kept: Person, gone: Person) -> list[int]:
    """Posts of the gone one that the kept one holds too, for an overlapping time."""
    held = list(Post.objects.filter(person=kept))
    return [one.pk for one in Post.objects.filter(person=gone) if any(_same_post(one, two) for two in held)]


def _same_posts_in(kept: Unit, gone: Unit) -> list[int]:
    held: dict[int, list[Post]] = {}
    for post in Post.objects.filter(unit=kept):
        held.setdefault(post.person_id, []).append(post)
    there = Post.objects.filter(unit=gone)
    return [
        one.pk
        for one in there
        if any(one.role == two.role and _overlap(one, two) for two in held.get(one.person_id, ()))
    ]


def _same_post(one: Post, two: Post) -> bool:
    return (one.unit_id, one.role) == (two.unit_id, two.role) and _overlap(one, two)


def _overlap(one: Post, two: Post) -> bool:
    return (one.until is None or one.until >= two.since) and (two.until is None or two.until >= one.since)


def _move_people(merge: Merged, kept: Unit, gone: Unit) -> None:
    """The people of a unit stand in its region; what else belongs to it lies where it lies."""
    if kept.region_id == gone.region_id:
        return
    people = Record.objects.filter(kind="person", unit=gone.pk)
    for name, value in (("region", kept.region_id), ("block", kept.region.path)):
        by_value: dict[object, list[int]] = {}
        for pk, before in people.annotate(was=F(name)).values_list("pk", "was"):
            by_value.setdefault(before, []).append(pk)
        for before, keys in by_value.items():
            set_rows(merge, Record, keys, name, before, value)
