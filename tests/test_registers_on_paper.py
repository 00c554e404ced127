"""Every register on paper: the form to fill in and a row to check by hand, as PDF and for Word."""

from collections.abc import Callable, Iterator
from io import BytesIO

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from docx import Document

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.registers.declaring import Register, register_named, registers
from fenghuo.kernel.registers.paper.pdf import NoFont, paper_pdf
from fenghuo.kernel.registers.paper.sheet import empty_paper
from fenghuo.kernel.registers.paper.word import paper_docx
from fenghuo.kernel.registers.writing import asked_of
from fenghuo.kernel.registry.services import create_unit
from fenghuo.readiness.organisations.services import enter_person
from fenghuo.readiness.teams.services import create_team
from tests.county import County
from tests.register_suite import sign_in

assert sign_in
MARKUP = "欧阳*小_草#let"  # signs that Typst would read as markup
LONG = "鄠邑区草堂街道办事处应急管理与安全生产监督综合服务中心草堂营村应急物资储备与避难安置联合工作站"


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with override("en"):
        yield


def pages_of(data: bytes) -> list[str]:
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data)]


def text_of(data: bytes) -> str:
    document = Document(BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def pdf(paper: object) -> bytes:
    try:
        return paper_pdf(paper)  # type: ignore[arg-type]
    except NoFont:
        pytest.skip("no Chinese font on this computer")


@pytest.mark.parametrize("register", registers(), ids=lambda one: one.name)
def test_each_column_that_is_entered_stands_on_one_page_of_the_form(county: County, register: Register) -> None:
    paper = empty_paper(register, SYSTEM)
    asked = asked_of(register, SYSTEM, new=True)
    assert [box.label for box in paper.boxes] == [str(column.label) for column in asked]
    word = text_of(paper_docx(paper))
    (page,) = pages_of(pdf(paper))
    for column in asked:
        heading = f"{column.label} *" if column.needed else str(column.label)
        assert heading in word
        assert heading.split()[0] in page
    for said in ("Filled in by (signature):", "Checked by (signature):", "Date:", str(register.title)):
        assert said in word
        assert said in page


def test_choices_are_boxes_or_stand_in_the_notes(county: County) -> None:
    units, teams = register_named("units"), register_named("teams")
    assert units is not None
    assert teams is not None
    assert "□" not in text_of(paper_docx(empty_paper(units, SYSTEM))).split("How to fill it in")[0]
    assert "Kind: one of government / " in text_of(paper_docx(empty_paper(units, SYSTEM)))
    card = text_of(paper_docx(empty_paper(teams, SYSTEM)))
    assert card.count("□\u00a0") > 30


def test_a_row_is_printed_as_it_stands(county: County, sign_in: Callable[..., Client]) -> None:
    team = create_team(by=SYSTEM, unit=county.units["a"], name="草堂应急队", kind="general", note=MARKUP, people=7)
    unit = create_unit(by=SYSTEM, code="12610118DEM000077A", name=LONG, kind="school", region=county.regions["a"])
    person = enter_person(by=SYSTEM, name="欧阳小草", unit=unit, title="干事", mobile="13900000001")
    client = sign_in("a", "clerk")
    got = client.get(reverse("registers:check_docx", args=["teams", team.pk]))
    said = text_of(got.content)
    assert MARKUP in said
    assert "■\u00a0" in said
    assert "change to:" in said
    admin = sign_in("emo", "administrator")
    got = admin.get(reverse("registers:check_pdf", args=["people", person.pk]))
    if got.status_code != 503:  # no font
        assert got["Content-Type"] == "application/pdf"
        (page,) = pages_of(got.content)
        assert LONG in page.replace("\r\n", "").replace("\n", "")
        assert "13900000001" in page


def test_what_a_stranger_gets(county: County, sign_in: Callable[..., Client], client: Client) -> None:
    team = create_team(by=SYSTEM, unit=county.units["a"], name="草堂应急队", kind="general")
    page = reverse("registers:check_docx", args=["teams", team.pk])
    form = reverse("registers:form_docx", args=["teams"])
    assert client.get(page).status_code == client.get(form).status_code == 302  # to sign in
    assert sign_in("b", "clerk").get(page).status_code == 404
    assert sign_in("neighbour", "duty_officer").get(page).status_code == 404
    assert sign_in("a", "observer").get(page).status_code == 200
    assert sign_in("a", "clerk").get(reverse("registers:form_docx", args=["nothing"])).status_code == 404


def test_the_list_leads_to_the_form(county: County, sign_in: Callable[..., Client]) -> None:
    shown = sign_in("a", "clerk").get(reverse("registers:list", args=["people"])).content.decode()
    for kind in ("pdf", "docx"):
        assert f'href="{reverse(f"registers:form_{kind}", args=["people"])}"' in shown
