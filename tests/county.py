"""A small county for tests: two towns, a village, the desk, three departments, a platform, a neighbour."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from itertools import count

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from fenghuo.kernel.access.actor import SYSTEM, Actor, actor_for_post, actor_for_token
from fenghuo.kernel.access.models import Post, Region, Unit
from fenghuo.kernel.registry.services import (
    add_person,
    appoint,
    create_account,
    create_region,
    create_token,
    create_unit,
)
from fenghuo.response.incidents.messages import ReportMessage
from fenghuo.response.incidents.models import Report
from fenghuo.response.incidents.reading import content_digest, read_message
from fenghuo.response.incidents.services import Incoming, Received, receive_reports
from tests.made_rows import MadeRows, made_rows
from tests.messages import message

NODE = "610118000000"
SINCE = date(2020, 1, 1)
PASSWORD = "beacon-fire-42"
BOUNDARY = '{"type":"Polygon","coordinates":[[[108.3,33.7],[108.9,33.7],[108.9,34.2],[108.3,34.2],[108.3,33.7]]]}'
_serial = count(1)


@dataclass
class County:
    regions: dict[str, Region] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)

    def actor(self, unit: str, role: str = "duty_officer") -> Actor:
        """Somebody in this post."""
        return actor_for_post(self.post(unit, role))

    def post(self, unit: str, role: str = "duty_officer") -> Post:
        person = add_person(by=SYSTEM, name="张三", unit=self.units[unit], mobile="13800000000")
        return appoint(person, by=SYSTEM, unit=self.units[unit], role=role, since=SINCE)

    def account(self, username: str, unit: str = "emo", role: str = "duty_officer") -> Post:
        """A post whose holder may sign in with PASSWORD."""
        post = self.post(unit, role)
        create_account(post.person, by=SYSTEM, username=username, password=PASSWORD)
        return post

    def key(self, unit: str = "110", *scopes: str) -> str:
        """A machine's key in clear."""
        wanted = scopes or ("intake.write", "incidents.read")
        return create_token(by=SYSTEM, name=f"key {next(_serial)}", unit=self.units[unit], scopes=wanted)[1]

    def machine(self, unit: str = "110", *scopes: str) -> Actor:
        wanted = scopes or ("intake.write", "incidents.read")
        token, _key = create_token(by=SYSTEM, name=f"key {next(_serial)}", unit=self.units[unit], scopes=wanted)
        return actor_for_token(token)

    def report(self, by: Actor | None = None, **said: object) -> Report:
        """A report on record, by default a traffic crash in 草堂街道 from 110."""
        (outcome,) = receive_reports([incoming(by or self.machine(), **said)])
        assert isinstance(outcome, Received), outcome
        return Report.objects.select_related("record").get(pk=outcome.report.pk)


def incoming(by: Actor, **said: object) -> Incoming:
    content = message(**said)
    return Incoming(by, read_message(ReportMessage, content), content_digest(content))


def make_county() -> County:
    county = County()
    for name, code, level, parent, title in (
        ("province", "610000000000", "province", None, "陕西省"),
        ("city", "610100000000", "city", "province", "西安市"),
        ("county", "610118000000", "county", "city", "鄠邑区"),
        ("a", "610118007000", "town", "county", "草堂街道"),
        ("b", "610118002000", "town", "county", "余下街道"),
        ("village", "610118007226", "village", "a", "草堂营村委会"),
        ("neighbour", "610124000000", "county", "city", "周至县"),
    ):
        county.regions[name] = create_region(
            by=SYSTEM,
            code=code,
            name=title,
            level=level,
            parent=county.regions[parent] if parent else None,
            boundary=BOUNDARY if name == "county" else "",
        )
    for name, code, title, kind, region, lines in (
        ("government", "610118000000", "鄠邑区人民政府", "government", "county", ()),
        ("emo", "610118000000-EMO", "鄠邑区应急管理局", "emergency_office", "county", ()),
        ("psb", "610118000000-PSB", "鄠邑区公安局", "department", "county", ("public_security",)),
        ("education", "610118000000-EDU", "鄠邑区教育局", "department", "county", ("education",)),
        ("transport", "610118000000-TRA", "鄠邑区交通运输局", "department", "county", ("transport",)),
        ("a", "610118007000", "草堂街道办事处", "township", "a", ()),
        ("b", "610118002000", "余下街道办事处", "township", "b", ()),
        ("village", "610118007226", "草堂营村村委会", "committee", "village", ()),
        ("110", "610118000000-110", "110接警台", "partner", "county", ()),
        ("120", "610118000000-120", "120急救指挥台", "partner", "county", ()),
        ("neighbour", "610124000000-EMO", "周至县应急管理局", "emergency_office", "neighbour", ()),
    ):
        county.units[name] = create_unit(
            by=SYSTEM, code=code, name=title, kind=kind, region=county.regions[region], lines=lines
        )
    return county


@pytest.fixture(scope="session")
def county_rows(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> MadeRows[County]:
    with django_db_blocker.unblock(), override_settings(NODE=NODE):
        return made_rows(make_county)


@pytest.fixture
def county(county_rows: MadeRows[County], db: None, settings: object) -> County:
    settings.NODE = NODE  # type: ignore[attr-defined]
    with transaction.atomic():  # a test without one of its own would have rows point at what does not stand there yet
        return county_rows.put() if county_rows.fits else make_county()


@pytest.fixture
def new_county() -> Callable[[], County]:
    """For tests that bring their own database."""
    return make_county
