"""A checklist opened once opens again without a connection; answers and photos wait and go up by themselves."""

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.browser.test_accessibility import faults

pytestmark = pytest.mark.browser
PATIENCE = 30_000
MINE = "section[aria-labelledby=mine] a"


def photo(name: str) -> FilePayload:
    made = BytesIO()
    Image.linear_gradient("L").resize((900, 1200)).save(made, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": made.getvalue()}


def to_my_visit(page: Page) -> str:
    """The address of the first visit of the own unit, opened and taken along."""
    page.goto("/plans/checks/")
    page.locator("main a[href*='/plans/checks/PC-']").first.click()
    page.locator(MINE).first.click()
    page.wait_for_url("**/plans/checks/units/*/")
    expect(page.locator("#taken[data-done]")).to_be_attached(timeout=PATIENCE)
    return page.url


def question(page: Page, place: int) -> Locator:
    return page.locator("fieldset.question").nth(place)


def choose(page: Page, place: int, value: str, note: str = "") -> None:
    question(page, place).locator(f".choice-{value}").click()
    if note:
        question(page, place).locator("textarea").fill(note)
        question(page, place).locator("textarea").blur()


def caches(page: Page) -> list[str]:
    found: list[str] = page.evaluate("caches.keys()")
    return found


def test_a_visit_goes_on_without_a_line_and_nothing_is_lost(visit: Callable[..., Page], axe: str) -> None:
    page = visit("phone", who="caotang")
    address = to_my_visit(page)
    page.context.set_offline(True)
    page.reload()  # again without a connection
    expect(page.locator("#copy")).to_be_visible()
    # Meanwhile the organiser answers one of the questions; before this telephone does, since Chromium at times lets
    # through what a page sends that is just being reloaded, however offline it is said to be.
    desk = visit(who="zhiban")
    desk.goto(address)
    choose(desk, 0, "na")
    expect(desk.locator("#kept")).to_contain_text("全部")
    choose(page, 0, "yes")
    choose(page, 1, "no", "联系电话已停用")
    page.locator("summary", has_text="添加附件").or_(page.locator(".attach").locator("xpath=../summary")).first.click()
    page.locator("form.attach input[type=file]").set_input_files(photo("现场.jpg"))
    page.locator("form.attach button[type=submit]").click()
    expect(page.locator(".sending[data-now=away]")).to_be_visible()
    page.reload()  # what was answered and chosen is still there
    expect(question(page, 1).locator("input[value=no]")).to_be_checked()
    expect(question(page, 1).locator("textarea")).to_have_value("联系电话已停用")
    expect(page.locator(".sending", has_text="现场.jpg")).to_be_visible()
    assert faults(page, axe) == []
    page.context.set_offline(False)
    expect(page.locator(".files .file-name", has_text="现场.jpg")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("#kept")).to_contain_text("不同", timeout=PATIENCE)
    # Both answers are on the server, and so is the photo.
    desk.reload()
    expect(desk.locator(".conflict")).to_have_count(1)
    expect(question(desk, 1).locator("input[value=no]")).to_be_checked()
    expect(desk.locator(".files .file-name", has_text="现场.jpg")).to_be_visible()
    # Once more without a line: what was sent since the copy was made is shown all the same.
    page.context.set_offline(True)
    page.reload()
    expect(question(page, 1).locator("input[value=no]")).to_be_checked()
    page.context.set_offline(False)


def test_who_signs_out_leaves_nothing_to_read(visit: Callable[..., Page]) -> None:
    page = visit("phone", who="caotang")
    address = to_my_visit(page)
    assert caches(page)
    page.context.set_offline(True)
    choose(page, 2, "yes")
    page.goto(address)
    page.context.set_offline(False)
    expect(page.locator("#kept")).to_be_visible(timeout=PATIENCE)
    page.goto("/")
    page.locator("details.me summary").click()
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("form[data-leave] button").click()
    page.wait_for_url("**/accounts/login/**")
    assert not caches(page)
    assert page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('fenghuo-visit'))") == []
    page.context.set_offline(True)
    with pytest.raises(Exception, match="net::ERR_"):
        page.goto(address)


def test_another_person_finds_nothing_of_who_was_here_before(visit: Callable[..., Page]) -> None:
    page = visit("phone", who="caotang")
    address = to_my_visit(page)
    page.goto("/demo/")
    page.click('button[value="cunzhu"]')
    page.wait_for_url("**/")
    expect(page.locator("h1")).to_be_visible()
    page.wait_for_function("caches.keys().then((all) => all.length === 0)")
    page.context.set_offline(True)
    with pytest.raises(Exception, match="net::ERR_"):
        page.goto(address)


def test_what_waits_is_shown_on_other_pages_and_goes_up_when_opened(visit: Callable[..., Page]) -> None:
    page = visit("phone", who="caotang")
    to_my_visit(page)
    page.context.route("**/answers/", lambda route: route.abort())
    choose(page, 3, "no")  # with a note there would be a second one, once the first is tried
    expect(page.locator("#kept")).to_contain_text("1")
    page.goto("/")
    page.context.unroute_all()
    page.locator("[data-box] a").click()
    expect(page.locator("#kept")).to_contain_text("全部", timeout=PATIENCE)


def test_a_check_closed_meanwhile_keeps_what_was_answered_beside(visit: Callable[..., Page]) -> None:
    """The last one here: it closes the demo county's check."""
    page, desk = visit("phone", who="caotang"), visit(who="daiban")
    address = to_my_visit(page)
    page.context.set_offline(True)
    choose(page, 4, "no", "雨衣已破")
    desk.goto("/plans/checks/")
    desk.locator("main a[href*='/plans/checks/PC-']").first.click()
    form = desk.locator('form[action$="/close/"]')
    desk.locator("details.act", has=form).locator("summary").click()
    form.locator("textarea").fill("时间已到")
    form.locator("button").click()
    expect(desk.locator(".check-closed").first).to_be_visible()
    with page.expect_response(lambda answer: answer.request.method == "POST", timeout=PATIENCE):
        page.context.set_offline(False)  # there is nothing more to answer, yet it goes up
    page.goto(address)
    expect(page.locator(".conflict", has_text="雨衣已破")).to_be_visible()
