"""Which kind of file it really is, by what is in it and not by its name."""

import re
from pathlib import Path

from .book import LIMITS, Book, Limits
from .csvs import read_csv
from .faults import Refused
from .html import read_html
from .ole import SIGNATURE
from .xls import read_xls
from .xlsx import read_xlsx

MB = 1024 * 1024
# The first bytes of what is sent by mistake.
OTHERS = (
    (b"%PDF", "file.pdf"),
    (b"\x89PNG", "file.picture"),
    (b"\xff\xd8\xff", "file.picture"),
    (b"GIF8", "file.picture"),
    (b"Rar!", "file.zip"),
    (b"7z\xbc\xaf", "file.zip"),
    (b"\x1f\x8b", "file.zip"),
    (b"\x09\x00\x04\x00", "file.too_old"),
    (b"\x09\x02\x06\x00", "file.too_old"),
    (b"\x09\x04\x06\x00", "file.too_old"),
    (b"{\\rtf", "file.word"),
)
PAGE = re.compile(r"<(?:!doctype\s+html|html|head|table|meta|style|body|tr|td|div)\b", re.IGNORECASE)
SHEET_XML = "urn:schemas-microsoft-com:office:spreadsheet"


def open_workbook(path: Path, limits: Limits = LIMITS) -> Book:
    """All cells of .xlsx, .xlsm, .xls (.et), .csv or text with tabs, and of tables saved as web pages.

    Raises: Refused with the reason and the way out: too large, a bomb, a password, pictures alone, damaged, no list.
    """
    size = path.stat().st_size
    if size > limits.file_bytes:
        raise Refused("file.too_large", size=str(-(-size // MB)), most=str(limits.file_bytes // MB))
    if size == 0:
        raise Refused("file.empty")
    with path.open("rb") as file:
        head = file.read(8192)
    book = _read(path, head, limits)
    if not any(sheet.rows for sheet in book.sheets):
        raise Refused("file.picture_only" if any(sheet.pictures for sheet in book.sheets) else "file.nothing")
    return book


def _read(path: Path, head: bytes, limits: Limits) -> Book:
    if head.startswith(b"PK"):
        return read_xlsx(path, limits)
    if head.startswith(SIGNATURE):
        return read_xls(path, limits)
    for start, code in OTHERS:
        if head.startswith(start):
            raise Refused(code)
    text = head.decode("utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "latin-1", "replace")
    begin = text.lstrip("\ufeff\xef\xbb\xbf \t\r\n")[:2000]
    if begin.lower().startswith("mime-version") or "boundary=" in begin[:500]:
        raise Refused("file.mhtml")
    if SHEET_XML in text and "<html" not in text.lower():
        raise Refused("file.xml")
    if begin.startswith("<") and PAGE.search(begin):
        return read_html(path, limits)
    return read_csv(path, limits)
