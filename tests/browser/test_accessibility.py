"""axe-core on every page, at desk and phone size, in both languages; and the policy is never violated."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

PAGES = [
    *("/", "/search/?q=caotang", "/registers/units/", "/units/610118000000-EMO/", "/registers/people/", "/regions/"),
    *(
        "/reports/",
        "/reports/new/",
        "/reports/unreadable/",
        "/incidents/",
        "/incidents/?view=map",
        "/teams/?at=T-0001",
        "/teams/T-0006/",
        "/teams/T-0006/change/",
        "/teams/T-0006/contacts/",
        "/teams/new/",
        "/map/",
        "/map/?show=teams&kind=volunteer",
        "/map/closures/",
        "/map/closures/new/",
        "/map/coverage/",
        "/map/siting/",
        "/orders/?view=all",
        "/clocks/",
        "/clocks/?view=late",
        "/clocks/statistics/",
        "/clocks/rules/",
        "/clocks/rules/R8/",
        "/clocks/days-off/",
        "/messages/",
        "/messages/unusable/",
        "/regions/?at=610118007000",
        "/journal/",
        "/journal/?verb=nonsense&since=2026-02-30",
        "/journal/1/",
        "/records/1/history/",
        "/records/1/history/?print=1",
        "/accounts/2fa/",
        "/accounts/password/change/",
        "/demo/",
        "/registers/plans/",
        "/plans/coverage/",
        "/plans/coverage/?by=line",
        "/plans/lacking/",
        "/plans/lacking/?state=due&q=nothing",
        "/workplan/",
        "/workplan/?group=department&month=12",
        "/workplan/units/610118007000/",
        "/workplan/forecast/",
        "/workplan/letters/",
        "/workplan/plans/",
        "/submissions/in/",
        "/submissions/out/",
        "/submissions/all/",
        "/submissions/by-hand/",
        "/receipts/",
    ),
    "/api/v1/docs",
]
PARTS = 4  # of the pages, so that no core has to look at all of them
OF_OTHERS = (
    ("cunzhu", "/plans/quick/"),
    ("guanli", "/files/waiting/"),
    ("daiban", "/workplan/letters/new/"),
    ("daiban", "/workplan/plans/paste/"),
)
# From the list of accepted papers to one of them, its receipt, its plan and the plan's file.
ON_THE_WAY = (
    ("the paper", "td.words a"),
    ("its receipt", 'a[href$="/receipt/"]'),
    ("the paper again", 'nav a[href^="/submissions/"]'),
    ("its plan", ".facts-line a"),
    ("its file", ".files a.file"),
)
RUN = """async () => {
  // Pins of a map may lie upon each other; the list beside it has the same links (WCAG 2.5.8, equivalent).
  const rules = { runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"], resultTypes: ["violations"] };
  const found = await axe.run({ exclude: [[".maplibregl-marker"]] }, rules);
  return found.violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.map((n) => n.html).slice(0, 3).join(" | ")}`);
}"""


def faults(page: Page, axe: str) -> list[str]:
    """Of the whole page: parts that are still on their way are waited for."""
    expect(page.locator(".htmx-request")).to_have_count(0)
    page.evaluate("scrollTo(0, 0)")  # scrolled, the bar on top lies over part of a button
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(f"{axe};0")
    found: list[str] = page.evaluate(RUN)
    return found


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("size", ["desk", "phone"])
@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_pages_are_accessible(visit: Callable[..., Page], axe: str, size: str, locale: str, part: int) -> None:
    page = visit(size, locale)
    page.add_init_script(axe)  # on each of so many pages it is sooner there than sent
    found = {}
    for address in PAGES[part::PARTS]:
        page.goto(address)
        if faulty := faults(page, axe):
            found[address] = faulty
    assert found == {}


@pytest.mark.parametrize("size", ["desk", "phone"])
@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_a_report_is_accessible(visit: Callable[..., Page], axe: str, size: str, locale: str) -> None:
    page = visit(size, locale)
    page.goto("/reports/")
    page.locator("td.words a").first.click()
    page.wait_for_load_state()
    for summary in page.locator("main details summary").all():
        summary.click()
    assert faults(page, axe) == []


@pytest.mark.parametrize("size", ["desk", "phone"])
@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_papers_are_accessible(visit: Callable[..., Page], axe: str, size: str, locale: str) -> None:
    found = {}
    for who, address in OF_OTHERS:
        page = visit(size, locale, who)
        page.goto(address)
        if faulty := faults(page, axe):
            found[address] = faulty
    page = visit(size, locale)
    page.goto("/submissions/all/?state=accepted&q=预案")  # of plans, which have files
    for name, link in ON_THE_WAY:
        page.locator(link).first.click()
        page.wait_for_load_state()
        if faulty := faults(page, axe):
            found[name] = faulty
    assert found == {}


def test_the_sign_in_is_accessible(visit: Callable[..., Page], axe: str) -> None:
    page = visit(who=None)
    page.goto("/accounts/login/")
    assert faults(page, axe) == []
