"""Places, units, people and posts as registers: the county's address book and contact book."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.actor import SYSTEM, Actor, post_is_held
from fenghuo.kernel.access.models import Person, Post, Region, Unit
from fenghuo.kernel.access.models.units import UnitKind
from fenghuo.kernel.access.rights import Role
from fenghuo.kernel.registers.declaring import Column, Filter, Register, add
from fenghuo.kernel.registers.kinds import Choice, Day, Degrees, Place, Several, Telephone, Text, UnitNamed, Whole
from fenghuo.kernel.registry import services
from fenghuo.kernel.registry.selectors import posts_held, typed_names
from fenghuo.kernel.registry.services.places import ABOVE, MOST_PEOPLE

from .services import (
    change_people_and_posts,
    change_person_and_post,
    change_posts,
    end_post_in_register,
    enter_people,
    enter_person,
    enter_post,
    enter_posts,
)

KIND = Choice(choices=lambda: UnitKind.choices)
ROLE = Choice(choices=lambda: Role.choices)


def _places(_actor: Actor) -> QuerySet[Region]:
    """Everybody signed in may know them (decision 3)."""
    found = Region.objects.filter(valid_to=None, level__in=ABOVE)
    return found.select_related("parent", "record").order_by("path")


def _place_words(_actor: Actor, found: QuerySet[Region], words: str) -> QuerySet[Region]:
    return found.filter(Q(pk__in=typed_names("region", words)) | Q(code__startswith=words))


def _levels(_actor: Actor) -> Sequence[tuple[str, Any]]:
    return [(str(level.value), level.label) for level in ABOVE]


def _lies(region: Region) -> tuple[float, float] | None:
    if region.latitude is None or region.longitude is None:
        return None
    return region.latitude, region.longitude


add(
    Register(
        name="regions",
        title=_("Townships and villages"),
        one=_("Township or village"),
        icon="map",
        order=5,
        read="registry.read",
        write="registry.keep",
        rows=_places,
        columns=(
            Column("name", _("Name"), lambda at: at.name, Text(80), "name", ("名称", "村名", "村社区"), needed=True),
            Column(
                "level",
                _("Level"),
                lambda at: at.level,
                Choice(choices=lambda: _levels(SYSTEM)),
                "level",
                ("级别", "层级"),
                once=True,
                needed=True,
            ),
            Column(
                "parent",
                _("Belongs to"),
                lambda at: at.parent,
                Place(),
                "parent__path",
                ("上级", "所属镇街", "所属街道", "所属区县"),
                once=True,
                needed=True,
            ),
            Column(
                "code",
                _("Region code"),
                lambda at: at.code,
                Text(12),
                "code",
                ("区划代码", "统计用区划代码", "代码"),
                once=True,
                needed=True,
            ),
            Column(
                "people",
                _("People who live there"),
                lambda at: at.people,
                Whole(greatest=MOST_PEOPLE),
                "people",
                ("常住人口", "人口", "人口数"),
            ),
            Column("people_as_of", _("As of"), lambda at: at.people_as_of, Day(), "", ("截至日期", "统计日期")),
            Column("longitude", _("Longitude"), lambda at: at.longitude, Degrees(), "", ("经度",)),
            Column("latitude", _("Latitude"), lambda at: at.latitude, Degrees(greatest=90), "", ("纬度",)),
        ),
        filters=(Filter("level", _("Level"), _levels, lambda found, value: found.filter(level=value)),),
        search=_place_words,
        may_change=lambda actor, at: services.may_keep_place(actor, at),
        create=services.enter_place,
        change=services.change_place,
        confirm=services.confirm_place,
        position=_lies,
        keys=(("code",), ("name", "parent")),
        empty=_("The county's townships and villages stand here. Bring in their list, the townships first."),
    )
)


def _units(_actor: Actor) -> QuerySet[Unit]:
    """An address book that everybody signed in may use (decision 3)."""
    return (
        Unit.objects.filter(valid_to=None).select_related("region__parent", "record").order_by("region__path", "code")
    )


def _unit_words(_actor: Actor, found: QuerySet[Unit], words: str) -> QuerySet[Unit]:
    return found.filter(Q(pk__in=typed_names("unit", words)) | Q(code__icontains=words) | Q(phone__contains=words))


def _own_unit(actor: Actor) -> dict[str, Any]:
    own = Unit.objects.select_related("region").filter(pk=actor.unit_id).first()
    return {"unit": own.name, "region": own.region.code, "since": timezone.localdate().isoformat()} if own else {}


def _kinds(_actor: Actor) -> Sequence[tuple[str, Any]]:
    return UnitKind.choices


add(
    Register(
        name="units",
        title=_("Units"),
        one=_("Unit"),
        icon="building",
        order=10,
        read="registry.read",
        write="registry.keep",
        rows=_units,
        columns=(
            Column(
                "name", _("Name"), lambda unit: unit.name, Text(120), "name", ("单位名称", "单位", "名称"), needed=True
            ),
            Column("short_name", _("Short name"), lambda unit: unit.short_name, Text(40), "", ("简称",), shown=False),
            Column("kind", _("Kind"), lambda unit: unit.kind, KIND, "kind", ("单位类型", "类型", "类别"), needed=True),
            Column(
                "region",
                _("Region"),
                lambda unit: unit.region,
                Place(),
                "region__path",
                ("所在地区", "所属街道", "区划"),
                needed=True,
            ),
            Column("phone", _("Duty telephone"), lambda unit: unit.phone, Telephone(), "", ("值班电话", "电话")),
            Column(
                "code",
                _("Code"),
                lambda unit: unit.code,
                Text(32),
                "code",
                ("单位代码", "编码", "统一社会信用代码"),
                once=True,
                needed=True,
            ),
        ),
        filters=(Filter("kind", _("Kind"), _kinds, lambda found, value: found.filter(kind=value)),),
        search=_unit_words,
        may_change=lambda actor, unit: services.may_keep_unit(actor, unit),
        create=services.create_unit,
        create_many=services.create_units,
        change=services.change_unit,
        change_many=services.change_units,
        confirm=services.confirm_unit,
        first=_own_unit,
        page=lambda unit: reverse("web:unit", args=[unit.code]),
        keys=(("code",), ("name", "region")),
        empty=_(
            "Governments, departments, street offices, villages, enterprises and schools stand here. "
            "An administrator enters the first ones."
        ),
    )
)


POSTS = Prefetch("posts", Post.objects.select_related("unit").order_by("pk"))


def _people(actor: Actor) -> QuerySet[Person]:
    found = Person.objects.visible_to(actor).select_related("record__unit__region", "record__region")
    return found.order_by("record__unit__region__path", "record__unit__code", "name", "pk")


def _person_words(_actor: Actor, found: QuerySet[Person], words: str) -> QuerySet[Person]:
    unit = Q(record__unit__in=typed_names("unit", words))
    return found.filter(
        Q(pk__in=typed_names("person", words)) | Q(mobile__contains=words) | Q(phone__contains=words) | unit
    )


def _held(person: Person) -> list[Post]:
    today = timezone.localdate()
    return [post for post in person.posts.all() if post_is_held(post, today)]


def _own_post(person: Person) -> Post | None:
    """The one in the unit to which the person belongs."""
    return next((post for post in _held(person) if post.unit_id == person.record.unit_id), None)


def _title(person: Person) -> str:
    post = _own_post(person)
    return post.title if post else ""


def _others(person: Person) -> list[str]:
    own = _own_post(person)
    return [f"{post.unit.name} {post.title or post.get_role_display()}" for post in _held(person) if post is not own]


add(
    Register(
        name="people",
        title=_("People"),
        one=_("Person"),
        icon="users",
        order=20,
        read="registry.read",
        write="registry.keep",
        rows=_people,
        columns=(
            Column(
                "name", _("Full name"), lambda one: one.name, Text(60), "name", ("姓名", "名字", "联系人"), needed=True
            ),
            Column(
                "unit",
                _("Unit"),
                lambda one: one.record.unit,
                UnitNamed(),
                "record__unit__name",
                ("单位", "工作单位", "所在单位"),
                needed=True,
            ),
            Column("title", _("Post"), _title, Text(60), "", ("职务", "岗位", "职位"), fetch=(POSTS,)),
            Column(
                "mobile",
                _("Mobile telephone"),
                lambda one: one.mobile,
                Telephone(),
                "",
                ("手机", "手机号码", "联系电话", "移动电话"),
            ),
            Column(
                "phone", _("Office telephone"), lambda one: one.phone, Telephone(), "", ("办公电话", "座机", "固定电话")
            ),
            Column("email", _("E-mail"), lambda one: one.email, Text(254), "", ("邮箱", "电子邮箱"), shown=False),
            Column("others", _("Other posts"), _others, Several(), kept=False, shown=False, fetch=(POSTS,)),
        ),
        search=_person_words,
        may_change=lambda actor, one: services.may_keep_person(actor, one),
        create=enter_person,
        create_many=enter_people,
        change=change_person_and_post,
        change_many=change_people_and_posts,
        confirm=services.confirm_person,
        archive=services.archive_person,
        restore=services.restore_person,
        first=_own_unit,
        keys=(("name", "unit", "mobile"), ("name", "unit")),
        empty=_("The people of the units you may see stand here."),
    )
)


def _posts(actor: Actor) -> QuerySet[Post]:
    visible = Person.objects.visible_to(actor).values("pk")
    held = posts_held(timezone.localdate()).select_related("unit__region", "person__record")
    return held.filter(person__in=visible).order_by("unit__region__path", "unit__code", "role", "pk")


def _post_words(_actor: Actor, found: QuerySet[Post], words: str) -> QuerySet[Post]:
    people, units = typed_names("person", words), typed_names("unit", words)
    return found.filter(Q(person__in=people) | Q(unit__in=units) | Q(title__contains=words))


add(
    Register(
        name="posts",
        title=_("Posts"),
        one=_("Post"),
        icon="id",
        order=25,
        read="registry.read",
        write="registry.keep",
        rows=_posts,
        columns=(
            Column(
                "person",
                _("Full name"),
                lambda post: post.person.name,
                Text(60),
                "person__name",
                ("姓名",),
                once=True,
                needed=True,
            ),
            Column(
                "unit", _("Unit"), lambda post: post.unit, UnitNamed(), "unit__name", ("单位",), once=True, needed=True
            ),
            Column("title", _("Title of the post"), lambda post: post.title, Text(60), "title", ("职务", "岗位")),
            Column("role", _("Role"), lambda post: post.role, ROLE, "role", ("角色",), once=True, needed=True),
            Column(
                "since",
                _("Since"),
                lambda post: post.since,
                Day(),
                "since",
                ("任职时间", "起始日期"),
                once=True,
                needed=True,
            ),
            Column("until", _("Until"), lambda post: post.until, Day(), "until", ("终止日期",)),
        ),
        filters=(
            Filter("role", _("Role"), lambda _actor: Role.choices, lambda found, value: found.filter(role=value)),
        ),
        search=_post_words,
        may_change=lambda actor, post: services.may_keep_unit(actor, post.unit) or actor.may("registry.manage"),
        create=enter_post,
        create_many=enter_posts,
        change=end_post_in_register,
        change_many=change_posts,
        first=_own_unit,
        record=lambda post: post.person.record,
        at="person__record__",
        keys=(("person", "unit", "role", "since"),),
        empty=_("Who holds which post in the units you may see stands here."),
    )
)
