"""The whole road: from a pasted call to a graded incident, by a newcomer, in both languages, at desk and phone size."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import faults

pytestmark = pytest.mark.browser
CALL = "草堂镇草堂营村村口两车相撞,三人受伤,一人被困,有汽油味,电话13900000{n:03d}"


@pytest.mark.parametrize("size", ["desk", "phone"])
@pytest.mark.parametrize(
    ("locale", "opens", "confirm", "level", "proposed"),
    [
        ("zh-CN", "建立事件", "确认", "一般", "级别建议"),
        ("en-GB", "Open an incident", "Confirm", "ordinary", "Proposed"),
    ],
)
def test_from_a_pasted_call_to_a_graded_incident(
    visit: Callable[..., Page], axe: str, size: str, locale: str, opens: str, confirm: str, level: str, proposed: str
) -> None:
    page = visit(size, locale)
    began = time.monotonic()
    page.goto("/reports/new/")
    page.locator("[name=text]").fill(CALL.format(n=len(size + locale)))
    for name, value in (("kind", "road_traffic"), ("injured", "3"), ("trapped", "1")):
        expect(page.locator(f"[name={name}]")).to_have_value(value)
    expect(page.locator("[name=caller_phone]")).to_have_value(f"13900000{len(size + locale):03d}")
    expect(page.locator("#side")).to_contain_text("草堂营")
    expect(page.locator("#level")).to_contain_text(proposed)
    assert page.locator(".field .guess").count() >= 4
    assert faults(page, axe) == []
    page.get_by_role("button", name=opens).click()
    page.wait_for_url("**/incidents/*/")
    assert time.monotonic() - began < 30
    page.get_by_role("button", name=confirm, exact=True).click()
    page.wait_for_load_state()
    expect(page.locator(".facts-line .lv")).to_have_text(level)
    for summary in page.locator("main details.act > summary").all():
        summary.click()
    assert faults(page, axe) == []


def test_nothing_typed_is_lost(visit: Callable[..., Page]) -> None:
    page = visit(who="daiban")
    page.goto("/reports/new/")
    page.locator("[name=text]").fill("甘河桥头有人落水")
    expect(page.locator("#saved")).to_contain_text("已自动保存")
    page.goto("/")
    draft = page.locator(".task", has_text="甘河桥头有人落水")
    draft.get_by_role("link").first.click()
    expect(page.locator("[name=text]")).to_have_value("甘河桥头有人落水")
    page.context.set_offline(True)
    page.locator("[name=text]").fill("甘河桥头有人落水,是两个孩子")
    expect(page.locator("#saved")).to_contain_text("连接中断")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[name=text]")).to_have_value("甘河桥头有人落水,是两个孩子")
    page.locator("[name=text]").press_sequentially(",一个已救起")
    leave_without_a_pause(page)
    expect(page.locator("[name=text]")).to_have_value("甘河桥头有人落水,是两个孩子,一个已救起")


def leave_without_a_pause(page: Page) -> None:
    page.goto("about:blank")  # before the connection is back: else this page may still send it, to the draft on Today
    page.context.set_offline(False)
    page.goto("/reports/new/")


def test_typing_is_not_swept_away_by_what_arrives(visit: Callable[..., Page]) -> None:
    one, other = visit(), visit(who="daiban")
    one.goto("/reports/new/")
    one.locator("[name=text]").fill("祖庵街道养老院厨房着火")
    one.keyboard.press("Control+Enter")
    one.wait_for_url("**/incidents/*/")
    other.goto(one.url)
    expect(other.locator("[data-live-state]")).to_have_text("实时", timeout=15_000)
    other.locator("#note-text").fill("院长电话打不通")
    one.locator("#note-text").fill("119 已出动两车")
    one.get_by_role("button", name="记录").click()
    expect(one.locator(".note-text")).to_have_text("119 已出动两车")
    other.wait_for_timeout(1500)
    expect(other.locator("#note-text")).to_have_value("院长电话打不通")
    other.get_by_role("button", name="记录").click()
    expect(other.locator(".note-text")).to_have_count(2)


def test_an_area_is_drawn_by_keyboard(visit: Callable[..., Page]) -> None:
    page = visit()
    page.goto("/reports/new/")
    page.locator("[name=text]").fill("草堂街道草堂营村化工厂氨气泄漏")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/incidents/*/")
    page.wait_for_selector("[data-map][data-ready]")
    page.get_by_text("标绘区域").click()
    page.locator("#incident-map canvas").focus()
    for key in ("Enter", "ArrowRight", "Enter", "ArrowDown", "Enter"):
        page.keyboard.press(key)
        page.wait_for_timeout(600)
    expect(page.locator("[data-corners]")).to_have_text("3")
    page.get_by_role("button", name="保存区域").click()
    expect(page.locator(".tl")).to_contain_text("标绘区域：警戒区")


def test_two_officers_see_each_other(visit: Callable[..., Page]) -> None:
    one, other = visit(), visit(who="daiban")
    one.goto("/reports/")
    one.locator("td.words a").first.click()
    one.wait_for_load_state()
    one.get_by_role("button", name="我来处理").click()
    expect(one.locator("#who")).to_contain_text("您正在处理")
    other.goto(one.url)
    expect(other.locator("#who")).to_contain_text("正在处理")
    expect(other.locator("#who")).to_contain_text("也在查看")
    other.get_by_role("button", name="接手").click()
    expect(other.locator("#who")).to_contain_text("您正在处理")
