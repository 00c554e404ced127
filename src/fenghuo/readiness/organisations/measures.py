"""What organisations count towards a promise: posts filled in the unit itself, and somebody in charge below it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fenghuo.kernel.access.models import Post, Unit
from fenghuo.kernel.access.models.units import UnitKind
from fenghuo.kernel.access.scoped import ABOVE_DIGITS
from fenghuo.kernel.measures.asking import Ask, Lack, Moment, Piece, Progress
from fenghuo.kernel.measures.past import archived
from fenghuo.kernel.measures.registering import Measure, Option, add

from .presenting import rule_said
from .rules import Needed, needed

POSTS, BELOW = "organisations.posts", "organisations.led_below"
PARTS = {"leading": gettext_lazy("leading body"), "office": gettext_lazy("office")}
GRASSROOTS = (UnitKind.COMMITTEE, UnitKind.ENTERPRISE, UnitKind.SCHOOL, UnitKind.INSTITUTION)


def count(asks: Sequence[Ask], units: Sequence[Unit], moment: Moment) -> list[Mapping[int, Progress]]:
    """Of the posts that the rules ask for, those that somebody holds. 1 query, of the past 2."""
    rules = needed()
    held, below = _read(moment, below=any(ask.slug == BELOW for ask in asks))
    found: list[Mapping[int, Progress]] = []
    for ask in asks:
        if ask.slug == POSTS:
            found.append({unit.pk: _own(ask, unit.pk, unit.kind, rules, held) for unit in units})
        else:
            by_path = _by_path(ask, below, rules, held)
            found.append({unit.pk: by_path.get(unit.region.path, Progress(0, 0)) for unit in units})
    return found


type Held = Mapping[int, set[str]]
Below = list[tuple[int, str, str]]  # unit, kind, path of its place


def _read(moment: Moment, *, below: bool) -> tuple[Held, Below]:
    """Who holds which role where, and the units that stand below others."""
    posts: Any = _serving(moment).values_list("unit", "role", Value("")).distinct()
    if below:
        units = Unit.objects.filter(units_there(moment), kind__in=GRASSROOTS, record__exercise=False)
        posts = posts.union(units.order_by().values_list("pk", "kind", "region__path"), all=True).order_by()
    held, found = defaultdict[int, set[str]](set), Below()
    for unit, word, path in posts:
        if path:
            found.append((unit, word, path))
        else:
            held[unit].add(word)
    return held, found


def _own(ask: Ask, unit: int, kind: str, rules: Sequence[Needed], held: Held) -> Progress:
    asked = [rule for rule in rules if kind in rule.kinds and _part(ask, rule)]
    return Progress(sum(not held.get(unit, set()).isdisjoint(rule.roles) for rule in asked), len(asked))


def _part(ask: Ask, rule: Needed) -> bool:
    parts = ask.words("part")
    return not parts or rule.part in parts


def _serving(moment: Moment) -> QuerySet[Post]:
    day = moment.day
    found = Post.objects.filter(Q(until=None) | Q(until__gte=day), since__lte=day).order_by()
    if not moment.past:
        return found.filter(person__record__archived_at=None, unit__record__archived_at=None)
    return found.exclude(person__in=archived(moment))


def units_there(moment: Moment) -> Q:
    """Units that existed on that day: founded before, not ended, not merged away."""
    day = moment.day
    founded, ended = Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gt=day)
    return founded & ended if moment.past else founded & Q(valid_to=None, record__archived_at=None)


def _by_path(ask: Ask, below: Below, rules: Sequence[Needed], held: Held) -> dict[str, Progress]:
    kinds, sums = ask.words("units") or GRASSROOTS, defaultdict[str, list[int]](lambda: [0, 0])
    for unit, kind, path in below:
        asked = [rule for rule in rules if kind in rule.kinds]
        if kind not in kinds or not asked:
            continue
        led = all(not held.get(unit, set()).isdisjoint(rule.roles) for rule in asked)
        for length in range(4, len(path) + 1, 4):
            sums[path[:length]][0] += led
            sums[path[:length]][1] += 1
    return {path: Progress(value, asked) for path, (value, asked) in sums.items()}


def _units_below(ask: Ask, unit: Unit, moment: Moment) -> list[tuple[Unit, bool]]:
    """With whether somebody leads it. 2 queries, of the past 3."""
    rules, held = needed(), _read(moment, below=False)[0]
    kinds = ask.words("units") or GRASSROOTS
    path = unit.region.path
    found = Unit.objects.filter(units_there(moment), kind__in=kinds, record__exercise=False)
    found = found.filter(region__path__gte=path, region__path__lt=path + ABOVE_DIGITS).order_by("code")
    return [
        (one, all(not held.get(one.pk, set()).isdisjoint(rule.roles) for rule in asked))
        for one in found
        if (asked := [rule for rule in rules if one.kind in rule.kinds])
    ]


def pieces(ask: Ask, unit: Unit, moment: Moment) -> list[Piece]:
    if ask.slug == BELOW:
        return [Piece(one.pk, one.name) for one, led in _units_below(ask, unit, moment) if led]
    roles = {role for rule in needed() if unit.kind in rule.kinds and _part(ask, rule) for role in rule.roles}
    posts = _serving(moment).filter(unit=unit, role__in=roles).order_by("role", "since")
    return [Piece(unit.pk, post.title or str(post.get_role_display()), on=post.since) for post in posts]


def lacks(ask: Ask, unit: Unit, moment: Moment) -> list[Lack]:
    if ask.slug == BELOW:
        below = _units_below(ask, unit, moment)
        return [Lack(one.name, _page(one), _("nobody is in charge"), one.pk) for one, led in below if not led]
    held = _read(moment, below=False)[0].get(unit.pk, set())
    asked = [rule for rule in needed() if unit.kind in rule.kinds and _part(ask, rule)]
    return [Lack(str(rule_said(rule)), _page(unit)) for rule in asked if held.isdisjoint(rule.roles)]


def _page(unit: Unit) -> str:
    return reverse("web:unit", args=[unit.code])


def _grassroots() -> dict[str, str]:
    return {kind.value: str(kind.label) for kind in GRASSROOTS}


add(
    Measure(
        POSTS,
        gettext_lazy("posts of the emergency organisation that are filled"),
        count,
        pieces,
        lacks,
        share=True,
        options=(Option("part", gettext_lazy("Part of the organisation"), lambda: PARTS, several=True),),
    ),
    Measure(
        BELOW,
        gettext_lazy("units below with somebody in charge"),
        count,
        pieces,
        lacks,
        share=True,
        options=(Option("units", gettext_lazy("Kinds of unit"), _grassroots, several=True),),
    ),
)
