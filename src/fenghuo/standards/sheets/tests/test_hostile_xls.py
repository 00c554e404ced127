"""Old workbooks made to harm: each is read or refused soon, with little memory (docs/decisions/0017-xls-reader.md)."""

from pathlib import Path
from random import Random
from struct import pack

import pytest

from ..faults import Refused
from ..opening import open_workbook
from .making import xls
from .test_refusals import SMALL, _entry, compound, refusal

FREE, LAST, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
END = pack("<HH", 0x0A, 0)
LINK = bytes.fromhex("d0c9ea79f9bace118c8200aa004ba90b")


def record(kind: int, body: bytes) -> bytes:
    return pack("<HH", kind, len(body)) + body


def begin(kind: int) -> bytes:
    return record(0x809, pack("<HHHHII", 0x600, kind, 0x1FAA, 1997, 0, 0))


def filled(row: int, column: int) -> bytes:
    return record(0x203, pack("<HHHd", row, column, 0, 5.0))


def stream(sheet: bytes, *, more: bytes = b"", times: int = 1) -> bytes:
    """A workbook of one sheet, which it names as often as wanted. `more`: records of the whole workbook."""
    size = len(record(0x85, pack("<IBBBB", 0, 0, 0, 1, 0) + b"a")) * times
    start = len(begin(5) + more) + size + len(END)
    bound = record(0x85, pack("<IBBBB", start, 0, 0, 1, 0) + b"a")
    return begin(5) + more + bound * times + END + begin(0x10) + sheet + END


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.xls"


def test_small_sectors_in_a_ring(path: Path) -> None:
    data = stream(filled(0, 0))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    head += pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 2, 1, LAST, 0) + pack("<109I", 0, *[FREE] * 108)
    fat = pack("<128I", FAT, LAST, LAST, LAST, *[FREE] * 124)
    entries = _entry("Root Entry", 5, 3, 512, child=1) + _entry("Workbook", 2, 0, len(data))
    ring = pack("<128I", 1, 0, *[FREE] * 126)
    path.write_bytes(head + fat + entries.ljust(512, b"\0") + ring + data.ljust(512, b"\0"))
    assert refusal(path).fault.code == "file.damaged"


def test_a_text_whose_size_leads_back(path: Path) -> None:
    texts = record(0xFC, pack("<II", 1, 0x7FFFFFFF) + pack("<HBi", 1, 4, -8) + b"x")
    cell = record(0xFD, pack("<HHHI", 0, 0, 0, 0))
    path.write_bytes(compound({"Workbook": stream(cell, more=texts).ljust(4096, b"\0")}))
    assert refusal(path).fault.code == "file.damaged"


def test_links_for_the_whole_sheet(path: Path) -> None:
    link = pack("<HHHH", 0, 65535, 0, 255) + LINK + pack("<III", 2, 8, 2) + "a\0".encode("utf-16-le")
    path.write_bytes(compound({"Workbook": stream(filled(0, 0) + record(0x1B8, link) * 100).ljust(4096, b"\0")}))
    assert open_workbook(path).sheets[0].rows == [[5]]


def test_five_hundred_sheets_that_are_one(path: Path) -> None:
    sheet = filled(0, 0) + record(0xFFF, b"") * 12_000
    path.write_bytes(compound({"Workbook": stream(sheet, times=500)}))
    assert refusal(path).fault.code == "file.damaged"


def test_one_cell_at_the_end_of_each_row(path: Path) -> None:
    sheet = b"".join(filled(row, 49) for row in range(1000))
    path.write_bytes(compound({"Workbook": stream(sheet)}))
    assert len(open_workbook(path, SMALL).sheets[0].rows) == 1000
    two = stream(sheet, times=2)
    path.write_bytes(compound({"Workbook": two}))
    found = refusal(path)
    assert (found.fault.code, found.fault.params["cell"]) == ("sheet.cells", "AX1")


@pytest.mark.parametrize("seed", range(8))
def test_bits_turned_and_ends_cut_off(path: Path, seed: int) -> None:
    xls(
        path,
        [["名称", "容纳人数"], *(["广场" * place, place * 1.5] for place in range(1, 60))],
        merged=[(58, 59, 0, 1)],
    )
    whole, dice = path.read_bytes(), Random(seed)
    read = refused = 0
    for turn in range(60):
        data = bytearray(whole)
        if turn % 3 == 0:
            data = data[: dice.randrange(512, len(data))]
        for _bit in range(dice.choice((1, 3, 20))):
            data[dice.randrange(1024 if turn % 3 == 1 else len(data))] ^= 1 << dice.randrange(8)
        path.write_bytes(data)
        try:
            open_workbook(path)
            read += 1
        except Refused:
            refused += 1
    assert read + refused == 60
    assert min(read, refused) > 0
