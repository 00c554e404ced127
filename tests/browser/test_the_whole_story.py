"""From a pasted call to the closed incident: joined, graded, ordered, answered in every way, arrived, closed.

A county of its own with a simulated SMS gateway; at desk and phone size, in both languages.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import LISTEN, SIZES
from tests.browser.test_accessibility import faults
from tests.county import PASSWORD
from tests.installation import Installation, installation
from tests.messages import message
from tests.sms_gateway import SECRET, Gateway, sms_gateway

pytestmark = pytest.mark.browser
PATIENCE_S = 30
_replies = count(1)


@pytest.fixture(scope="module")
def gateway() -> Iterator[Gateway]:
    with sms_gateway() as made:
        yield made


@dataclass
class Story:
    """tests.story at work on a house; a line it does not answer is one that failed."""

    process: "subprocess.Popen[str]"

    def tell(self, line: str) -> None:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline() == "done\n", line


@pytest.fixture(scope="module")
def prepared(gateway: Gateway, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installation(tmp_path_factory.mktemp("story")) as made:
        gateway.write(made.data / "sms.toml")
        yield made


@pytest.fixture(scope="module")
def story(prepared: Installation) -> Iterator[Story]:
    command, pipe = [sys.executable, "-m", "tests.story"], subprocess.PIPE
    with subprocess.Popen(command, env=prepared.environment, stdin=pipe, stdout=pipe, text=True) as process:
        yield Story(process)


@pytest.fixture(scope="module")
def county(prepared: Installation, story: Story) -> Iterator[Installation]:
    story.tell("make")
    prepared.start()
    yield prepared
    prepared.stop()


@pytest.fixture(scope="module")
def key_of_120(county: Installation) -> str:
    return county.key("intake.write", unit="610118000000-120")


@pytest.fixture
def open_page(chromium: Browser, county: Installation) -> Iterator[Callable[..., Page]]:
    contexts: list[BrowserContext] = []
    violations: list[str] = []

    def open_one(size: str, locale: str) -> Page:
        width, height = SIZES[size]
        context = chromium.new_context(
            base_url=county.url,
            viewport={"width": width, "height": height},
            locale=locale,
            timezone_id="Asia/Shanghai",
        )
        contexts.append(context)
        context.expose_binding("__csp", lambda _source, said: violations.append(said))
        context.add_init_script(LISTEN)
        return context.new_page()

    yield open_one
    for context in contexts:
        with suppress(Exception):
            context.close()
    assert violations == []


def shot(page: Page, name: str) -> None:
    """For people who want to look: FENGHUO_SHOTS names a folder."""
    if folder := os.environ.get("FENGHUO_SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def sign_in(page: Page) -> None:
    page.goto("/accounts/login/")
    page.fill("[name=login]", "wang")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/")


def sms_to(gateway: Gateway, phone: str, since: int) -> str:
    """The newest text to this telephone; `since`: how many the gateway had accepted before."""
    assert gateway.when_accepted(since + 1).wait(PATIENCE_S)
    for _try in range(100):
        found = [one["content"] for one in gateway.accepted[since:] if one["mobile"] == phone]
        if found:
            return found[-1]
        gateway.ending.wait(0.1)
    raise AssertionError(f"nothing was sent to {phone}: {gateway.accepted[since:]}")


def reply(house: Installation, phone: str, text: str) -> None:
    body = {"id": f"reply-{next(_replies)}", "mobile": phone, "content": text}
    answer = httpx.post(f"{house.url}/messages/sms/{SECRET}/replies", json=body)
    assert answer.status_code == 200, answer.text


def report_from_120(house: Installation, key: str, text: str) -> None:
    said = message(source="120", text=text, figures={"injured": 2}, received_at=None)
    said["received_at"] = datetime.now(ZoneInfo("Asia/Shanghai")).isoformat(timespec="seconds")
    answer = httpx.post(
        f"{house.url}/api/v1/reports",
        json=said,
        headers={"Authorization": f"Bearer {key}", "Idempotency-Key": str(said["source_id"])},
    )
    assert answer.status_code == 201, answer.text


def order_path(page: Page, name: str) -> str:
    """The address of the order to this team, from the incident's page."""
    link = page.locator("#panel-orders").get_by_role("link", name=name, exact=True)
    expect(link).to_be_visible(timeout=PATIENCE_S * 1000)
    path = link.get_attribute("href")
    assert path
    return path


