"""The contact book outside the house: cards, workbook, booklet. Nothing typed acts there; the taking is on record."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook
from pypdfium2 import PdfDocument

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.models import Person
from fenghuo.kernel.journal.models import Entry
from fenghuo.readiness.organisations.services import enter_person
from tests.county import County

BOOK = "/organisations/contacts/"
FORMS = ("contacts.vcf", "contacts.xlsx", "booklet/", "booklet.pdf")
SignIn = Callable[..., Client]


def _person(county: County, name: str = "欧阳小草", title: str = "镇长") -> Person:
    return enter_person(by=SYSTEM, name=name, unit=county.units["a"], title=title, mobile="13900000001")


def _rows(content: bytes) -> list[list[object]]:
    return [[cell.value for cell in row] for row in load_workbook(BytesIO(content)).worksheets[0].iter_rows()]


def _bytes(client: Client, page: str) -> bytes:
    answer = client.get(page)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]


def test_one_card_and_all_of_them(county: County, sign_in: SignIn) -> None:
    one = _person(county)
    client = sign_in("emo", "clerk")
    answer = client.get(f"{BOOK}{one.pk}.vcf")
    assert answer["Content-Type"] == "text/vcard; charset=utf-8"
    card = answer.content.decode()
    assert card.startswith("BEGIN:VCARD\r\nVERSION:4.0\r\n")
    assert card.endswith("END:VCARD\r\n")
    assert "FN:欧阳小草\r\n" in card
    assert "ORG:草堂街道办事处\r\n" in card
    assert "TITLE:镇长\r\n" in card
    assert "TEL;TYPE=cell:13900000001\r\n" in card
    _person(county, "另一人")
    everybody = client.get(f"{BOOK}contacts.vcf?region=610118007000").content.decode()
    assert everybody.count("BEGIN:VCARD") == everybody.count("END:VCARD") == 2


def test_what_was_typed_cannot_begin_a_line_of_a_card(county: County, sign_in: SignIn) -> None:
    one = _person(county, title="a;b,c\\d\r\nTEL:110\nEND:VCARD")
    card = sign_in("emo", "clerk").get(f"{BOOK}{one.pk}.vcf").content.decode()
    assert "TITLE:a\\;b\\,c\\\\d\\nTEL:110\\nEND:VCARD\r\n" in card
    assert card.count("\r\nEND:VCARD\r\n") == 1


def test_long_lines_are_folded_between_characters(county: County, sign_in: SignIn) -> None:
    long = "阿卜杜热合曼·买买提吐尔逊" * 4
    one = _person(county, long)
    content = sign_in("emo", "clerk").get(f"{BOOK}{one.pk}.vcf").content
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert all(line.decode() is not None for line in content.split(b"\r\n"))
    assert f"FN:{long}\r\n" in content.decode().replace("\r\n ", "")


def test_the_workbook_for_wecom(county: County, sign_in: SignIn) -> None:
    one = _person(county)
    head, *rows = _rows(_bytes(sign_in("emo", "clerk"), f"{BOOK}contacts.xlsx?q=欧阳"))
    assert head[:5] == ["姓名", "账号", "别名", "职务", "部门"]
    said = dict(zip(head, rows[0], strict=True))
    assert (said["姓名"], said["手机"], said["职务"]) == ("欧阳小草", "13900000001", "镇长")
    assert said["部门"] == "草堂街道/草堂街道办事处"
    assert said["账号"] == f"fenghuo{one.pk}"


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "-1+1", "@SUM(1)", "\t=1+1"])
def test_no_name_acts_as_a_formula(county: County, sign_in: SignIn, name: str) -> None:
    _person(county, name, title="=cmd|' /C calc'!A0")
    content = _bytes(sign_in("emo", "clerk"), f"{BOOK}contacts.xlsx?region=610118007000")
    cells = [cell for row in load_workbook(BytesIO(content)).worksheets[0].iter_rows(min_row=2) for cell in row]
    assert any(cell.value == name.strip() for cell in cells)
    assert all(cell.data_type != "f" for cell in cells)


def test_the_booklet_shows_block_and_people_and_escapes(county: County, sign_in: SignIn) -> None:
    _person(county, "<b>尖</b>")
    page = sign_in("emo", "clerk").get(f"{BOOK}booklet/").content.decode()
    assert "草堂街道" in page
    assert "&lt;b&gt;尖&lt;/b&gt;" in page


def _shown(form: str, content: bytes) -> str:
    if form.endswith("xlsx"):
        return str(_rows(content))
    if form.endswith("pdf"):
        return "".join(page.get_textpage().get_text_bounded() for page in PdfDocument(content))
    return content.decode()


def test_the_booklet_is_a_pdf_with_everybody_in_it_and_acts_on_nothing(county: County, sign_in: SignIn) -> None:
    _person(county, "#panic()$x$")
    content = _bytes(sign_in("emo", "clerk"), f"{BOOK}booklet.pdf")
    pages = PdfDocument(content)
    words = "".join(page.get_textpage().get_text_bounded() for page in pages)
    assert "#panic()$x$" in words
    assert "13900000001" in words
    assert "西安" in words or "鄠邑" in words


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("unit", ["b", "village", "education", "neighbour"])
def test_nobody_takes_out_people_out_of_sight(county: County, sign_in: SignIn, form: str, unit: str) -> None:
    one = _person(county)
    client = sign_in(unit, "clerk")
    content = _bytes(client, BOOK + form)
    shown = _shown(form, content)
    assert "欧阳小草" not in shown
    assert "13900000001" not in shown
    assert client.get(f"{BOOK}{one.pk}.vcf").status_code == 404


@pytest.mark.parametrize("form", FORMS)
def test_who_only_reads_takes_nothing_out(county: County, sign_in: SignIn, form: str) -> None:
    one = _person(county)
    client = sign_in("a", "observer")
    assert client.get(BOOK + form).status_code == 403
    assert client.get(f"{BOOK}{one.pk}.vcf").status_code == 403
    assert form not in client.get(BOOK).content.decode()


def test_each_taking_is_on_record_without_names(county: County, sign_in: SignIn) -> None:
    _person(county)
    client = sign_in("a", "clerk")
    for form in FORMS:
        _bytes(client, BOOK + form)
    entries = list(Entry.objects.filter(verb="organisation.book_taken"))
    assert len(entries) == len(FORMS)
    assert not any("欧阳" in entry.text or "13900000001" in entry.text for entry in entries)
