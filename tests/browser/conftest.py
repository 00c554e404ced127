"""A real Chromium on a real installation with the demo county; every page is watched for policy violations."""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.installation import Installation, installation

SIZES = {"desk": (1366, 800), "phone": (390, 844), "wall": (2560, 1440)}
LISTEN = """document.addEventListener("securitypolicyviolation",
  (e) => __csp(`${e.effectiveDirective} ${e.blockedURI} ${e.sourceFile}`))"""


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installation(tmp_path_factory.mktemp("browser")) as made:
        made.start("--demo")
        yield made
        made.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("FENGHUO_CHROMIUM"), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, house: Installation) -> Iterator[Callable[..., Page]]:
    """visit(size="desk", locale="zh-CN", who="zhiban"): a page signed in as somebody of the demo county."""
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
            page.goto("/demo/")
            page.click(f'button[value="{who}"]')
            page.wait_for_url("**/")
        return page

    yield open_page
    for context in contexts:
        with suppress(Exception):
            context.close()
    assert violations == []


@pytest.fixture(scope="session")
def axe() -> str:
    return (Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js").read_text()
