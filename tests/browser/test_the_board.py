"""The wall board: readable on a wall, usable by hand, live without a reload, and honest when it is cut off."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import faults
from tests.installation import Installation
from tests.messages import message

pytestmark = pytest.mark.browser
WALL = {"width": 3840, "height": 2160}
SMALLEST = """() => Math.min(...[...document.querySelectorAll("body *")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest(".unseen")
    && [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()))
  .map((one) => parseFloat(getComputedStyle(one).fontSize)))"""
SCROLLS = """() => [document.documentElement, ...document.querySelectorAll("body, body *")]
  .filter((one) => one === document.documentElement
    ? one.scrollHeight > innerHeight || one.scrollWidth > innerWidth
    : one.scrollHeight > one.clientHeight + 1 && ["auto", "scroll"].includes(getComputedStyle(one).overflowY))
  .map((one) => one.id || one.className || one.tagName)"""
CUT_OFF = """() => [...document.querySelectorAll(".inc, .board-news li, .tile")].filter((one) => {
  const box = one.getBoundingClientRect(), frame = one.closest("[data-fit], .strip").getBoundingClientRect();
  return box.height && (box.bottom > frame.bottom + 1 || box.right > frame.right + 1);
}).map((one) => one.textContent)"""

BENEATH = """() => [...document.querySelectorAll("#board-map a")].every((pin) => {
  const box = pin.getBoundingClientRect(), top = document.elementFromPoint(box.left + 9, box.top + 9);
  return !top || !pin.contains(top);
})"""


class Desk:
    """Opens incidents in the running house, as the duty officer of the demo county."""

    def __init__(self, house: Installation, key: str) -> None:
        self.house, self.key = house, key
        self.client = httpx.Client(base_url=house.url, follow_redirects=True, timeout=30)
        self.client.get("/demo/")
        self.post("/demo/", username="zhiban")

    def post(self, where: str, **said: str) -> httpx.Response:
        answer = self.client.post(where, data=said | {"csrfmiddlewaretoken": self.client.cookies["csrftoken"]})
        assert answer.status_code == 200, answer.text
        return answer

    def opens(self, name: str, place: int = 0) -> str:
        """The number of a new incident; `name` makes its message unique."""
        where = {"address": f"涝店街道{name}", "latitude": 34.16 + place / 1000, "longitude": 108.56 + place / 700}
        said = message(source_id=f"board-{place}", text=f"{name}积水", kind="flood", location=where)
        headers = {"Authorization": f"Bearer {self.key}", "Idempotency-Key": f"board-{place}"}
        answer = httpx.post(f"{self.house.url}/api/v1/reports", json=said, headers=headers, timeout=30)
        assert answer.status_code == 201, answer.text
        return str(self.post(f"/reports/{answer.json()['id']}/open/").url).rstrip("/").rpartition("/")[2]


@pytest.fixture(scope="session")
def desk(house: Installation, platform_key: str) -> Iterator[Desk]:
    """With more incidents than fit on a wall, and videos on one of them."""
    made = Desk(house, platform_key)
    numbers = [made.opens(f"第{number}处", number) for number in range(12)]
    for name, address in (("甘河大桥球机", "https://video.example.cn/7"), ("会商会议", "https://meet.example.org/9")):
        made.post(f"/incidents/{numbers[-1]}/videos/", name=name, address=address)
    yield made
    made.client.close()


def open_board(page: Page) -> Page:
    page.goto("/board/")
    page.wait_for_selector("#board-map[data-ready]")
    expect(page.locator("[data-live-state]")).not_to_be_empty(timeout=15_000)
    return page


def picture(page: Page, size: str) -> None:
    """For people to look at."""
    folder = Path("test-results")
    folder.mkdir(exist_ok=True)
    path = folder / f"board-{size}.png"
    page.screenshot(path=path)
    assert path.stat().st_size > 10_000


def row(page: Page, number: str) -> Any:
    return page.locator(f'.inc:has(a[href="/incidents/{number}/"])')


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_on_a_wall_nothing_scrolls_and_everything_is_large(
    visit: Callable[..., Page], desk: Desk, axe: str, locale: str
) -> None:
    page = visit("wall", locale)
    page.set_viewport_size(WALL)  # type: ignore[arg-type]
    open_board(page)
    assert page.evaluate(SCROLLS) == []
    assert page.evaluate(SMALLEST) >= 36
    assert page.evaluate(CUT_OFF) == []
    fits = page.locator(".inc:visible").count()
    every = int(page.locator("[data-fit][data-all]").get_attribute("data-all") or 0)
    assert 3 <= fits < every
    expect(page.locator("[data-more]")).to_contain_text(str(every - fits))
    assert page.locator("[data-now]").evaluate("(one) => parseFloat(getComputedStyle(one).fontSize)") > 90
    assert faults(page, axe) == []
    if locale == "zh-CN":
        picture(page, "wall")


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
@pytest.mark.parametrize("size", ["desk", "phone"])
def test_by_hand_everything_can_be_reached(
    visit: Callable[..., Page], desk: Desk, axe: str, size: str, locale: str
) -> None:
    page = open_board(visit(size, locale))
    if locale == "zh-CN":
        picture(page, size)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert page.locator(".inc:visible").count() == int(
        page.locator("[data-fit][data-all]").get_attribute("data-all") or 0
    )
    assert page.locator("#board-map a.team").count() >= 10
    assert faults(page, axe) == []
    page.get_by_role("link", name="甘河大桥球机").click()
    expect(page.locator("#video")).to_contain_text("video.example.cn")
    expect(page.locator("#video [data-away]")).to_have_attribute("href", "https://video.example.cn/7")
    assert page.evaluate(BENEATH)
    assert faults(page, axe) == []
    page.keyboard.press("Escape")
    expect(page.locator("#video")).to_be_hidden()


def test_a_new_incident_appears_without_a_reload(visit: Callable[..., Page], desk: Desk) -> None:
    page = open_board(visit())
    page.evaluate("() => { window.sameOne = 1; }")
    seen = "() => new Date(document.querySelector('[data-seen]').dateTime).getTime()"
    before = page.evaluate(seen)
    number = desk.opens("新来一处", 20)
    expect(row(page, number)).to_be_visible(timeout=15_000)
    expect(page.locator(f'#board-map a[href="/incidents/{number}/"]')).to_be_attached()
    expect(page.locator("#board-news li").first).not_to_be_empty()
    assert page.evaluate("() => window.sameOne") == 1
    assert page.evaluate(seen) > before


def test_a_night_of_news_leaves_nothing_behind(visit: Callable[..., Page], desk: Desk) -> None:
    page = open_board(visit())
    counted = "() => [document.querySelectorAll('.maplibregl-marker').length, document.querySelectorAll('*').length]"
    markers, everything = page.evaluate(counted)
    for number in range(5):
        incident = desk.opens(f"又一处{number}", 30 + number)
        expect(page.locator(f'#board-map a[href="/incidents/{incident}/"]')).to_be_attached(timeout=15_000)
    after, all_after = page.evaluate(counted)
    assert after == markers + 5
    assert all_after - everything < 5 * 60


def test_a_cut_stream_cannot_be_missed_and_heals(visit: Callable[..., Page], desk: Desk) -> None:
    page = open_board(visit())
    expect(page.locator("#cut")).to_be_hidden()
    page.context.set_offline(True)
    expect(page.locator("#cut")).to_be_visible(timeout=15_000)
    expect(page.locator("#cut")).to_contain_text("连接中断")
    expect(page.locator("[data-cut-for]")).not_to_be_empty()
    number = desk.opens("断线时来的", 40)
    assert row(page, number).count() == 0
    page.context.set_offline(False)
    expect(page.locator("#cut")).to_be_hidden(timeout=40_000)
    expect(row(page, number)).to_be_visible(timeout=15_000)


def test_a_board_whose_sign_in_has_run_out_says_so(visit: Callable[..., Page], desk: Desk) -> None:
    page = open_board(visit())
    before = page.locator(".inc").count()
    page.context.clear_cookies()
    page.context.set_offline(True)
    expect(page.locator("#cut")).to_be_visible(timeout=15_000)
    page.context.set_offline(False)
    expect(page.locator("[data-signed-out]")).to_be_visible(timeout=60_000)
    assert page.locator(".inc").count() == before


def test_a_township_sees_its_own(visit: Callable[..., Page], desk: Desk) -> None:
    number = desk.opens("只在涝店的一处", 50)
    page = open_board(visit(who="caotang"))
    assert row(page, number).count() == 0
    assert row(open_board(visit()), number).count() == 1
