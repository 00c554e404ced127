"""On the page of an incident: real ways, areas of minutes, a closure for the question only, and one for everybody."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.grid import grid
from tests.browser.test_accessibility import faults
from tests.installation import Installation

pytestmark = pytest.mark.browser
SIZES = {"desk": (1440, 900), "wall": (1920, 1080), "phone": (390, 844)}
SLOW = 30_000  # the first question after a start loads what was compiled


@pytest.fixture(scope="module")
def roads(house: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    extract = grid().write(tmp_path_factory.mktemp("roads") / "grid.osm")
    built = house.command("map", "build", str(extract))
    assert built.returncode == 0, built.stdout
    yield
    for left in (Path(house.environment["FENGHUO_DATA"]) / "maps").glob("*.json"):
        left.unlink()  # other tests see the county without roads


@pytest.fixture
def led(visit: Callable[..., Page], roads: None) -> Callable[..., Page]:
    """led(size="desk"): the page of the demo county's incident, its map drawn and its ways there."""

    def open_page(size: str = "desk", locale: str = "zh-CN") -> Page:
        page = visit("phone" if size == "phone" else "desk", locale)
        width, height = SIZES[size]
        page.set_viewport_size({"width": width, "height": height})
        if size == "wall":  # big text, as whoever stands far away sets it
            page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": 24}})
        page.goto("/incidents/")
        page.goto(page.locator("a[href*='/incidents/20']").first.get_attribute("href") or "")
        page.wait_for_selector("#incident-map[data-ready]")
        expect(page.locator("#ways tr[data-from]").first).to_be_visible(timeout=SLOW)
        return page

    return open_page


def far_team(page: Page) -> Any:
    """Row of the team that is last of those shown: it is not at the place itself."""
    return page.locator("#ways tr[data-from]").last


def route_of(page: Page, row: Any) -> dict[str, Any]:
    """The answer that is drawn when a team is pressed."""
    with page.expect_response("**/map/route.json*") as answered:
        row.locator("[data-show]").click()
    found: dict[str, Any] = answered.value.json()
    return found


def draw_across(page: Page) -> None:
    """A line over most of the map, by two clicks."""
    canvas = page.locator("#incident-map canvas")
    canvas.scroll_into_view_if_needed()
    at = canvas.bounding_box()
    assert at is not None
    for share in (0.25, 0.7):
        canvas.click(position={"x": at["width"] * share, "y": at["height"] * share})


@pytest.mark.parametrize("size", SIZES)
def test_ways_minutes_and_what_if_at_every_size(led: Callable[..., Page], axe: str, size: str) -> None:
    page = led(size)
    found = route_of(page, far_team(page))
    assert len(found["geometry"]["coordinates"]) > 5
    expect(page.locator(".steps-said li").first).to_contain_text("出发，向")
    assert page.locator(".steps-said li").count() == len(found["properties"]["steps"])
    expect(page.locator("[data-answer]")).to_contain_text("分钟")
    expect(page.locator("[data-answer]")).not_to_contain_text("估算")
    with page.expect_response("**/map/reach.json*") as answered:
        page.locator("[data-around]").check()
    assert [one["properties"]["minutes"] for one in answered.value.json()["features"]] == [15, 10, 5]
    page.get_by_text("如果道路中断或缓行？").click()
    draw_across(page)
    expect(page.locator("[data-verdict]")).to_contain_text("将中断")
    expect(page.locator("#ways [data-after]").first).not_to_be_empty()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert faults(page, axe) == []
    Path("test-results").mkdir(exist_ok=True)
    page.screenshot(path=f"test-results/ways-{size}.png", full_page=True)


def test_by_keyboard_alone(led: Callable[..., Page]) -> None:
    page = led()
    far_team(page).locator("[data-show]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".steps-said li").first).to_be_visible()
    page.locator("[data-choose]").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")  # the map has the focus: its middle is the place
    expect(page.locator("[data-answer]")).to_contain_text("所选地点")


def test_a_closure_drawn_elsewhere_changes_the_open_page_without_a_reload(
    led: Callable[..., Page], visit: Callable[..., Page], axe: str
) -> None:
    watching, desk = led(), visit()
    watching.evaluate("() => { window.sameOne = 1; }")
    expect(watching.locator("[data-live-state]")).to_have_text("实时", timeout=15_000)
    before = int(re.findall(r"管制(\d+)处", watching.locator("#ways h2").inner_text())[0])  # the demo county's own
    name = far_team(watching).locator("[data-show]").inner_text()
    longitude, latitude = route_of(watching, far_team(watching))["geometry"]["coordinates"][0]
    expect(watching.locator("#ways h2")).to_contain_text(f"管制{before}处")

    around = [[-0.03, -0.03], [0.03, -0.03], [0.03, 0.03], [-0.03, 0.03], [-0.03, -0.03]]
    ring = [[round(longitude + east, 6), round(latitude + north, 6)] for east, north in around]
    desk.goto("/map/closures/new/?geometry=" + json.dumps({"type": "Polygon", "coordinates": [ring]}))
    desk.wait_for_selector("#drawing-map[data-ready]")
    expect(desk.locator("[data-corners]")).to_have_text("4")
    desk.locator("[name=where]").fill("五号桥及两岸")
    desk.locator("[name=reason]").fill("桥面过水")
    assert faults(desk, axe) == []
    with watching.expect_response("**/map/layers/closures.json*") as drawn:
        desk.get_by_role("button", name="发布管制").click()
    assert "五号桥及两岸" in [one["properties"]["title"] for one in drawn.value.json()["features"]]
    expect(watching.locator("#ways h2")).to_contain_text(f"管制{before + 1}处")
    cut_off = watching.locator("#ways tr[data-from]", has_text=name)
    expect(watching.locator("[data-answer]")).to_contain_text(name)
    expect(watching.locator("[data-answer]")).not_to_contain_text("分钟")
    assert cut_off.count() == 0 or "无路可达" in cut_off.inner_text()

    desk.goto("/map/closures/")
    expect(desk.locator("#closures")).to_contain_text("五号桥及两岸")
    assert faults(desk, axe) == []
    desk.get_by_role("link", name="五号桥及两岸").click()
    assert faults(desk, axe) == []
    desk.get_by_role("button", name="解除管制").click()
    expect(watching.locator("#ways h2")).to_contain_text(f"管制{before}处")
    expect(watching.locator("[data-answer]")).to_contain_text("分钟")
    expect(watching.locator("#ways tr[data-from]", has_text=name)).to_contain_text("分")
    assert watching.evaluate("() => window.sameOne") == 1
