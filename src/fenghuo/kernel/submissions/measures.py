"""Papers that went up and were accepted: what only a document can prove, and what has no room of its own yet."""

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.measures.asking import Ask, Lack, Moment, Piece, Progress
from fenghuo.kernel.measures.past import archived
from fenghuo.kernel.measures.registering import Measure, Option, Word, add
from fenghuo.kernel.measures.windows import Windows

from .kinds import name_of, registered, rules
from .models import State, Submission
from .states import GOOD


def _accepted(kinds: Iterable[str]) -> QuerySet[Submission]:
    return Submission.objects.filter(kind__in=set(kinds), state__in=GOOD, paper__exercise=False)


def _there(found: QuerySet[Submission], moment: Moment) -> QuerySet[Submission]:
    """Without those whose paper lies in the archive: what was taken back counts no longer."""
    if not moment.past:
        return found.filter(paper__archived_at=None)
    return found.exclude(paper__in=archived(moment))


def count(asks: Sequence[Ask], _units: Sequence[Unit], moment: Moment) -> list[Mapping[int, Progress]]:
    """Papers of the kind that the unit sent and that were accepted in the time. 1 query, of the past 2."""
    windows = Windows(asks, moment)
    found = _there(_accepted(ask.options["kind"] for ask in asks), moment)
    within = found.filter(settled_at__gte=windows.begin, settled_at__lt=windows.end)
    grouped = within.order_by().values_list("sender", "kind", windows.by("settled_at"))
    counts: dict[tuple[str, int], dict[int, int]] = {}
    for sender, kind, slot, many in grouped.annotate(n=Count("paper", distinct=True)):
        counts.setdefault((kind, slot), {})[sender] = many
    return [_summed(counts.get((ask.options["kind"], slot), {}) for slot in windows.slots(ask)) for ask in asks]


def _summed(parts: Iterable[Mapping[int, int]]) -> dict[int, Progress]:
    found: dict[int, Progress] = {}
    for part in parts:
        for unit, many in part.items():
            found[unit] = Progress(many + (found[unit].value if unit in found else 0))
    return found


def pieces(ask: Ask, unit: Unit, moment: Moment) -> list[Piece]:
    """Those that count, and those that did until they were put into the archive."""
    within = Q(settled_at__gte=ask.since, settled_at__lt=min(ask.until, moment.at))
    all_ = _accepted([ask.options["kind"]]).filter(within, sender=unit).select_related("record", "paper")
    there = set(_there(all_, moment).values_list("pk", flat=True))
    return [_piece(one, counts=one.pk in there) for one in all_.order_by("settled_at", "pk")]


def _piece(one: Submission, *, counts: bool) -> Piece:
    day = timezone.localdate(one.settled_at) if one.settled_at else None
    ended = one.paper.archived_at if not counts else None
    return Piece(
        record=one.pk,
        title=f"{one.paper.number} {one.paper.title}".strip(),
        note=_("receipt %(receipt)s") % {"receipt": one.receipt} if one.receipt else one.get_state_display(),
        on=day,
        ended_on=timezone.localdate(ended) if ended else None,
        why="" if counts else _("the paper was put into the archive"),
    )


def lacks(ask: Ask, unit: Unit, moment: Moment) -> list[Lack]:
    """What is under way, and where one is begun."""
    kind = ask.options["kind"]
    going = Submission.objects.filter(kind=kind, sender=unit, sent_at__gte=ask.since, sent_at__lt=moment.at)
    found = [
        Lack(f"{one.record.number} {one.record.title}", note=str(one.get_state_display()), record=one.pk)
        for one in going.exclude(state__in=(*GOOD, State.WITHDRAWN)).select_related("record").order_by("pk")
    ]
    if found:
        return found
    said = _("no paper “%(kind)s” of this unit was accepted in this time") % {"kind": name_of(kind)}
    begin = registered()[kind].begin(kind) if kind in registered() else ""
    note = "" if kind in registered() else _("No room here makes papers of this kind yet.")
    return [Lack(said, address=begin, note=note)]


def _kinds() -> Mapping[str, Word]:
    return {name: name_of(name) for name in rules().ids()}


add(
    Measure(
        "submissions.accepted",
        gettext_lazy("accepted papers of a kind"),
        count,
        pieces,
        lacks,
        options=(Option("kind", gettext_lazy("Kind of paper"), _kinds, needed=True),),
    )
)
