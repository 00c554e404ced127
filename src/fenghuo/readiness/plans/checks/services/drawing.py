"""draw_round: the list is frozen, the sample drawn from it, and each unit given to somebody who visits it."""

import secrets
from collections.abc import Mapping

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.decision.sampling import Listed, digest, draw, written
from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid
from fenghuo.kernel.access.given import text_faults
from fenghuo.kernel.access.models import RecordSubject, Region, Unit
from fenghuo.kernel.access.models.regions import PATH_STEP
from fenghuo.kernel.access.scoped import ABOVE_DIGITS
from fenghuo.kernel.journal.recording import record
from fenghuo.kernel.registry.selectors import home_region
from fenghuo.kernel.registry.services.records import NewRecord, open_records
from fenghuo.standards.plan_checks import check_questions

from ...models import CheckItem, CheckPopulation, CheckQuestion, CheckRound, Duty
from ..checkers import Checkers
from ..states import ROUND_STATES
from .keeping import hold_round, organiser_of

SEED_MOST, SOURCE_MOST, SAMPLE_MOST = 100, 200, 300


def draw_round(round_: CheckRound, *, by: Actor, seed: str = "", seed_source: str = "") -> CheckRound:
    """Draw the sample, once. `seed` empty: the server makes 128 random bits. See docs/algorithms/plan-checks.md.

    The list is made before the transaction: it is long, and stands for the moment at which it was asked.
    Raises: NotFound, NotAllowed, WrongState (drawn already), Invalid (nobody to draw from; too many).
    """
    if faults := [*text_faults("seed", seed, SEED_MOST), *text_faults("seed_source", seed_source, SOURCE_MOST)]:
        raise Invalid(*faults)
    seed = seed.strip()
    if seed and not seed_source.strip():
        raise Invalid(Fault("seed_source", _("say where the seed comes from, so that others can look it up"), ""))
    if not seed:
        seed, seed_source = secrets.token_hex(16), str(_("made at random by the server when it was drawn"))
    return _draw(round_, _population(round_), seed, seed_source.strip(), by)


@transaction.atomic
def _draw(round_: CheckRound, population: list[Listed], seed: str, source: str, by: Actor) -> CheckRound:
    held = hold_round(round_, by=by)
    held.state = ROUND_STATES.check(held.state, "draw")
    strata = draw(population, seed, shares_of(held))
    codes = {code: (one.kind, one.town) for one in strata for code in one.drawn}
    if not codes:
        raise Invalid(Fault("shares", _("no unit of these kinds must have a plan here: nothing can be drawn")))
    if len(codes) > SAMPLE_MOST:
        said = _("would draw %(n)s units, and a round takes %(most)s: draw fewer of each kind")
        raise Invalid(Fault("shares", said % {"n": len(codes), "most": SAMPLE_MOST}, len(codes)))
    text = written(population)
    held.seed, held.seed_source, held.digest, held.drawn_at = seed, source, digest(text), timezone.now()
    held.save(update_fields=["state", "seed", "seed_source", "digest", "drawn_at"])
    CheckPopulation.objects.create(round=held, text=text)
    _put_questions(held)
    _put_items(held, codes)
    public = {"seed": seed, "digest": held.digest, "of": len(population), "drawn": len(codes)}
    record("plancheck.drawn", by, about=[held, organiser_of(held)], happened_at=held.drawn_at, public=public)
    return held


def shares_of(round_: CheckRound) -> Mapping[str, int]:
    return dict(round_.share_rows.values_list("who", "many"))


def _population(round_: CheckRound) -> list[Listed]:
    """Units of the wanted kinds that must have a plan, inside the round's place, but for its organiser. 3 queries."""
    block, home = round_.record.block, home_region()
    length = len(home.path) + PATH_STEP if home else PATH_STEP
    found = _duties(round_, block).values_list("unit__code", "who", "unit__record__block").distinct()
    rows = [(code, who, path[:length] if len(path) >= length else "") for code, who, path in found]
    towns = dict(Region.objects.filter(path__in={path for _c, _w, path in rows}).values_list("path", "code"))
    return sorted(Listed(code, who, towns.get(path, "")) for code, who, path in rows)


def _duties(round_: CheckRound, block: str) -> QuerySet[Duty]:
    inside = Duty.objects.filter(unit__record__block__gte=block, unit__record__block__lt=block + ABOVE_DIGITS)
    return inside.filter(who__in=shares_of(round_)).exclude(unit=round_.record.unit_id)


def _put_questions(round_: CheckRound) -> None:
    today = timezone.localdate()
    asked = [one for one in check_questions(settings.OWN_PLAN_CHECKS).values() if one.holds(today)]
    CheckQuestion.objects.bulk_create(
        CheckQuestion(
            round=round_, place=place, question=one.id, who=" ".join(sorted(one.who)), zh=one.zh, en=one.en,
            cited=one.cited[:300],
        )
        for place, one in enumerate(asked)
    )  # fmt: skip


def _put_items(round_: CheckRound, codes: Mapping[str, tuple[str, str]]) -> None:
    """A record for each unit, of that unit and its lines, in the order of the draw."""
    loaded = (
        Unit.objects.select_related("region", "record")
        .prefetch_related("supervisions")
        .in_bulk(list(codes), field_name="code")
    )
    units = [loaded[code] for code in codes]
    lines: dict[int, list[str]] = {}
    for key, subject in RecordSubject.objects.filter(record__in=[u.pk for u in units]).values_list("record", "subject"):
        lines.setdefault(key, []).append(subject)
    towns = {region.code: region for region in Region.objects.filter(code__in={town for _w, town in codes.values()})}
    number, demo = round_.record.number, round_.record.demo
    opened = open_records(
        "plan_check_item",
        [
            NewRecord(unit.name, unit, unit.region, f"{number}-{place:03d}", tuple(lines.get(unit.pk, ())), False, demo)
            for place, unit in enumerate(units, 1)
        ],
    )
    checkers = Checkers(round_)
    CheckItem.objects.bulk_create(
        CheckItem(
            record=one, round=round_, who=codes[unit.code][0], town=towns.get(codes[unit.code][1]),
            checker_id=checkers.of(unit),
        )
        for one, unit in zip(opened, units, strict=True)
    )  # fmt: skip