@pytest.mark.parametrize("size", ["desk", "phone"])
@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_from_the_call_to_the_end(
    open_page: Callable[..., Page],
    county: Installation,
    story: Story,
    key_of_120: str,
    gateway: Gateway,
    axe: str,
    size: str,
    locale: str,
) -> None:
    zh = locale == "zh-CN"
    page = open_page(size, locale)
    sign_in(page)
    # 120 has told of it already; the caller tells it again, and it is joined.
    report_from_120(county, key_of_120, "草堂营村村口车祸,伤者两名,要救护车")
    page.goto("/reports/new/")
    page.locator("[name=text]").fill("草堂街道草堂营村村口两车相撞,三人受伤,一人被困")
    expect(page.locator("[name=kind]")).to_have_value("road_traffic")
    join = page.locator("#side .same button").first
    expect(join).to_be_visible()
    join.click()
    page.wait_for_url("**/incidents/*/")
    incident = page.url
    page.get_by_role("button", name="确认" if zh else "Confirm", exact=True).click()
    page.wait_for_load_state()
    # Whom to send is proposed with reasons; three orders go out in one go.
    panel = page.locator("#panel-orders")
    expect(panel.locator(".pick input:checked").first).to_be_visible(timeout=PATIENCE_S * 1000)
    expect(panel).to_contain_text("消防一中队")
    expect(panel).to_contain_text("直线估算" if zh else "straight-line")
    shot(page, f"1-proposal-{size}-{locale}")
    before = len(gateway.accepted)
    panel.get_by_role("button", name="下达任务" if zh else "Send the orders").click()
    page.wait_for_load_state()
    fire = sms_to(gateway, "13800000001", before)
    medical = sms_to(gateway, "13800000002", before)
    sms_to(gateway, "13800000004", before)
    expect(page.locator("#panel-orders .late").first).to_be_visible(timeout=PATIENCE_S * 1000)
    # One acknowledges by the link in the message, on a telephone.
    phone = open_page("phone", locale)
    link = re.search(r"http://\S+/o/\S+", fire)
    assert link, fire
    phone.goto(link[0])
    assert faults(phone, axe) == []
    shot(phone, f"2-link-{locale}")
    phone.get_by_role("button", name="收到" if zh else "Understood, we leave").first.click()
    expect(phone.locator(".tl")).to_be_visible(timeout=PATIENCE_S * 1000)
    # One by a digit.
    code = re.search(r"(\d{4})", medical)
    assert code
    reply(county, "13800000002", "1 15")
    # One is silent: it is reminded, and then answers by telephone, which the desk notes.
    sent = len(gateway.accepted)
    story.tell("minutes 3")
    assert "提醒" in sms_to(gateway, "13800000004", sent)
    silent = order_path(page, "交警二中队")
    page.goto(silent)
    shot(page, f"3-order-{size}-{locale}")
    page.locator("details.act summary").first.click()
    page.locator("details.act[open] [name=eta_minutes]").fill("8")
    page.locator("details.act[open] [name=name]").fill("老李")
    assert faults(page, axe) == []
    page.locator("details.act[open] button[type=submit]").click()
    page.goto(incident)
    expect(page.locator("#panel-orders .said-right.fine").nth(2)).to_be_visible(timeout=PATIENCE_S * 1000)
    # They arrive and finish: by link, by digit, by hand.
    phone.get_by_role("button", name="已到达现场" if zh else "We have arrived").click()
    expect(phone.locator(".tl li")).to_have_count(2, timeout=PATIENCE_S * 1000)
    finish = phone.locator("details", has_text="办结" if zh else "Finished").last
    expect(finish).to_be_visible(timeout=PATIENCE_S * 1000)
    phone.wait_for_load_state()
    finish.locator("summary").click()
    finish.locator("textarea").fill("一人救出")
    finish.locator("button").click()
    expect(phone.locator(".tl")).to_contain_text("一人救出", timeout=PATIENCE_S * 1000)
    reply(county, "13800000002", "4")
    reply(county, "13800000002", "5 送医三人")
    for name in ("120急救二站", "公路养护队", "交警二中队"):
        if page.locator("#panel-orders").get_by_role("link", name=name, exact=True).count():
            page.goto(order_path(page, name))
            page.locator("details.act summary", has_text="已办结" if zh else "Finished").click()
            page.locator("details.act[open] [name=result]").fill("撤收")
            page.locator("details.act[open] button[type=submit]").click()
            page.goto(incident)
            expect(page.locator("#panel-orders .order-row").first).to_be_visible(timeout=PATIENCE_S * 1000)
    shot(page, f"4-answered-{size}-{locale}")
    for summary in page.locator("main details.act > summary").all():
        summary.click()
    assert faults(page, axe) == []
    # Nothing is open any more: it can be closed.
    page.goto(incident)
    closing = re.compile(r"^\s*(结束事件|Close)\s*$")  # not what lets one close a road
    page.locator("details.act > summary", has_text=closing).last.click()
    close = page.locator("details.act[open]").last
    close.locator("[name=summary]").fill("两车相撞,伤者已送医,道路恢复")
    close.locator("button[type=submit]").click()
    page.wait_for_load_state()
    expect(page.locator(".facts-line .state-closed")).to_be_visible()
    shot(page, f"5-closed-{size}-{locale}")
    expect(page.locator("main")).to_contain_text("签收" if zh else "acknowledged")


