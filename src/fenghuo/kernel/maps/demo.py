"""Restrictions in the demo county: works on one road, a flooded underpass, one lifted this morning, one only played."""

from datetime import timedelta

from django.utils import timezone

from fenghuo.kernel.access.actor import actor_for_post
from fenghuo.kernel.access.models import Post
from fenghuo.kernel.access.rights import Role
from fenghuo.kernel.registry.demo.county import Demo
from fenghuo.kernel.registry.demo.units import COUNTY

from .services import close_road, lift_closure

ORDER = 35

WORKS = [[108.6010, 34.1092], [108.6051, 34.1094], [108.6093, 34.1090]]
UNDERPASS = [[108.6322, 34.0604], [108.6339, 34.0598]]
RAMP = [[108.7021, 34.0442], [108.7029, 34.0431]]
PLAYED = [[108.5702, 34.1698], [108.5719, 34.1691]]


def load(demo: Demo) -> None:
    """Drawn by the desk, as it would draw them."""
    post = Post.objects.filter(unit=demo.units[f"{COUNTY}-EMO"], role=Role.DUTY_OFFICER).order_by("pk").first()
    assert post is not None
    desk, now = actor_for_post(post), timezone.now()
    close_road(
        by=desk,
        where="甘亭街道画展街(演示)",
        reason="雨污管网施工,单侧通行",
        geometry=_line(WORKS),
        effect="slowed",
        factor=2,
        until_at=now + timedelta(days=9),
        happened_at=now - timedelta(days=2),
    )
    close_road(
        by=desk,
        where="余下街道铁路下穿桥(演示)",
        reason="强降雨积水",
        geometry=_line(UNDERPASS),
        effect="flooded",
        depth_cm=40,
        happened_at=now - timedelta(minutes=50),
    )
    ramp = close_road(
        by=desk,
        where="草堂街道环山路路口(演示)",
        reason="交通事故处置",
        geometry=_line(RAMP),
        happened_at=now - timedelta(hours=3),
    )
    lift_closure(ramp, by=desk, happened_at=now - timedelta(hours=1))
    close_road(
        by=desk,
        where="涝店街道涝河桥(演示)",
        reason="防汛演练:桥面过水",
        geometry=_line(PLAYED),
        exercise=True,
        until_at=now + timedelta(hours=6),
    )


def _line(corners: list[list[float]]) -> dict[str, object]:
    return {"type": "LineString", "coordinates": corners}
