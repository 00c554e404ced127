"""The matrix counted anew in plain Python, row by row; it knows nothing of measures, only what the targets mean."""

from datetime import date

from django.utils import timezone

from fenghuo.kernel.access.models import Post, Unit
from fenghuo.kernel.submissions.models import Submission
from fenghuo.readiness.plans.models import Plan
from fenghuo.readiness.teams.models import Team

NEEDED = {  # posts_needed.csv, by hand
    "township": [{"head"}, {"clerk", "duty_officer"}],
    "department": [{"head"}, {"clerk", "duty_officer"}],
}
type Figure = tuple[int, int]  # how many count, of how many


def recount(key: str, unit: Unit, today: date) -> Figure:
    """As the reading says it: value and quota."""
    if key == "teams":
        many = sum(
            1
            for team in Team.objects.select_related("record")
            if team.record.unit_id == unit.pk
            and team.record.archived_at is None
            and team.kind == "general"
            and (team.people or 0) >= 20
        )
        return many, 2
    if key == "drills":
        return len(_papers(unit, "exercise_record_up", range(1, 13))), 1
    if key == "quarters":
        quarters = [range(first, first + 3) for first in (1, 4, 7, 10)]
        return sum(1 for months in quarters if _papers(unit, "expert_group", months)), 4
    if key in ("valid", "filed"):
        return _plans(unit, key), 1
    if key == "posts":
        needed = NEEDED[unit.kind]
        held = {post.role for post in _posts(unit, today)}
        return sum(1 for roles in needed if roles & held), len(needed)
    if key == "villages":
        return _villages(unit)
    if key == "led":
        villages = [one for one in _below(unit) if one.kind == "committee"]
        return sum(1 for one in villages if any(p.role == "head" for p in _posts(one, today))), len(villages)
    raise AssertionError(key)


def _papers(unit: Unit, kind: str, months: range) -> set[int]:
    found = set()
    for one in Submission.objects.select_related("paper"):
        there = one.paper.archived_at is None and one.state in ("accepted", "deemed")
        if one.sender_id == unit.pk and one.kind == kind and there and one.settled_at is not None:
            day = timezone.localdate(one.settled_at)
            if day.year == 2026 and day.month in months:
                found.add(one.paper_id)
    return found


def _plans(unit: Unit, key: str) -> int:
    many = 0
    for plan in Plan.objects.select_related("record"):
        if plan.record.unit_id != unit.pk or plan.record.archived_at is not None or plan.kind != "grassroots":
            continue
        if key == "valid":
            many += plan.state == "filed"
        else:
            many += plan.state != "drafted" and plan.filed_on is not None and plan.filed_on.year == 2026
    return many


def _posts(unit: Unit, today: date) -> list[Post]:
    return [
        post
        for post in Post.objects.select_related("person__record")
        if post.unit_id == unit.pk
        and post.since <= today
        and (post.until is None or post.until >= today)
        and post.person.record.archived_at is None
    ]


def _below(unit: Unit) -> list[Unit]:
    found = Unit.objects.select_related("region", "record")
    return [
        one
        for one in found
        if one.region.path.startswith(unit.region.path) and one.valid_to is None and one.record.archived_at is None
    ]


def _villages(unit: Unit) -> Figure:
    villages = [one for one in _below(unit) if one.kind == "committee"]
    filed = 0
    for village in villages:
        plans = Plan.objects.filter(record__unit=village, kind="grassroots", record__archived_at=None)
        filed += any(plan.state == "filed" for plan in plans)
    return filed, len(villages)
