"""Orders in the demo county: answered in time, answered by hand, not answered, and one that could not come."""

from datetime import timedelta

from django.utils import timezone

from fenghuo.kernel.access.actor import Actor, actor_for_post
from fenghuo.kernel.access.models import Post
from fenghuo.kernel.access.rights import Role
from fenghuo.kernel.assignments.models import Assignment, Way
from fenghuo.kernel.assignments.services import Order, Said, acknowledge, decline, finish, report_progress
from fenghuo.kernel.registry.demo.county import Demo
from fenghuo.kernel.registry.demo.units import COUNTY
from fenghuo.readiness.teams.models import Team
from fenghuo.response.incidents.models import Incident

from .ordering import receivers_named, ways
from .services import add_video, give_orders

ORDER = 70


def load(demo: Demo) -> None:
    post = Post.objects.filter(unit=demo.units[f"{COUNTY}-EMO"], role=Role.DUTY_OFFICER).order_by("pk").first()
    assert post is not None
    desk = actor_for_post(post)
    food, rocks = (_incident(place) for place in ("秦渡", "蔡家坡"))
    now = timezone.now()
    (ambulance,) = _give(food, desk, ["120急救甘亭站"], "两辆救护车到秦渡街道,中毒 5 人,送区人民医院", minutes_ago=230)
    acknowledge(
        ambulance,
        by=desk,
        eta_minutes=14,
        said=Said(Way.PAGE, name="站长"),
        happened_at=now - timedelta(minutes=228),
    )
    report_progress(ambulance, by=desk, arrived=True, happened_at=now - timedelta(minutes=214))
    finish(ambulance, by=desk, result="5 人已送区人民医院,病情平稳", happened_at=now - timedelta(minutes=160))
    road, _town, traffic = _give(
        rocks,
        desk,
        ["公路养护应急队", "草堂街道综合应急队", "交警二中队"],
        "蔡家坡村落石堵住半幅路面,请即赴现场处置",
        minutes_ago=110,
    )
    acknowledge(
        road, by=desk, eta_minutes=25, said=Said(Way.PAGE, name="值班员"), happened_at=now - timedelta(minutes=107)
    )
    report_progress(road, by=desk, arrived=True, happened_at=now - timedelta(minutes=82))
    decline(traffic, by=desk, reason="正在环山路处置事故", happened_at=now - timedelta(minutes=104))
    # The township does not answer: its chain runs from now on.
    add_video(rocks, by=desk, name="蔡家坡村口监控(演示)", address="https://video.example.invalid/caijiapo")


def _incident(place: str) -> Incident:
    return Incident.objects.select_related("record__region").get(record__demo=True, record__title__startswith=place)


def _give(about: Incident, by: Actor, names: list[str], text: str, minutes_ago: int) -> list[Assignment]:
    numbers = dict(Team.objects.filter(record__title__in=names).values_list("record__title", "record__number"))
    to = receivers_named(by, [numbers[name] for name in names])
    orders = [Order(one, text, travel_minutes=way.minutes) for one, way in zip(to, ways(about, to), strict=True)]
    return give_orders(about, orders, by=by, happened_at=timezone.now() - timedelta(minutes=minutes_ago))
