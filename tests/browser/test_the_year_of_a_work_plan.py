"""A year of a work plan with the clock moved: January's plan, June's check, letters, December's appraisal.

The clock of a process of its own cannot be moved; so the pages are served from here, and without scripts.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from unittest import mock

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.models import Account
from fenghuo.kernel.clocks.models import Clock
from fenghuo.oversight.workplan.models import Letter, Target
from fenghuo.oversight.workplan.services import remind_due
from fenghuo.readiness.teams.services import create_team
from tests.county import County

pytestmark = pytest.mark.browser

TEXT = """2026年应急管理工作要点
一、加强应急队伍建设
(一)组建综合应急队伍。各乡镇要在6月底以前组建一支不少于100人的综合应急队伍。
(二)开展应急演练。各乡镇要在年内至少开展1次应急演练，区教育局要组织学校开展疏散演练。
二、加强宣传教育
(一)加强科普宣教。各乡镇要利用“5·12”防灾减灾日开展宣传活动，区教育局要做好师生的应急知识教育工作。
"""
real_now = timezone.now


@contextmanager
def on(month: int, day: int) -> Iterator[None]:
    """From ten in the morning of that day of 2026, going on by as much as really passes."""
    began, from_ = real_now(), timezone.make_aware(datetime(2026, month, day, 10))

    def now() -> datetime:
        return from_ + (real_now() - began)

    with mock.patch("django.utils.timezone.now", now):
        yield


type Sign = Callable[[str, str], Page]


@pytest.fixture(scope="session", autouse=True)
def browser_and_database_in_one_thread() -> None:
    """The browser's loop runs in this thread, and waits while the database is asked. No house inherits this."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture
def county(fresh_database: None, new_county: Callable[[], County]) -> County:
    with transaction.atomic():
        return new_county()


@pytest.fixture
def live(county: County) -> Iterator[LiveServer]:
    server = LiveServer("localhost")
    yield server
    server.stop()


@pytest.fixture
def sign(chromium: Browser, live: LiveServer, county: County) -> Iterator[Sign]:
    """sign("emo", "clerk"): a page of somebody in this post, signed in on the day it is."""
    posts: dict[tuple[str, str], Account] = {}
    context = chromium.new_context(base_url=live.url, locale="zh-CN", java_script_enabled=False)

    def signed(unit: str, role: str) -> Page:
        if (unit, role) not in posts:
            post = county.account(f"{unit}-{role}", unit, role)
            posts[unit, role] = Account.objects.get(person=post.person)
        client = Client()
        client.force_login(posts[unit, role], "allauth.account.auth_backends.AuthenticationBackend")
        name = settings.SESSION_COOKIE_NAME
        context.clear_cookies()
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live.url}])
        return context.new_page()

    yield signed
    context.close()


def stands(page: Page, query: str = "") -> list[str]:
    """How the two townships stand in the only row of the matrix, in words."""
    page.goto(f"/workplan/{query}")
    labels = [cell.get_attribute("aria-label") or "" for cell in page.query_selector_all("td.wp-cell a")]
    return [next(word for word in ("已达到", "逾期", "进行中", "尚未开展") if word in label) for label in labels]


def test_from_january_to_december(county: County, sign: Sign) -> None:
    with on(1, 10):
        page = sign("emo", "clerk")
        page.goto("/workplan/plans/paste/")
        page.fill("textarea[name=text]", TEXT)
        page.click("form.card button.go")
        assert "不少于100人" in page.inner_text("main")
        target = Target.objects.get(words__contains="100人")
        page.goto(f"/workplan/targets/{target.pk}/change/?measure=teams.registered")
        page.fill("input[name=option_people]", "100")
        page.click("form.wp-form button.go")
        page.click("form[action$='/in-force/'] button")
        assert stands(page) == ["尚未开展", "尚未开展"]

    with on(3, 2):
        town = county.units["a"]
        place = county.regions["a"]
        create_team(by=SYSTEM, unit=town, name="草堂综合应急队", kind="general", people=120, region=place)

    with on(6, 25):
        assert remind_due() == 1  # who has its team is not reminded
        assert stands(sign("emo", "clerk")) == ["已达到", "尚未开展"]

    with on(7, 2):
        page = sign("emo", "clerk")
        assert stands(page) == ["已达到", "逾期"]
        page.goto("/workplan/letters/new/")
        (box,) = page.query_selector_all("input[name=about]")
        box.check()
        page.fill("textarea[name=text]", "请于十个工作日内组建并报告。")
        page.click("main form button.go")
        letter = Letter.objects.get()
        assert letter.record.number in page.inner_text("main")
        other = letter.to.code
        town_page = sign("b", "clerk")
        town_page.goto(f"/workplan/units/{other}/")
        assert "逾期" in town_page.inner_text("main")

    with on(7, 8):
        town_page = sign("b", "clerk")
        town_page.goto(f"/workplan/letters/{letter.record.number}/")
        assert "请于十个工作日内组建并报告。" in town_page.inner_text("main")
        town_page.click("main a[href^='/orders/']")
        town_page.click("summary:has-text('已办结')")
        town_page.fill("form[action$='/finish/'] textarea[name=result]", "7月20日前组建")
        town_page.click("form[action$='/finish/'] button[type=submit]")
        clock = Clock.objects.get(record=letter.pk)
        assert clock.met_at is not None
        assert clock.met_at <= clock.due_at
        assert stands(sign("emo", "clerk")) == ["已达到", "逾期"]  # an answer makes no team

    with on(7, 20):
        place = county.regions["b"]
        create_team(by=SYSTEM, unit=letter.to, name="余下综合应急队", kind="general", people=105, region=place)

    with on(12, 30):
        page = sign("emo", "clerk")
        assert stands(page) == ["已达到", "已达到"]
        assert stands(page, "?day=2026-07-02") == ["已达到", "逾期"]
        plan = target.clause.plan.record.number
        book = page.request.get(f"/workplan/plans/{plan}/papers/appraisal.xlsx")
        assert book.status == 200
        cells = [str(cell.value) for sheet in load_workbook(BytesIO(book.body())) for row in sheet for cell in row]
        assert any(letter.to.name in cell for cell in cells)
        word = page.request.get(f"/workplan/plans/{plan}/papers/circular.docx")
        assert word.status == 200
        assert any("2026" in paragraph.text for paragraph in Document(BytesIO(word.body())).paragraphs)