def test_an_exercise_stays_in_the_house(open_page: Callable[..., Page], county: Installation, gateway: Gateway) -> None:
    page = open_page("desk", "zh-CN")
    sign_in(page)
    page.goto("/reports/new/")
    page.locator("[name=text]").fill("甘河街道演练:仓库起火,一人被困")
    page.locator("[name=exercise]").check()
    expect(page.locator("[name=kind]")).to_have_value("fire")
    page.get_by_role("button", name="建立事件").first.click()
    page.wait_for_url("**/incidents/*/")
    expect(page.locator(".facts-line")).to_contain_text("演练")
    panel = page.locator("#panel-orders")
    expect(panel.locator(".pick input").first).to_be_visible(timeout=PATIENCE_S * 1000)
    before = len(gateway.accepted)
    panel.locator(".pick input").first.check()
    panel.get_by_role("button", name="下达任务").click()
    page.wait_for_load_state()
    page.goto(page.locator("#panel-orders .order-row a").first.get_attribute("href") or "/")
    expect(page.locator("main")).to_contain_text("演练")
    held = page.get_by_role("link", name="查看接收方页面").first
    expect(held).to_be_visible()
    shot(page, "6-exercise")
    held.click()
    page.wait_for_load_state()
    expect(page.locator(".exercise-band")).to_be_visible()
    assert len(gateway.accepted) == before


def test_an_answer_without_a_connection_is_sent_once_when_there_is_one(
    open_page: Callable[..., Page], county: Installation, key_of_120: str, gateway: Gateway
) -> None:
    page = open_page("desk", "zh-CN")
    sign_in(page)
    report_from_120(county, key_of_120, "草堂营村村口又一起追尾,一人受伤")
    page.goto("/reports/")
    page.locator("td.words a").first.click()
    page.get_by_role("button", name="建立事件").first.click()
    page.wait_for_url("**/incidents/*/")
    panel = page.locator("#panel-orders")
    expect(panel.locator(".pick input").first).to_be_visible(timeout=PATIENCE_S * 1000)
    for box in panel.locator(".pick input").all():
        box.uncheck()
    panel.locator(".pick", has_text="交警二中队").locator("input").check()
    before = len(gateway.accepted)
    panel.get_by_role("button", name="下达任务").click()
    link = re.search(r"http://\S+/o/\S+", sms_to(gateway, "13800000004", before))
    assert link
    phone = open_page("phone", "zh-CN")
    phone.goto(link[0])
    phone.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    phone.reload()  # now through the worker, which keeps what it sees
    phone.context.set_offline(True)
    phone.get_by_role("button", name="收到").first.click()
    expect(phone.locator("#kept")).to_contain_text("已存在本机")
    phone.reload()  # the page opens again without a connection, and still holds the answer
    expect(phone.locator(".order-text")).to_be_visible()
    expect(phone.locator("#kept")).to_contain_text("已存在本机")
    shot(phone, "7-offline")
    # Only the answer gets through, not the page after it: what the server answered is shown all the same.
    phone.context.route("**/o/*", lambda route: route.abort() if route.request.method == "GET" else route.continue_())
    phone.context.set_offline(False)
    expect(phone.locator(".tl li")).to_have_count(1, timeout=PATIENCE_S * 1000)
    phone.context.unroute_all()
    phone.reload()
    expect(phone.locator(".tl li")).to_have_count(1)
    page.goto(order_path(page, "交警二中队"))
    expect(page.locator("main")).to_contain_text("已签收")
