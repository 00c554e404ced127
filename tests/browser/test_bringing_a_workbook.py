"""A town's clerk brings a list, corrects the marked copy and brings it again, at the desk and on a phone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import faults
from tests.workbooks import opened, xlsx

pytestmark = pytest.mark.browser


def bring(page: Page, file: Path) -> None:
    page.goto("/registers/people/")
    page.click('a[href="/registers/people/imports/"]')
    page.set_input_files("input[type=file]", file)
    page.click("form[enctype] button")
    page.wait_for_url("**/imports/*/")


def counts(page: Page) -> list[str]:
    return page.locator("#import dl dd").all_inner_texts()[:4]


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_a_list_is_brought_corrected_and_brought_again(
    visit: Callable[..., Page], axe: str, tmp_path: Path, size: str
) -> None:
    page = visit(size, who="caotang")
    page.goto("/registers/people/imports/")
    assert faults(page, axe) == []
    rows: list[list[object]] = [
        ["草堂街道网格员名单", None, None, None],
        ["姓名", "工作单位", f"分工{size}", "手机号码"],
        [f"甲{size}", "草堂街道办事处", "网格员", "13811110001"],
        [f"乙{size}", "草堂街道办事处", "网格员", "138111"],
    ]
    file = tmp_path / "list.xlsx"
    file.write_bytes(xlsx(rows))
    bring(page, file)
    assert counts(page) == ["1", "0", "0", "1"]
    expect(page.locator("#import table")).to_contain_text("138111")
    assert faults(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    page.locator("select[name^=column-]:visible").select_option("title")
    page.click('form[action$="/answer/"] button')
    expect(page.locator("select[name^=column-]:visible")).to_have_count(0)
    page.click('form[action$="/apply/"] button')
    expect(page.locator('form[action$="/apply/"]')).to_have_count(0)

    with page.expect_download() as download:
        page.click('a[href$="/marked.xlsx"]')
    book = opened(Path(download.value.path()).read_bytes())
    cell = book["Sheet"]["D4"]
    assert cell.comment is not None
    cell.value = "13811110002"
    corrected = tmp_path / "corrected.xlsx"
    book.save(corrected)
    bring(page, corrected)
    assert counts(page) == ["1", "0", "1", "0"]
    page.click('form[action$="/apply/"] button')
    expect(page.locator('form[action$="/apply/"]')).to_have_count(0)
    bring(page, corrected)
    assert counts(page) == ["0", "0", "2", "0"]
    page.goto(f"/registers/people/?q=乙{size}")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody tr")).to_contain_text("网格员")
