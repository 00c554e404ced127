"""Lists as text: commas, tabs or semicolons; UTF-8, UTF-16 or GB 18030 (which holds GBK and GB 2312)."""

import csv
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from io import StringIO
from pathlib import Path

from .book import Book, Limits, Raw, Sheet
from .faults import Refused
from .places import Place

DELIMITERS = ",\t;|，"
SAMPLE = 60  # lines by which the delimiter is found
FORCED = re.compile(r'="(.*)"', re.DOTALL)  # ="0123": how Excel is made to keep a text


def decoded(data: bytes) -> str:
    """Raises: Refused when it is no text in a known encoding."""
    if data.startswith(BOM_UTF8):
        encodings = ["utf-8-sig"]
    elif data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Refused("file.no_text")


def read_csv(path: Path, limits: Limits) -> Book:
    """Raises: Refused (file.no_text, sheet.rows, sheet.columns …)."""
    text = decoded(path.read_bytes())
    delimiter, text = _delimiter(text)
    rows: list[list[Raw]] = []
    cells = 0
    try:
        for found in csv.reader(StringIO(text, newline=""), delimiter=delimiter):
            row: list[Raw] = [_value(cell) for cell in found]
            while row and row[-1] is None:
                row.pop()
            rows.append(row)
            cells += len(row)
            _check(rows, row, cells, path.stem, limits)
    except csv.Error as error:
        raise Refused("file.no_text") from error
    while rows and not rows[-1]:
        rows.pop()
    return Book(path, "csv", [Sheet(path.stem, rows)])


def _check(rows: list[list[Raw]], row: list[Raw], cells: int, name: str, limits: Limits) -> None:
    address = Place(name, len(rows), max(len(row), 1)).address
    if len(row) > limits.columns:
        raise Refused("sheet.columns", sheet=name, cell=address, most=str(limits.columns))
    if row and len(rows) > limits.rows:
        raise Refused("sheet.rows", sheet=name, cell=address, most=str(limits.rows))
    if cells > limits.cells:
        raise Refused("sheet.cells", sheet=name, cell=address, most=str(limits.cells))
    if any(isinstance(one, str) and len(one) > limits.text for one in row):
        raise Refused("sheet.long_text", sheet=name, cell=address, most=str(limits.text))


def _value(cell: str) -> Raw:
    if match := FORCED.fullmatch(cell):
        return match[1].replace('""', '"') or None
    return cell if cell.strip() else None


def _delimiter(text: str) -> tuple[str, str]:
    """The sign that parts most lines into equally many cells, and the text behind a line `sep=;`."""
    if match := re.match(r"\s*sep=(.)\r?\n", text):
        return match[1], text[match.end() :]
    lines = text.splitlines(keepends=True)[:SAMPLE]
    best, most = ",", (0, 0)
    for sign in DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=sign) if len(row) > 1]
        except csv.Error:
            continue
        if widths:
            usual = max(set(widths), key=widths.count)
            score = (widths.count(usual), usual)
            if score > most:
                best, most = sign, score
    return best, text
