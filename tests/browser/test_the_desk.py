"""What the duty officer sees: a posted report arrives by itself, at every size, in both languages."""

from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.installation import Installation
from tests.messages import message

pytestmark = pytest.mark.browser


def post(house: Installation, key: str, once: str, text: str) -> str:
    headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": once}
    answer = httpx.post(f"{house.url}/api/v1/reports", json=message(source_id=once, text=text), headers=headers)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


@pytest.mark.parametrize("size", ["desk", "phone"])
@pytest.mark.parametrize(
    ("locale", "live", "kind"), [("zh-CN", "实时", "道路交通事故"), ("en-GB", "live", "road traffic accident")]
)
def test_a_posted_report_arrives_live(
    visit: Callable[..., Page], house: Installation, platform_key: str, size: str, locale: str, live: str, kind: str
) -> None:
    page = visit(size, locale)
    page.goto("/reports/")
    expect(page.locator("[data-live-state]")).to_have_text(live, timeout=15_000, use_inner_text=False)
    text = f"现场来报 {size} {locale}"
    post(house, platform_key, f"live-{size}-{locale}", text)
    row = page.locator("tr", has_text=text)
    expect(row).to_be_visible(timeout=15_000)
    expect(row).to_contain_text(kind)
    row.get_by_role("link").first.click()
    expect(page.locator(".said").first).to_have_text(text)


def test_today_hears_of_it_too(visit: Callable[..., Page], house: Installation, platform_key: str) -> None:
    page = visit()
    page.goto("/")
    expect(page.locator("[data-live-state]")).to_have_text("实时", timeout=15_000)
    post(house, platform_key, "today-1", "今日页上的新接报")
    expect(page.locator(".task", has_text="今日页上的新接报")).to_be_visible(timeout=15_000)


def test_who_may_not_see_it_is_not_told(visit: Callable[..., Page], house: Installation, platform_key: str) -> None:
    town, desk = visit(who="yuxia"), visit()
    for page in (town, desk):
        page.goto("/reports/")
        expect(page.locator("[data-live-state]")).to_have_text("实时", timeout=15_000)
    post(house, platform_key, "scoped-1", "只给该看的人")
    expect(desk.locator("tr", has_text="只给该看的人")).to_be_visible(timeout=15_000)
    expect(town.locator("tr", has_text="只给该看的人")).to_have_count(0)
    town.reload()
    expect(town.locator("tr", has_text="只给该看的人")).to_have_count(0)


def test_a_call_is_taken_and_handed_over_by_keyboard(visit: Callable[..., Page]) -> None:
    page = visit()
    page.goto("/")
    page.keyboard.press("n")
    page.wait_for_url("**/reports/new/")
    page.get_by_label("情况").fill("键盘登记的接报")
    page.get_by_label("地点", exact=True).fill("草堂街道草堂营村")
    page.get_by_role("button", name="登记").press("Enter")
    expect(page.locator(".message.success")).to_contain_text("已登记")
    page.locator("summary", has_text="移交其他单位").press("Enter")
    page.get_by_label("移交单位").press_sequentially("jyj")
    expect(page.locator('#units-found option[value="610118000000-EDU"]')).to_be_attached(timeout=10_000)
    page.get_by_label("移交单位").fill("610118000000-EDU")
    page.get_by_label("对方接收人").fill("孙主任")
    page.get_by_role("button", name="移交", exact=True).press("Enter")
    expect(page.locator(".tag.state-handed_over").first).to_be_visible()


def test_the_slash_goes_to_the_search(visit: Callable[..., Page]) -> None:
    page = visit()
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("huxian")
    page.keyboard.press("Enter")
    expect(page.locator(".hits")).to_contain_text("鄠邑区")


def test_without_scripts_the_pages_work(chromium: object, house: Installation) -> None:
    context = chromium.new_context(base_url=house.url, java_script_enabled=False, locale="zh-CN")  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto("/demo/")
    page.click('button[value="zhiban"]')
    page.goto("/reports/new/")
    page.get_by_label("情况").fill("无脚本登记")
    page.get_by_role("button", name="登记").click()
    expect(page.locator(".said").first).to_have_text("无脚本登记")
    context.close()


def test_a_lost_connection_is_said_and_healed(
    visit: Callable[..., Page], house: Installation, platform_key: str
) -> None:
    page = visit()
    page.goto("/reports/")
    state = page.locator("[data-live-state]")
    expect(state).to_have_text("实时", timeout=15_000)
    house.stop()
    expect(state).to_contain_text("连接中断", timeout=20_000)
    house.start("--demo")
    post(house, platform_key, "healed-1", "恢复之后的接报")
    expect(page.locator("tr", has_text="恢复之后的接报")).to_be_visible(timeout=60_000)


def test_pictures_for_people_to_look_at(visit: Callable[..., Page]) -> None:
    folder = Path("test-results")
    folder.mkdir(exist_ok=True)
    for size in ("desk", "phone", "wall"):
        page = visit(size)
        for name, address in (("today", "/"), ("reports", "/reports/"), ("units", "/units/")):
            page.goto(address)
            path = folder / f"{name}-{size}.png"
            page.screenshot(path=path)
            assert path.stat().st_size > 10_000
            width = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert width <= 0, f"{address} is wider than the {size}"
