"""What a file is, is told by its content."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from fenghuo.kernel.documents.kinds import UNKNOWN, kind_of


def picture(form: str) -> bytes:
    made = BytesIO()
    Image.new("RGB", (4, 4)).save(made, form)
    return made.getvalue()


def zipped(name: str, content: bytes = b"x") -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (picture("JPEG"), "文件.exe", "image/jpeg"),
        (picture("PNG"), "a.jpg", "image/png"),
        (picture("WEBP"), "a", "image/webp"),
        (picture("PDF"), "a.docx", "application/pdf"),
        (zipped("OFD.xml"), "通知.ofd", "application/ofd"),
        (zipped("a.txt"), "a.ofd", "application/zip"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "旧表.xls", "application/vnd.ms-excel"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "a.bin", "application/x-ole-storage"),
        ("甘河水位上涨".encode(), "a.txt", "text/plain; charset=utf-8"),
        ("甘河水位上涨".encode("gb18030"), "a.txt", "text/plain; charset=gb18030"),
        (("甘" * 5000).encode(), "a.txt", "text/plain; charset=utf-8"),
        (b"<html><script>alert(1)</script>", "a.html", "text/plain; charset=utf-8"),
        (b"MZ" + bytes(300), "照片.jpg", "application/x-msdownload"),
        (b"\x7fELF" + bytes(300), "a", "application/x-executable"),
        (bytes(range(256)), "a.jpg", UNKNOWN),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(50), "a", "image/heic"),
        (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(50), "a", "video/mp4"),
    ],
)
def test_the_kind_is_told_by_content(tmp_path: Path, content: bytes, name: str, kind: str) -> None:
    path = tmp_path / "x"
    path.write_bytes(content)
    assert kind_of(path, name) == kind
