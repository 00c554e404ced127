"""What was said about papers, and who brought them. A submission goes with its paper, never alone."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.destruction.rooms import Counts, Keys, Room, add

from .models import Remark, Round, Submission
from .models.submissions import UNDER_WAY


def _held(records: Keys) -> Counts:
    rounds = Round.objects.filter(submission__in=records)
    return {
        "sendings": rounds.exclude(note="", reason="", brought_by="").count(),
        "remarks": Remark.objects.filter(round__submission__in=records).exclude(text="").count(),
    }


def _remove(records: Keys, _order: int) -> Counts:
    """Who sent what to whom, when and how it was answered stays."""
    counts = dict(_held(records))
    Round.objects.filter(submission__in=records).update(note="", reason="", brought_by="")
    Remark.objects.filter(round__submission__in=records).update(text="", answer="")
    return counts


def _belongs(records: Keys) -> Iterable[int]:
    return Submission.objects.filter(paper__in=records).values_list("pk", flat=True)


def _owners(records: Keys) -> dict[int, list[int]]:
    return {pk: [paper] for pk, paper in Submission.objects.filter(pk__in=records).values_list("pk", "paper_id")}


def _obstacles(records: Keys, held: bool) -> dict[int, str]:
    found = Submission.objects.filter(pk__in=records, state__in=UNDER_WAY)
    if held:
        found = found.select_for_update(of=("self",))
    return dict.fromkeys(found.values_list("pk", flat=True), "paper_under_way")


add(
    Room(
        name="submissions",
        things={"sendings": _("notes and reasons of papers sent"), "remarks": _("remarks on papers")},
        held=_held,
        remove=_remove,
        belongs=_belongs,
        owners=_owners,
        obstacles=_obstacles,
        reasons={"paper_under_way": _("the paper was sent up and has not been answered yet")},
    )
)
