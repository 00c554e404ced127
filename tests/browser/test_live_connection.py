"""The line to the server as the duty officer meets it: many tabs, no stream, a tab that is out of sight, a storm."""

from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.test_the_desk import post
from tests.installation import Installation

pytestmark = pytest.mark.browser
# Without workers a page holds its own line, which a test can cut; every stream it opens is kept.
OWN_LINE = """delete window.SharedWorker;
window.__streams = [];
window.EventSource = class extends EventSource {
  constructor(...given) { super(...given); window.__streams.push(this); }
};"""
OUT_OF_SIGHT = """(hidden) => {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
  document.dispatchEvent(new Event("visibilitychange"));
  if (hidden) document.dispatchEvent(new Event("freeze"));
}"""
OPEN = "() => window.__streams.filter((one) => one.readyState !== EventSource.CLOSED).length"


def own_line(page: Page) -> None:
    page.context.add_init_script(OWN_LINE)


def test_eight_tabs_of_one_browser_are_all_live(
    visit: Callable[..., Page], house: Installation, platform_key: str
) -> None:
    """A browser opens six connections to a host: with a stream each, the seventh tab would not even load."""
    context: BrowserContext = visit().context
    tabs = [context.new_page() for _ in range(8)]
    for tab in tabs:
        tab.goto("/reports/", timeout=30_000)
    for tab in tabs:
        expect(tab.locator("[data-live-state]")).to_have_text("实时", timeout=30_000)
    post(house, platform_key, "tabs-1", "八个标签页都看到")
    for tab in tabs:
        expect(tab.locator("tr", has_text="八个标签页都看到")).to_be_visible(timeout=30_000)


@pytest.mark.parametrize("how", ["blocked", "kept back"])
def test_where_no_stream_gets_through_it_asks_and_says_so(
    visit: Callable[..., Page], house: Installation, platform_key: str, how: str
) -> None:
    """Blocked at once, or by a proxy that answers nothing until all is there."""
    page = visit()
    own_line(page)

    def cut(route: Route) -> None:
        if how == "blocked":
            route.abort()

    page.route("**/live/?*", cut)
    page.goto("/reports/")
    shown = page.locator("[data-live-state]")
    expect(shown).to_have_text("实时连接中断，每 15 秒查询一次", timeout=60_000)
    post(house, platform_key, f"polled-{how}", f"查询得到的接报 {how}")
    expect(page.locator("tr", has_text=f"查询得到的接报 {how}")).to_be_visible(timeout=60_000)
    page.unroute("**/live/?*")
    page.evaluate("() => { dispatchEvent(new Event('online')) }")
    expect(shown).to_have_text("实时", timeout=30_000)
    post(house, platform_key, f"streamed-{how}", f"恢复实时之后 {how}")
    expect(page.locator("tr", has_text=f"恢复实时之后 {how}")).to_be_visible(timeout=30_000)


def test_a_tab_out_of_sight_hangs_up_and_takes_up_where_it_was(
    visit: Callable[..., Page], house: Installation, platform_key: str
) -> None:
    page = visit()
    own_line(page)
    page.goto("/reports/")
    expect(page.locator("[data-live-state]")).to_have_text("实时", timeout=30_000)
    assert page.evaluate(OPEN) == 1
    page.evaluate(OUT_OF_SIGHT, True)
    assert page.evaluate(OPEN) == 0
    post(house, platform_key, "unseen-1", "切走时来的接报")
    page.evaluate(OUT_OF_SIGHT, False)
    expect(page.locator("tr", has_text="切走时来的接报")).to_be_visible(timeout=30_000)
    assert page.evaluate(OPEN) == 1


def test_a_storm_of_entries_is_a_few_fetches(
    visit: Callable[..., Page], house: Installation, platform_key: str
) -> None:
    """Supplements to one report: forty new ones would fill the pages of the tests that come after."""
    page = visit()
    page.goto("/reports/")
    expect(page.locator("[data-live-state]")).to_have_text("实时", timeout=30_000)
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url) if "/reports/" in request.url else None)
    report = post(house, platform_key, "storm-1", "暴雨接报")
    for number in range(40):
        supplement(house, platform_key, report, f"storm-later-{number}", f"后续 {number}")
    post(house, platform_key, "storm-2", "暴雨之后的接报")
    expect(page.locator("tr", has_text="暴雨之后的接报")).to_be_visible(timeout=30_000)
    assert 1 <= len(fetched) <= 20


def supplement(house: Installation, key: str, report: str, once: str, text: str) -> None:
    headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": once}
    address = f"{house.url}/api/v1/reports/{report}/supplements"
    answer = httpx.post(address, json={"text": text}, headers=headers, timeout=30)
    assert answer.status_code < 300, answer.text
