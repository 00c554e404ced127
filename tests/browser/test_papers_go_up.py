"""Plans go up: an enterprise's to two receivers in one act, a village's from a telephone; receipts anyone checks."""

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page, expect

from fenghuo.readiness.plans.demo_paper import paper
from tests.browser.test_accessibility import faults

pytestmark = pytest.mark.browser
PLAN = "涝河纸箱应急预案"
TOWN, DEPARTMENT = "余下街道办事处", "鄠邑区科技和工业信息化局"
VILLAGE = "草堂营村"


def pdf(name: str) -> FilePayload:
    return {"name": f"{name}.pdf", "mimeType": "application/pdf", "buffer": paper(name)}


def photo(name: str) -> FilePayload:
    made = BytesIO()
    Image.linear_gradient("L").resize((900, 1200)).save(made, "JPEG")
    return {"name": f"{name}.jpg", "mimeType": "image/jpeg", "buffer": made.getvalue()}


def looked_at(page: Page, axe: str) -> None:
    assert faults(page, axe) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"too wide: {page.url}"


def act(page: Page, verb: str) -> Locator:
    """The form of this verb on the page of a paper, opened."""
    form = page.locator(f'form[action$="/{verb}/"]')
    if not form.is_visible():
        page.locator("details.act", has=form).locator("summary").click()
    return form


def received(page: Page, title: str, axe: str) -> None:
    """From the inbox to the paper of this title."""
    page.goto("/submissions/in/")
    looked_at(page, axe)
    page.get_by_role("link", name=title).first.click()
    page.wait_for_url(re.compile(r"/submissions/[^/]*\d+/$"))


def course(page: Page, receiver: str) -> Locator:
    """On the page of a plan: how it stands with this receiver."""
    return page.locator("section[aria-labelledby=courses] li", has_text=receiver)


def accept(page: Page) -> None:
    act(page, "accept").locator("button[type=submit]").click()
    expect(page.locator(".facts-line .paper-accepted")).to_be_visible()


def genuine(visit: Callable[..., Page], owner: Page, receiver: str, axe: str) -> str:
    """The number of this receiver's receipt, after a stranger has checked it by its code."""
    course(owner, receiver).get_by_role("link").click()
    owner.locator('a[href$="/receipt/"]').click()
    expect(owner.locator("h1")).to_have_text("回执")
    looked_at(owner, axe)
    number = re.search(r"回执编号 (\S+)", owner.locator("main").inner_text())
    stranger = visit(who=None)
    stranger.goto("/receipts/" + owner.locator(".hash").inner_text().rsplit("/receipts/", 1)[1])
    expect(stranger.locator(".message.success")).to_contain_text("真实")
    expect(stranger.locator("dl")).to_contain_text(receiver)
    looked_at(stranger, axe)
    assert number
    return number[1]


def test_an_enterprise_files_with_two_and_has_two_receipts(visit: Callable[..., Page], axe: str) -> None:
    owner, town, department = visit(who="zhixiang"), visit(who="yuxia"), visit(who="kegong")
    owner.goto("/registers/plans/")
    owner.get_by_role("link", name=PLAN).first.click()
    owner.locator('form[action$="/next/"] button').click()
    owner.locator(".files-part > details > summary").click()
    owner.set_input_files("form[data-upload] input[type=file]", [pdf("涝河纸箱应急预案(第二版)")])
    owner.click("form[data-upload] > button[type=submit]")
    expect(owner.locator(".files a.file")).to_be_visible()
    owner.reload()
    looked_at(owner, axe)
    owner.locator('form[action$="/file/"] button').click()
    plan = owner.url
    for receiver in (TOWN, DEPARTMENT):
        expect(course(owner, receiver).locator(".paper-submitted")).to_be_visible()

    received(town, PLAN, axe)
    looked_at(town, axe)
    accept(town)
    received(department, PLAN, axe)
    back = act(department, "return_")
    back.locator("textarea").fill("应急组织机构的联系电话已过期,请更新后重报")
    back.locator("[name=remark_issued_text]").fill("第三章联系人名单未更新")
    looked_at(department, axe)
    back.locator("button[type=submit]").click()
    expect(department.locator(".facts-line .paper-returned")).to_be_visible()

    owner.goto(plan)
    expect(course(owner, TOWN)).to_contain_text("回执")
    expect(course(owner, DEPARTMENT).locator(".paper-returned")).to_be_visible()
    course(owner, DEPARTMENT).get_by_role("link").click()
    expect(owner.locator(".remarks")).to_contain_text("第三章联系人名单未更新")
    looked_at(owner, axe)
    correcting = owner.locator("form.correct")
    for remark in correcting.locator("[name^=answer_]").all():
        remark.fill("已更新,见第三章")
    correcting.locator("button.go").click()
    expect(owner.locator(".facts-line .paper-submitted")).to_be_visible()
    looked_at(owner, axe)

    received(department, PLAN, axe)
    expect(department.locator(".remarks")).to_contain_text("已更新,见第三章")
    accept(department)
    owner.goto(plan)
    expect(owner.locator(".facts-line .plan-filed")).to_be_visible()
    looked_at(owner, axe)
    first = genuine(visit, owner, TOWN, axe)
    owner.goto(plan)
    assert genuine(visit, owner, DEPARTMENT, axe) != first


def filed_of_asked(page: Page) -> tuple[int, int]:
    """Villages of the street office: how many have their plan on file, and how many must."""
    page.goto("/plans/coverage/")
    cell = page.locator('table.matrix tbody a[href*="region=610118007000"][href*="who=village"] small')
    filed, asked = cell.inner_text().split("/")
    return int(filed), int(asked)


def test_a_village_files_from_a_telephone(visit: Callable[..., Page], axe: str) -> None:
    village, town = visit("phone", who="cunzhu"), visit(who="caotang")
    filed, asked = filed_of_asked(town)
    looked_at(town, axe)
    village.goto("/")
    village.locator('main a[href="/plans/quick/"]').first.click()
    looked_at(village, axe)
    village.set_input_files("input[name=file]", [photo("预案第一页"), pdf("草堂营村应急预案")])
    for name, said in (
        ("dangers", "村北沟道暴雨时易涨水"),
        ("responsible", "王建国"),
        ("phone", "10000000077"),
        ("warning", "大喇叭、铜锣,小组长逐户叫醒"),
        ("shelter", "村小学操场"),
        ("people", "二组独居老人四户,由村医负责接送"),
    ):
        village.fill(f"[name={name}]", said)
    village.locator("button.go[type=submit]").click()
    village.wait_for_url(re.compile(r"/plans/[^/]*\d+/$"))
    expect(village.locator(".paper-submitted").first).to_be_visible()
    looked_at(village, axe)
    assert filed_of_asked(town) == (filed, asked)

    received(town, VILLAGE, axe)
    accept(town)
    assert filed_of_asked(town) == (filed + 1, asked)
    village.reload()
    expect(village.locator(".facts-line .plan-filed")).to_be_visible()
    expect(village.locator("section[aria-labelledby=courses]")).to_contain_text("回执")
