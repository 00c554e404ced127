"""A large plan goes up over a bad line: cut at 99 %, loaded again, finished; shown, saved, on a desk and on a phone."""

import hashlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

from fenghuo.kernel.documents.tests.papers import macro_word, word
from tests.browser.test_accessibility import faults
from tests.cut_line import CutLine
from tests.installation import Installation

pytestmark = pytest.mark.browser
UNIT = "/units/610118007000/"
MB = 1024 * 1024


@pytest.fixture
def line(house: Installation) -> Iterator[CutLine]:
    made = CutLine(house.port)
    yield made
    made.close()


def scanned(pages: int, shade: int) -> bytes:
    """About a megabyte a page, without text, as a scanner makes it."""
    made = BytesIO()
    drawn = [Image.effect_noise((1150, 1630), 90 + shade).convert("L") for _page in range(pages)]
    drawn[0].save(made, "PDF", save_all=True, append_images=drawn[1:], quality=92)
    return made.getvalue()


def choose(page: Page, *files: Path) -> None:
    form = page.locator("form[data-upload]")
    if not form.is_visible():
        page.click(".files-part > details > summary")
    page.set_input_files("form[data-upload] input[type=file]", list(files))
    page.click("form[data-upload] > button[type=submit]")


class Held:
    """The first large part never arrives, so that there is time to pause it; what comes after it does."""

    held = False

    def __call__(self, route: Route) -> None:
        if not self.held and len(route.request.post_data_buffer or b"") > MB:
            self.held = True
        else:
            route.continue_()


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_cut_at_99_percent_reloaded_and_finished(
    visit: Callable[..., Page], axe: str, line: CutLine, tmp_path: Path, size: str
) -> None:
    content = scanned(14, 1 if size == "desk" else 2)
    plan = tmp_path / f"防汛预案扫描件-{size}.pdf"
    plan.write_bytes(content)
    page = visit(size, who="caotang")
    page.goto(f"{line.url}{UNIT}")
    line.up, line.cut_after = 0, len(content) * 99 // 100
    choose(page, plan)
    row = page.locator(".sending").last
    expect(row).to_have_attribute("data-now", "away", timeout=60_000)
    expect(row.locator("[data-state]")).to_have_text("连接已断开，恢复后自动继续")
    assert line.is_cut

    line.mend()
    page.on("dialog", lambda dialog: dialog.accept())  # that it is still being sent
    page.goto("about:blank")
    page.goto(f"{line.url}{UNIT}")
    half = page.locator(".half")
    expect(half).to_contain_text(plan.name)
    percent = int(half.inner_text().split("%")[0].rsplit("传", 1)[1].strip())
    assert 60 <= percent < 100
    assert faults(page, axe) == []
    line.mend()
    choose(page, plan)
    file = page.locator(".files a.file", has_text=plan.name)
    expect(file).to_be_visible(timeout=60_000)
    expect(page.locator(".half")).to_have_count(0)
    left = len(content) * (100 - percent) / 100
    assert line.up < left + MB, "what had come was sent again"
    expect(page.locator(".files li", has_text=plan.name)).to_contain_text("纯图片，文字不能检索")
    assert faults(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    file.click()
    drawn = page.locator(".sheets figure img")
    expect(drawn).to_have_count(5)
    drawn.last.scroll_into_view_if_needed()
    assert drawn.last.evaluate("img => img.decode().then(() => img.naturalWidth)") == 1400
    assert faults(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    with page.expect_download() as download:
        page.click("a[download]")
    assert hashlib.sha256(Path(download.value.path()).read_bytes()).digest() == hashlib.sha256(content).digest()


def test_the_line_comes_back_and_it_goes_on_by_itself(
    visit: Callable[..., Page], line: CutLine, tmp_path: Path
) -> None:
    content = scanned(8, 3)
    plan = tmp_path / "总体预案.pdf"
    plan.write_bytes(content)
    page = visit(who="caotang")
    page.goto(f"{line.url}{UNIT}")
    line.up, line.cut_after = 0, len(content) // 2
    choose(page, plan)
    row = page.locator(".sending").last
    expect(row).to_have_attribute("data-now", "away", timeout=60_000)
    line.mend()
    expect(row).to_have_attribute("data-now", "done", timeout=60_000)


def test_paused_and_continued_refused_with_a_way_out_and_the_others_kept(
    visit: Callable[..., Page], axe: str, tmp_path: Path
) -> None:
    plan, macros = tmp_path / "专项预案.docx", tmp_path / "带宏预案.docx"
    plan.write_bytes(word("为规范处置。<script>alert(1)</script>"))
    macros.write_bytes(macro_word())
    large = tmp_path / "大预案.pdf"
    large.write_bytes(scanned(8, 4))
    page = visit("phone", who="caotang")
    page.goto(UNIT)
    page.route("**/files/uploads/*/", on_its_way := Held())
    choose(page, large, macros, plan)
    row = page.locator(".sending").first
    expect(row).to_have_attribute("data-now", "sending")
    row.locator("[data-pause]").click()
    expect(row).to_have_attribute("data-now", "paused")
    assert on_its_way.held
    expect(row.locator("[data-pause]")).to_have_text("继续")
    assert faults(page, axe) == []
    row.locator("[data-pause]").click()
    expect(row).to_have_attribute("data-now", "done", timeout=60_000)
    refused = page.locator(".sending", has_text=macros.name)
    expect(refused).to_contain_text("含有宏", timeout=30_000)
    page.locator(".files a.file", has_text=plan.name).click()
    expect(page.locator("article.words")).to_contain_text("<script>alert(1)</script>")
    assert faults(page, axe) == []


def test_without_script_an_ordinary_form(visit: Callable[..., Page], tmp_path: Path) -> None:
    page = visit(who="caotang")
    page.goto(UNIT)
    page.evaluate("document.querySelector('form[data-upload]').removeAttribute('data-upload')")
    plan = tmp_path / "现场处置方案.docx"
    plan.write_bytes(word("先期处置。"))
    page.click(".files-part > details > summary")
    page.set_input_files(".files-part input[type=file]", plan)
    page.click(".files-part form.attach > button[type=submit]")
    page.wait_for_url(f"**{UNIT}")
    expect(page.locator(".files a.file", has_text=plan.name)).to_be_visible()
