"""Workbooks of Excel and WPS (.xlsx, .xlsm), read part by part with expat.

Not by calamine: it gives "" for #N/A and for formulas nobody has computed, turns a text formula of digits into a
number and knows no hidden rows. Here each of these is told apart.
"""

import posixpath
from collections.abc import Callable, Iterable
from pathlib import Path
from xml.parsers.expat import ExpatError, ParserCreate, XMLParserType
from zipfile import ZipFile

from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH
from openpyxl.xml.functions import fromstring

from .book import Book, Limits, Sheet
from .faults import Refused
from .number_formats import PLAIN, NumberFormat, number_format
from .xlsx_sheet import SheetReader, Style, unescape
from .zips import not_kept, open_zip, pieces

PART = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
STRICT_PART = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


def read_xlsx(path: Path, limits: Limits) -> Book:
    """Raises: Refused."""
    with open_zip(path, limits) as archive:
        names = set(archive.namelist())
        main = _main_part(archive, names)
        try:
            return _read(archive, names, main, path, limits)
        except (ExpatError, KeyError, IndexError, ValueError, SyntaxError) as error:
            raise Refused("file.damaged") from error


def _read(archive: ZipFile, names: set[str], main: str, path: Path, limits: Limits) -> Book:
    tree = fromstring(_small(archive, main))
    parts = _relations(archive, names, main)
    dates = next((one for one in tree if one.tag.endswith("}workbookPr")), None)
    epoch = MAC_EPOCH if dates is not None and dates.get("date1904") in ("1", "true") else WINDOWS_EPOCH
    texts = _texts(archive, names, parts)
    styles = _styles(archive, names, parts)
    sheets: list[Sheet] = []
    left = limits.cells
    for one in (one for one in tree.iter() if one.tag.endswith("}sheet")):
        kind, target = parts.get(one.get(PART) or one.get(STRICT_PART) or "", ("", ""))
        if kind != "worksheet" or target not in names:
            continue
        reader = SheetReader(one.get("name") or "", texts, styles, epoch, limits, left)
        parse(archive, target, reader.register)
        sheet = reader.sheet(hidden=one.get("state", "visible") != "visible")
        left -= reader.cells
        sheets.append(sheet)
    lost = not_kept(archive)
    macros = any(name.startswith("xl/vbaProject") for name in names)
    return Book(path, "xlsm" if macros else "xlsx", sheets, lost)


def parse(archive: ZipFile, name: str, register: Callable[[XMLParserType], None]) -> None:
    """Runs one part through expat. Raises: Refused for a part that defines its own entities; ExpatError."""
    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    register(parser)
    for piece in pieces(archive, name):
        parser.Parse(piece, False)
    parser.Parse(b"", True)


def _refuse_doctype(*_words: object) -> None:
    raise Refused("file.damaged")


def _small(archive: ZipFile, name: str) -> bytes:
    data = archive.read(name)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise Refused("file.damaged")
    return data


def _main_part(archive: ZipFile, names: set[str]) -> str:
    """The workbook's part. Raises: Refused when the zip is something else."""
    try:
        found = [target for kind, target in _relations(archive, names, "").values() if kind == "officeDocument"]
    except SyntaxError as error:
        raise Refused("file.damaged") from error
    main = next((name for name in found if name in names), "xl/workbook.xml")
    if main.endswith(".bin") or "xl/workbook.bin" in names:
        raise Refused("file.xlsb")
    if main not in names:
        raise Refused(_what_else(names))
    if not main.startswith("xl/"):
        raise Refused("file.word" if main.startswith("word/") else "file.no_workbook")
    return main


def _what_else(names: set[str]) -> str:
    if any(name.startswith("word/") for name in names):
        return "file.word"
    if "content.xml" in names:
        return "file.ods"
    return "file.zip" if any(name.lower().endswith((".xlsx", ".xls", ".csv")) for name in names) else "file.no_workbook"


def _relations(archive: ZipFile, names: set[str], part: str) -> dict[str, tuple[str, str]]:
    """id → (the last word of its type, name of the part)."""
    folder, name = posixpath.split(part)
    where = posixpath.join(folder, "_rels", f"{name}.rels")
    if where not in names:
        return {}
    found = {}
    for one in fromstring(_small(archive, where)):
        target = one.get("Target") or ""
        whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[one.get("Id") or ""] = ((one.get("Type") or "").rpartition("/")[2], whole)
    return found


def _part(parts: dict[str, tuple[str, str]], kind: str, names: set[str]) -> str | None:
    return next((target for one, target in parts.values() if one == kind and target in names), None)


def _texts(archive: ZipFile, names: set[str], parts: dict[str, tuple[str, str]]) -> list[str]:
    """The shared strings, rich text joined, without the readings (rPh) of East Asian names."""
    name = _part(parts, "sharedStrings", names)
    if name is None:
        return []
    found: list[str] = []
    words: list[str] = []
    state = {"t": False, "reading": False}

    def start(tag: str, _attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "t":
            state["t"] = not state["reading"]
        elif tag == "rPh":
            state["reading"] = True

    def end(tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "t":
            state["t"] = False
        elif tag == "rPh":
            state["reading"] = False
        elif tag == "si":
            found.append(unescape("".join(words)))
            words.clear()

    def data(text: str) -> None:
        if state["t"]:
            words.append(text)

    def register(parser: XMLParserType) -> None:
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = data

    parse(archive, name, register)
    return found


def _styles(archive: ZipFile, names: set[str], parts: dict[str, tuple[str, str]]) -> list[Style]:
    name = _part(parts, "styles", names)
    if name is None:
        return []
    tree = fromstring(_small(archive, name))
    codes = {
        int(one.get("numFmtId", "0")): one.get("formatCode", "") for one in tree.iter() if one.tag.endswith("}numFmt")
    }
    known: dict[int, NumberFormat] = {}
    styles: list[Style] = []
    formats = next((one for one in tree if one.tag.endswith("}cellXfs")), None)
    xfs: Iterable[object] = () if formats is None else formats
    for xf in xfs:
        number = int(xf.get("numFmtId") or 0)  # type: ignore[attr-defined]
        if number not in known:
            known[number] = number_format(number, codes.get(number))
        quoted = xf.get("quotePrefix") in ("1", "true")  # type: ignore[attr-defined]
        styles.append(Style(known.get(number, PLAIN), quoted))
    return styles
