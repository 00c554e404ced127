"""天地图 beneath the map, from a made-up server of tiles: chosen, remembered, and given up when it does not answer."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import LISTEN
from tests.browser.test_accessibility import faults
from tests.installation import PASSWORD, Installation, installation

pytestmark = pytest.mark.browser
KEY = "0123456789abcdef0123456789abcdef"


@dataclass
class Tiles:
    """Answers for `vec` and `cva`, refuses all else as the service refuses a wrong key."""

    url: str = ""
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)


@pytest.fixture(scope="module")
def tiles() -> Iterator[Tiles]:
    made, drawn = Tiles(), BytesIO()
    Image.new("RGB", (256, 256), (200, 225, 240)).save(drawn, "PNG")

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            said = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            made.asked.append((urlsplit(self.path).path, said))
            good = said.get("LAYER") in ("vec", "cva") and said.get("tk") == KEY
            self.send_response(200 if good else 403)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Content-Type", "image/png")
            self.end_headers()
            if good:
                self.wfile.write(drawn.getvalue())

        def log_message(self, *_args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    made.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield made
    server.shutdown()


@pytest.fixture(scope="module")
def keyed(tiles: Tiles, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installation(tmp_path_factory.mktemp("tianditu")) as made:
        made.more = {"FENGHUO_TIANDITU_KEY": KEY, "FENGHUO_TIANDITU_SERVERS": tiles.url}
        made.start()
        made.first_administrator()
        yield made
        made.stop()


@pytest.fixture
def page(chromium: Browser, keyed: Installation) -> Iterator[Page]:
    context = chromium.new_context(base_url=keyed.url, locale="zh-CN", viewport={"width": 1440, "height": 900})
    violations: list[str] = []
    context.expose_binding("__csp", lambda _source, said: violations.append(said))
    context.add_init_script(LISTEN)
    opened = context.new_page()
    opened.goto("/accounts/login/")
    opened.fill("[name=login]", "admin")
    opened.fill("[name=password]", PASSWORD)
    opened.press("[name=password]", "Enter")
    opened.wait_for_url("**/")
    yield opened
    context.close()
    assert violations == []


def closures(page: Page) -> None:
    page.goto("/map/closures/")
    page.wait_for_selector("#closures-map[data-ready]")


def test_chosen_it_lies_beneath_the_map_and_is_remembered(page: Page, tiles: Tiles, axe: str) -> None:
    closures(page)
    assert tiles.asked == []  # nobody is asked before somebody chooses
    with page.expect_response("**/vec_w/wmts*"):
        page.get_by_label("底图").select_option("vec")
    expect(page.locator(".grounds small")).to_contain_text("天地图服务器")
    assert faults(page, axe) == []
    with page.expect_response("**/cva_w/wmts*"):
        closures(page)
    expect(page.get_by_label("底图")).to_have_value("vec")
    expect(page.locator(".maplibregl-ctrl-attrib")).to_contain_text("天地图")
    # The county of the test lies about 108.6° E, 34.1° N: tiles of Web Mercator, rows from the north.
    path, said = tiles.asked[0]
    zoom, row, column = (int(said[name]) for name in ("TILEMATRIX", "TILEROW", "TILECOL"))
    assert path == "/vec_w/wmts"
    assert abs(column / 2**zoom - (108.6 + 180) / 360) < 0.02
    assert abs(row / 2**zoom - 0.3983) < 0.02
    Path("test-results").mkdir(exist_ok=True)
    page.screenshot(path="test-results/tianditu.png")


def test_when_its_tiles_do_not_come_the_own_map_is_back(page: Page) -> None:
    closures(page)
    page.get_by_label("底图").select_option("img")
    expect(page.locator(".grounds small")).to_contain_text("没有响应")
    expect(page.get_by_label("底图")).to_have_value("")
    expect(page.locator("#closures-map canvas")).to_be_visible()
