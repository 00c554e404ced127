"""A real Chromium on a real installation with the demo county; every page is watched for policy violations."""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.installation import Installation, installation

SIZES = {"desk": (1366, 800), "phone": (390, 844), "wall": (2560, 1440)}
# Each new context is a window of its own to Chromium, which else fills two panels of its address bar that nobody opens:
# half of what a context costs.
FLAGS = ["--no-sandbox", "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup"]
PLATFORM = "610118000000-110"
LISTEN = """document.addEventListener("securitypolicyviolation",
  (e) => __csp(`${e.effectiveDirective} ${e.blockedURI} ${e.sourceFile}`))"""


# With a house or roads of their own, which another worker would have to make again, or an order of their tests.
TOGETHER = ("test_the_whole_story", "test_ways_and_closures", "test_tianditu", "test_a_visit_without_a_line")
LONG = ("test_accessibility",)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Two workers begin with a half each and take over from the other's end: what ought not to be there comes first."""
    mine = [one for one in items if one.path.is_relative_to(Path(__file__).parent)]
    others = [one for one in items if not one.path.is_relative_to(Path(__file__).parent)]
    together = sorted((one for one in mine if one.path.stem in TOGETHER), key=lambda one: TOGETHER.index(one.path.stem))
    long = [one for one in mine if one.path.stem in LONG]
    short = [one for one in mine if one.path.stem not in TOGETHER + LONG]
    half = max(0, len(mine) // 2 - len(together))
    items[:] = [*others, *together, *short[:half], *long, *short[half:]]


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installation(tmp_path_factory.mktemp("browser")) as made:
        made.start("--demo")
        yield made
        made.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("FENGHUO_CHROMIUM"), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, house: Installation) -> Iterator[Callable[..., Page]]:
    """visit(size="desk", locale="zh-CN", who="zhiban"): an empty page signed in as somebody of the demo county."""
    contexts: list[BrowserContext] = []
    violations: list[str] = []

    def open_page(size: str = "desk", locale: str = "zh-CN", who: str | None = "zhiban") -> Page:
        width, height = SIZES[size]
        context = chromium.new_context(
            base_url=house.url,
            viewport={"width": width, "height": height},
            locale=locale,
            timezone_id="Asia/Shanghai",
        )
        contexts.append(context)
        context.expose_binding("__csp", lambda _source, said: violations.append(said))
        context.add_init_script(LISTEN)
        page = context.new_page()
        if who:
            take_role(context, house, who)
        return page

    yield open_page
    for context in contexts:
        with suppress(Exception):
            context.close()
    assert violations == []


def take_role(context: BrowserContext, house: Installation, who: str) -> None:
    """What the button on /demo/ sends; the page itself is pressed in the tests that are about it."""
    token = "t" * 32
    context.add_cookies([{"name": "csrftoken", "value": token, "url": house.url}])
    said: dict[str, str | float | bool] = {"username": who, "csrfmiddlewaretoken": token}
    answer = context.request.post("/demo/", form=said, max_redirects=0)
    assert answer.status == 302, answer.text()


@pytest.fixture(scope="session")
def platform_key(house: Installation) -> str:
    """Of 110's platform, which sends reports."""
    return house.key("intake.write", unit=PLATFORM)


@pytest.fixture(scope="session")
def axe() -> str:
    return (Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js").read_text()
