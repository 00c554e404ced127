"""Workbooks of Excel 97–2003 and WPS's .et: the stream of records inside a compound file."""

from pathlib import Path

from .biff import read_biff
from .book import Book, Limits
from .faults import Refused
from .ole import CompoundFile


def read_xls(path: Path, limits: Limits) -> Book:
    """Raises: Refused."""
    compound = CompoundFile(path)
    names = compound.streams
    if "EncryptedPackage" in names or "EncryptionInfo" in names:
        raise Refused("file.password")
    if "Workbook" not in names:
        if "Book" in names:
            raise Refused("file.too_old")
        raise Refused("file.word" if "WordDocument" in names else "file.no_workbook")
    sheets = read_biff(compound.read("Workbook"), limits)
    macros = ("lost.macros",) if "_VBA_PROJECT_CUR" in names else ()
    return Book(path, "xls", sheets, ("lost.old_layout", *macros))
