"""Deadlines of the demo county in all their states: done in time, late with a reason, running, paused."""

from datetime import timedelta

from django.utils import timezone

from fenghuo.kernel.access.actor import actor_for_post
from fenghuo.kernel.access.models import Post
from fenghuo.kernel.access.rights import Role
from fenghuo.kernel.registry.demo.county import Demo
from fenghuo.kernel.registry.demo.units import COUNTY

from .explaining import give_reason
from .models import Clock
from .services import pause_clock

ORDER = 90  # what the rooms' incidents have running stands by then


def load(demo: Demo) -> None:
    """One that was done late gets its reason; the one with most time left is paused."""
    desk = demo.units[f"{COUNTY}-EMO"]
    posts = {post.role: post for post in Post.objects.filter(unit=desk).order_by("-pk")}
    duties = Clock.objects.filter(record__unit=desk, window=False, ended_at=None)
    late = duties.filter(late_noted_at__isnull=False, met_at__isnull=False).order_by("pk").first()
    if late is not None and Role.DUTY_OFFICER in posts:
        officer = actor_for_post(posts[Role.DUTY_OFFICER])
        give_reason(late, by=officer, why="verifying", text="等待区医院确认中毒人数,书面材料晚报。")
    now = timezone.now()
    running = duties.filter(met_at=None, due_at__gt=now + timedelta(hours=1), started_at__lt=now)
    longest = running.order_by("-due_at", "pk").first()
    leader = posts.get(Role.DUTY_LEADER) or posts.get(Role.HEAD)
    if longest is not None and leader is not None:
        pause_clock(longest, by=actor_for_post(leader), reason="道路中断,专家组尚未到达现场。")
