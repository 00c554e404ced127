"""The map of the county: layers of registers, remembered on the next map; and the sheet printed of an incident."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import faults

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("size", "locale"), [("desk", "zh-CN"), ("phone", "en-GB"), ("wall", "zh-CN")])
def test_layers_are_chosen_narrowed_and_remembered(
    visit: Callable[..., Page], axe: str, size: str, locale: str
) -> None:
    page = visit(size, locale)
    page.goto("/map/?show=teams&kind=volunteer")
    page.wait_for_selector("#county-map[data-ready]")
    teams = page.locator(".layer", has=page.locator("input[value=teams]"))
    expect(teams.locator("output")).to_have_text("2")  # of twelve
    page.locator("[data-layers] input[value=incidents]").check()
    expect(page.locator(".layer", has=page.locator("input[value=incidents]")).locator("output")).not_to_be_empty()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert faults(page, axe) == []

    page.goto("/incidents/")
    page.goto(page.locator("a[href*='/incidents/20']").first.get_attribute("href") or "")
    page.wait_for_selector("#incident-map[data-ready]")
    page.locator("summary", has_text="图例与图层" if locale == "zh-CN" else "More on the map").click()
    expect(page.locator("#incident-layers input[value=incidents]")).to_be_checked()
    expect(page.locator("#incident-layers input[value=teams]")).not_to_be_checked()  # was shown, not chosen
    page.locator("#incident-layers input[value=teams]").check()
    shown = page.locator("#incident-layers .layer", has=page.locator("input[value=teams]")).locator("output")
    expect(shown).to_have_text("12")
    assert faults(page, axe) == []


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_the_sheet_shows_the_way_that_the_page_shows(visit: Callable[..., Page], axe: str, size: str) -> None:
    page = visit(size)
    page.goto("/incidents/")
    page.goto(page.locator("a[href*='/incidents/20']").first.get_attribute("href") or "")
    team = page.locator("#ways tr[data-from]").last
    expect(team).to_be_visible(timeout=30_000)
    name = team.locator("[data-show]").inner_text()
    page.wait_for_selector("#incident-map[data-ready]")
    team.locator("[data-show]").click()
    expect(page.locator("[data-answer]")).to_contain_text(name)
    page.locator("[data-sheet]").click()
    expect(page.locator(".directions h2")).to_contain_text(name)
    expect(page.locator("svg.map-sheet text.place")).not_to_be_empty()
    expect(page.locator("[data-print]")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert faults(page, axe) == []
