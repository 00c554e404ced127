"""What files are taken, which are refused and with which way out: by what they are, whatever they are called."""

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from fenghuo.kernel.access.errors import Invalid
from fenghuo.kernel.documents import store
from fenghuo.kernel.documents.refusals import WORDS
from fenghuo.kernel.documents.services import Staged, TooLarge, stage

from . import papers
from .test_photos import photo


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "attachments"


def taken(content: bytes, name: str = "预案.pdf") -> Staged:
    return stage([content], name)


def zipped(name: str) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, b"x")
    return made.getvalue()


REFUSED = {
    "empty": (b"", "预案.pdf"),
    "program": (b"MZ" + bytes(300), "预案.pdf"),
    "archive": (zipped("预案.docx"), "预案.zip"),
    "unknown": (bytes(range(256)), "预案.pdf"),
    "pdf_encrypted": (papers.sealed_pdf(), "预案.pdf"),
    "pdf_broken": (b"%PDF-1.7 " + bytes(500), "预案.pdf"),
    "pdf_signed_active": (papers.pdf(change=papers.with_signature), "预案.pdf"),
    "macros": (papers.macro_word(), "预案.docx"),
    "bomb": (papers.bomb_word(), "预案.docx"),
    "office_broken": (papers.word()[:-200], "预案.docx"),
    "fetches": (papers.fetching_word("https://example.cn/x.dotm"), "预案.docx"),
    "ole_unknown": (papers.ole({"Something": b"x"}), "预案.doc"),
    "ole_broken": (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "预案.doc"),
}
MORE = {
    "archive": [(b"Rar!\x1a\x07\x01\x00" + bytes(100), "a.rar"), (b"7z\xbc\xaf\x27\x1c" + bytes(100), "a.7z")],
    "macros": [
        (papers.old_word(macros=True), "预案.doc"),
        (papers.old_sheet(macros=True), "清单.et"),
        (papers.old_slides(macros=True), "a.ppt"),
        (papers.with_part(papers.sheet(), "xl/macrosheets/sheet1.xml", b"<x/>"), "a.xlsx"),
    ],
    "office_encrypted": [
        (papers.ole({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}), "预案.docx"),
        (papers.old_word(sealed=True), "预案.wps"),
        (papers.old_sheet(sealed=True), "清单.xls"),
        (papers.old_slides(sealed=True), "a.dps"),
    ],
    "fetches": [(papers.fetching_word("\\\\10.0.0.8\\x\\a.dotm"), "预案.docx")],
    "program": [(b"MZ" + bytes(300), "预案.docx")],
}
CASES = [(code, *one) for code, one in REFUSED.items()] + [(code, *one) for code, all_ in MORE.items() for one in all_]


@pytest.mark.parametrize(("code", "content", "name"), CASES, ids=[f"{code}-{name}" for code, _c, name in CASES])
def test_refused_with_a_way_out_and_nothing_is_left(code: str, content: bytes, name: str) -> None:
    with pytest.raises(Invalid) as refused:
        taken(content, name)
    (fault,) = refused.value.faults
    assert (fault.message, fault.given) == (str(WORDS[code]), name)
    assert [path for path in store.folder().rglob("*") if path.is_file()] == []


TAKEN = [
    (papers.pdf(), "预案.pdf", "application/pdf"),
    (papers.word(), "预案.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (papers.sheet(), "清单.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (papers.fetching_word("file:///C:/Users/a/Normal.dotm"), "a.docx", ""),
    (papers.old_word(), "预案.wps", "application/msword"),
    (papers.old_sheet(), "清单.et", "application/vnd.ms-excel"),
    (papers.old_slides(), "培训.dps", "application/vnd.ms-powerpoint"),
    (papers.ofd(), "红头文件.ofd", "application/ofd"),
    (photo(), "IMG_1.jpg", "image/jpeg"),
]


@pytest.mark.parametrize(("content", "name", "kind"), TAKEN, ids=[name for _c, name, _k in TAKEN])
def test_taken_as_what_it_is(content: bytes, name: str, kind: str) -> None:
    made = taken(content, name)
    assert made.name == name
    if kind:
        assert made.content.kind == kind
    assert store.path_of(made.content.digest).is_file()


def test_a_pdf_of_pictures_is_marked_and_one_with_text_is_not() -> None:
    pictures, text = taken(papers.pictures_pdf(3)), taken(papers.pdf(pages=2))
    assert (pictures.content.pages, pictures.content.pictures_only) == (3, True)
    assert (text.content.pages, text.content.pictures_only) == (2, False)
    assert pictures.preview is not None
    assert store.path_of(pictures.preview.digest).read_bytes()[:2] == b"\xff\xd8"


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (papers.with_script, "script"),
        (papers.with_named_script, "script"),
        (papers.with_launch, "launch"),
        (papers.with_file_inside, "embedded"),
    ],
)
def test_what_runs_in_a_pdf_is_taken_out_of_the_kept_copy(change: object, what: str) -> None:
    before = papers.pdf("plan", 2, change=change)
    made = taken(before)
    assert made.taken_out == what
    after = store.path_of(made.content.digest).read_bytes()
    with pikepdf.open(BytesIO(after)) as document:
        said = b"".join(repr(one).encode() for one in document.objects)
        assert len(document.pages) == 2
        assert not document.attachments
    for trace in (b"app.alert", b"cmd.exe", b"/JavaScript", b"/Launch"):
        assert trace not in said
    assert taken(after).taken_out == ""
    assert taken(before).content.digest == made.content.digest


@pytest.mark.parametrize(
    ("content", "name", "kept"),
    [
        (photo(), "预案.pdf", "预案.jpg"),
        (papers.pdf(), "预案.docx", "预案.pdf"),
        (papers.pdf(), "预案", "预案"),
        (papers.pdf(), "1.总体预案", "1.总体预案.pdf"),
        (papers.word(), "预案.doc", "预案.docx"),
        (b"<html><body>plan", "预案.doc", "预案.txt"),
        (papers.pdf(), f"../../{'长' * 120}.pdf", f"{'长' * 120}.pdf"),
        (papers.pdf(), "预\u202e案fdp.exe", "预案fdp.pdf"),
    ],
)
def test_a_name_that_lies_gets_the_right_ending(content: bytes, name: str, kept: str) -> None:
    assert taken(content, name).name == kept


def test_each_kind_has_its_limit() -> None:
    with pytest.raises(TooLarge):
        taken(b"a" * (21 * 1024 * 1024), "记录.txt")


def test_a_file_that_ends_its_reader_ends_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a file would that makes pdfium or qpdf crash: the process that looks is killed, ours says so."""
    monkeypatch.setattr("fenghuo.kernel.documents.confined.sys.executable", "/bin/false")
    with pytest.raises(Invalid) as refused:
        taken(papers.pdf())
    assert refused.value.faults[0].message == str(WORDS["unreadable"])
