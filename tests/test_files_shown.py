"""A file's page: its pages, its words, its picture, to whom the record is visible; nothing of it can run."""

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from fenghuo.kernel.documents import store
from fenghuo.kernel.documents.models import Attachment
from fenghuo.kernel.documents.services import bring_file
from fenghuo.kernel.documents.tests.papers import ofd, old_word, pdf, sheet, word
from fenghuo.kernel.documents.tests.test_photos import photo
from tests.county import County

SignIn = Callable[..., Client]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "attachments"


def brought(county: County, content: bytes, name: str) -> Attachment:
    return bring_file(county.units["a"].record, [content], name, by=county.actor("a", "clerk"), note="修订稿")


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_pages_of_a_pdf_are_drawn_five_at_a_time_and_once(
    county: County, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = brought(county, pdf("Flood plan", 7), "预案.pdf")
    client = sign_in("a", "observer")
    page = client.get(f"/files/{made.pk}/").content.decode()
    assert all(f"/files/{made.pk}/pages/{number}.webp" in page for number in range(1, 6))
    assert f"/files/{made.pk}/pages/6.webp" not in page
    assert "?page=6" in page
    answer = client.get(f"/files/{made.pk}/pages/1.webp")
    with Image.open(BytesIO(body(answer))) as drawn:
        assert (drawn.format, drawn.size) == ("WEBP", (1400, 1982))
        assert drawn.convert("L").histogram()[0] > 0  # the words are there, in black
    assert "sandbox" in answer["Content-Security-Policy"]
    monkeypatch.setattr("fenghuo.kernel.documents.confined.sys.executable", "/bin/false")
    assert client.get(f"/files/{made.pk}/pages/5.webp").status_code == 200
    assert client.get(f"/files/{made.pk}/pages/6.webp").status_code == 404  # cannot be drawn now
    for number in (0, 8, 99999):
        assert client.get(f"/files/{made.pk}/pages/{number}.webp").status_code == 404
    for asked in ("0", "8", "x", "9999999999"):
        assert client.get(f"/files/{made.pk}/?page={asked}").status_code in (200, 404)


def test_words_of_a_document_are_text_whatever_they_say(county: County, sign_in: SignIn) -> None:
    made = brought(county, word("一、<script>alert(1)</script>", heading="总则"), "预案.docx")
    page = sign_in("a", "clerk").get(f"/files/{made.pk}/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    assert "总则</h2>" in page
    assert "<td>&lt;b&gt;镇长&lt;/b&gt;</td>" in page
    assert json.loads((store.previews_of(made.content_id) / "words.json").read_bytes())[0] == ["h", 1, "总则"]


def test_a_workbook_shows_its_cells_and_a_text_its_lines(county: County, sign_in: SignIn) -> None:
    client = sign_in("a", "clerk")
    page = client.get(f"/files/{brought(county, sheet(), '清单.xlsx').pk}/").content.decode()
    assert "<td>编织袋</td><td>5000</td>" in page
    made = brought(county, "第一行\n<b>第二行</b>".encode("gb18030"), "说明.txt")
    assert "第一行\n&lt;b&gt;第二行" in client.get(f"/files/{made.pk}/").content.decode()


@pytest.mark.parametrize(("content", "name"), [(ofd(), "红头.ofd"), (old_word(), "旧预案.wps")])
def test_what_cannot_be_shown_can_be_saved(county: County, sign_in: SignIn, content: bytes, name: str) -> None:
    made, client = brought(county, content, name), sign_in("a", "clerk")
    page = client.get(f"/files/{made.pk}/").content.decode()
    assert "not shown here" in page
    answer = client.get(f"/files/{made.pk}/{name}?save")
    assert answer["Content-Disposition"].startswith("attachment")
    assert body(answer) == content


def test_a_photo_is_shown_at_the_size_of_a_screen(county: County, sign_in: SignIn) -> None:
    made = brought(county, photo(), "现场.jpg")
    client = sign_in("a", "clerk")
    assert f"/files/{made.pk}/screen.jpg" in client.get(f"/files/{made.pk}/").content.decode()
    with Image.open(BytesIO(body(client.get(f"/files/{made.pk}/screen.jpg")))) as shown:
        assert not shown.getexif()


def test_only_to_whom_the_record_is_visible(county: County, sign_in: SignIn) -> None:
    made = brought(county, pdf("plan", 2), "预案.pdf")
    inside, outside = sign_in("emo", "clerk"), sign_in("b", "clerk")
    for way in ("", "pages/1.webp", "preview.jpg", "预案.pdf"):
        assert inside.get(f"/files/{made.pk}/{way}").status_code == 200
        assert outside.get(f"/files/{made.pk}/{way}").status_code == 404
        assert Client().get(f"/files/{made.pk}/{way}").status_code == 302
    inside.get(f"/files/{made.pk}/")
    Attachment.objects.update(removed_at=made.added_at)
    assert inside.get(f"/files/{made.pk}/pages/1.webp").status_code == 404


def test_the_list_names_who_and_what_and_how_large(county: County, sign_in: SignIn) -> None:
    brought(county, pdf("plan", 2), "预案.pdf")
    page = sign_in("a", "clerk").get("/units/610118007000/").content.decode()
    for said in ("预案.pdf", "修订稿", "2 pages", "草堂街道办事处"):
        assert said in page


def test_as_many_queries_for_twenty_files_as_for_one(
    county: County, sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    address, client = f"/files/of/{county.units['a'].pk}/", sign_in("a", "clerk")
    for number in range(20):
        brought(county, f"text {number}".encode(), f"{number}.txt")
    with django_assert_max_num_queries(28):
        assert client.get(address).content.decode().count("修订稿") == 20
