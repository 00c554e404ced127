"""Files that are not read at all: each is refused by name, with a way out."""

import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from struct import pack

import pytest
from openpyxl import Workbook
from openpyxl.drawing.image import Image
from PIL import Image as Picture

from ..book import LIMITS, Limits
from ..faults import Refused
from ..opening import open_workbook
from .making import SHELTERS, read, values, xlsx

SMALL = replace(LIMITS, file_bytes=2_000_000, columns=50, rows=1000, cells=5000, unpacked_bytes=30_000_000)


def refusal(path: Path, limits: Limits = SMALL) -> Refused:
    with pytest.raises(Refused) as caught:
        open_workbook(path, limits)
    return caught.value


def swap(path: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    """Changes one part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    parts[name] = change(parts.get(name, b""))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for one, data in parts.items():
            archive.writestr(one, data)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return xlsx(tmp_path / "a.xlsx", [["名称", "容纳人数"], ["广场", 5]])


def test_a_file_of_300_megabytes(tmp_path: Path) -> None:
    with (tmp_path / "a.xlsx").open("wb") as file:
        file.truncate(300 * 1024 * 1024)
    found = refusal(tmp_path / "a.xlsx", LIMITS)
    assert found.fault.code == "file.too_large"
    assert "300 MB" in found.fault.words("en")


@pytest.mark.parametrize("start", [b"x" * 24_000_000, b"<worksheet>" + b" " * 40_000_000])
def test_a_zip_bomb(path: Path, start: bytes) -> None:
    swap(path, "xl/worksheets/sheet1.xml", lambda _data: start)
    assert refusal(path).fault.code == "file.bomb"


def test_a_zip_whose_sizes_lie(path: Path) -> None:
    swap(path, "xl/worksheets/sheet1.xml", lambda _data: b"x" * 24_000_000)
    data = path.read_bytes()
    assert data.count(pack("<I", 24_000_000)) == 2
    path.write_bytes(data.replace(pack("<I", 24_000_000), pack("<I", 1000)))
    assert refusal(path).fault.code in ("file.damaged", "file.bomb")


def test_a_zip_of_thousands_of_parts(path: Path) -> None:
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(LIMITS.entries):
            archive.writestr(f"x/{number}", b"")
    assert refusal(path).fault.code == "file.bomb_entries"


def test_entities_that_multiply(path: Path) -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]>'
    swap(path, "xl/worksheets/sheet1.xml", lambda data: data.replace(b"<worksheet", bomb + b"<worksheet", 1))
    assert refusal(path).fault.code == "file.damaged"


def test_a_cell_in_column_16384(path: Path) -> None:
    cell = b'<c r="XFD2" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    swap(path, "xl/worksheets/sheet1.xml", lambda data: data.replace(b"</row></sheetData>", cell))
    found = refusal(path)
    assert (found.fault.code, found.fault.params["cell"]) == ("sheet.columns", "XFD2")


def test_a_cell_in_the_last_row(path: Path) -> None:
    row = b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'
    swap(path, "xl/worksheets/sheet1.xml", lambda data: data.replace(b"</sheetData>", row))
    found = refusal(path)
    assert (found.fault.code, found.fault.params["cell"]) == ("sheet.rows", "A1048576")


def test_a_million_rows_and_all_columns_that_are_declared_and_empty_harm_nobody(path: Path) -> None:
    empty = b"".join(b'<row r="%d"><c r="XFD%d" s="0"/></row>' % (row, row) for row in range(3, 60_000))

    def change(data: bytes) -> bytes:
        return data.replace(b"</sheetData>", empty + b"</sheetData>").replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"')

    swap(path, "xl/worksheets/sheet1.xml", change)
    assert [values(row) for row in read(path, SHELTERS).rows] == [{"name": "广场", "people": 5}]


def test_too_many_cells(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", [[1] * 40] * 200)
    assert refusal(path).fault.code == "sheet.cells"


def test_a_workbook_with_a_password(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(compound({"EncryptionInfo": b"\x04" * 5000, "EncryptedPackage": b"\x05" * 9000}))
    assert refusal(tmp_path / "a.xlsx").fault.code == "file.password"


def test_an_old_workbook_with_a_password(tmp_path: Path) -> None:
    stream = pack("<HHH", 0x809, 8, 0x600) + b"\0" * 6 + pack("<HH", 0x2F, 6) + b"\0" * 6 + pack("<HH", 0x0A, 0)
    (tmp_path / "a.xls").write_bytes(compound({"Workbook": stream + b"\0" * 5000}))
    assert refusal(tmp_path / "a.xls").fault.code == "file.password"


def test_a_word_document(tmp_path: Path) -> None:
    (tmp_path / "a.xls").write_bytes(compound({"WordDocument": b"\0" * 5000}))
    assert refusal(tmp_path / "a.xls").fault.code == "file.word"
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert refusal(tmp_path / "b.xlsx").fault.code == "file.word"


def test_a_sheet_that_is_a_picture(tmp_path: Path) -> None:
    Picture.new("RGB", (40, 40)).save(tmp_path / "a.png")
    book = Workbook()
    book.worksheets[0].add_image(Image(tmp_path / "a.png"))
    book.save(tmp_path / "a.xlsx")
    assert refusal(tmp_path / "a.xlsx").fault.code == "file.picture_only"
    assert refusal(tmp_path / "a.png").fault.code == "file.picture"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file.empty"),
        (b"%PDF-1.7", "file.pdf"),
        (b"Rar!\x1a\x07", "file.zip"),
        (b"PK\x03\x04nothing of the kind", "file.damaged"),
        (bytes(range(256)) * 20, "file.no_text"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "file.mhtml"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "file.xml"),
        (b"<html><body>404</body></html>", "file.no_table"),
        (b"\n\n\n", "file.nothing"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 600, "file.damaged"),
    ],
)
def test_what_is_no_workbook(tmp_path: Path, data: bytes, code: str) -> None:
    (tmp_path / "a.xls").write_bytes(data)
    assert refusal(tmp_path / "a.xls").fault.code == code


@pytest.mark.parametrize("kept", [0.3, 0.7, 0.98])
def test_a_file_cut_short(path: Path, kept: float) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * kept)])
    assert refusal(path).fault.code == "file.damaged"


def test_a_damaged_part(path: Path) -> None:
    swap(path, "xl/worksheets/sheet1.xml", lambda data: data[:-20])
    assert refusal(path).fault.code == "file.damaged"


@pytest.mark.parametrize(
    ("name", "code"), [("content.xml", "file.ods"), ("a.xlsx", "file.zip"), ("xl/workbook.bin", "file.xlsb")]
)
def test_other_zips(tmp_path: Path, name: str, code: str) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr(name, "x")
    assert refusal(tmp_path / "a.xlsx").fault.code == code


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file ([MS-CFB]) of streams of at least 4096 bytes."""
    free, last, fat_sign = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    chains, body, entries = [fat_sign, last], b"", [_entry("Root Entry", 5, last, 0, child=1)]
    for number, (name, data) in enumerate(streams.items(), 1):
        first, sectors = len(chains), -(-len(data) // 512)
        chains += [*range(first + 1, first + sectors), last]
        body += data.ljust(sectors * 512, b"\0")
        entries.append(_entry(name, 2, first, len(data), right=number + 1 if number < len(streams) else free))
    directory = b"".join(entries).ljust(512, b"\0")
    fat = pack(f"<{len(chains)}I", *chains).ljust(512, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    head += pack("<IIIIIIIII", 0, 1, 1, 0, 4096, last, 0, last, 0)
    head += pack("<109I", 0, *[free] * 108)
    return head + fat + directory + body


def _entry(name: str, kind: int, start: int, size: int, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    links = pack("<III", 0xFFFFFFFF, right, child)
    return text.ljust(64, b"\0") + pack("<HBB", len(text), kind, 1) + links + b"\0" * 36 + pack("<IQ", start, size)
