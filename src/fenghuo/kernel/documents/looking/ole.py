"""Old Office and WPS documents (OLE2): macros, passwords, and what they really are.

Sources: [MS-DOC] 2.5.1 (FibBase.fEncrypted), [MS-XLS] 2.4.28 (BoundSheet8), 2.4.117 (FilePass),
[MS-PPT] 2.3.2 (CurrentUserAtom), 2.4.10 (VBAInfoContainer), [MS-OFFCRYPTO] 2.3.4.4 (EncryptedPackage).
"""

import re
from pathlib import Path

import olefile

from .answers import Found

KINDS = {
    "worddocument": "doc",
    "workbook": "xls",
    "book": "xls",
    "powerpoint document": "ppt",
    "encryptedpackage": "sealed",
}
MACRO_STORAGE = re.compile(r"(?:^|/)(?:macros|vba|_vba_project|_vba_project_cur)(?:/|$)")
FILEPASS, BOUNDSHEET, EOF = 0x2F, 0x85, 0x0A
PPT_SEALED = bytes.fromhex("dfc4d1f3")
# VBAInfoContainer with its VBAInfoAtom; four bytes of persistIdRef, then fHasMacros.
PPT_MACROS = re.compile(
    bytes.fromhex("1f00ff0314000000") + bytes.fromhex("020000040c000000") + rb".{4}(.{4})", re.DOTALL
)
MOST = 64 * 1024 * 1024  # bytes of a stream that are looked at


def check(path: Path) -> Found:
    try:
        with olefile.OleFileIO(path) as ole:
            fault = _fault(ole)
    except (OSError, ValueError, IndexError, TypeError, AttributeError, RecursionError, MemoryError):
        fault = "ole_broken"
    return {"fault": fault} if fault else {}


def _fault(ole: olefile.OleFileIO) -> str:
    names = ["/".join(parts).lower() for parts in ole.listdir(streams=True, storages=True)]
    kind = next((KINDS[name] for name in names if name in KINDS), "")
    if kind == "sealed":
        return "office_encrypted"
    if not kind:
        return "ole_unknown"
    if any(MACRO_STORAGE.search(name) for name in names):
        return "macros"
    return {"doc": _doc, "xls": _xls, "ppt": _ppt}[kind](ole)


def _doc(ole: olefile.OleFileIO) -> str:
    head = ole.openstream("WordDocument").read(12)
    if len(head) < 12:
        return "ole_broken"
    return "office_encrypted" if head[11] & 1 else ""


def _xls(ole: olefile.OleFileIO) -> str:
    """The records of the globals: a password, or a sheet of macros of the old kind."""
    book = ole.openstream("Workbook" if ole.exists("Workbook") else "Book").read(MOST)
    at = 0
    while at + 4 <= len(book):
        kind, size = int.from_bytes(book[at : at + 2], "little"), int.from_bytes(book[at + 2 : at + 4], "little")
        if kind == FILEPASS:
            return "office_encrypted"
        if kind == BOUNDSHEET and size > 5 and book[at + 9] in (1, 6):
            return "macros"
        if kind == EOF:
            return ""
        at += 4 + size
    return "" if at == len(book) else "ole_broken"


def _ppt(ole: olefile.OleFileIO) -> str:
    if ole.exists("Current User") and ole.openstream("Current User").read(16)[12:16] == PPT_SEALED:
        return "office_encrypted"
    for found in PPT_MACROS.finditer(ole.openstream("PowerPoint Document").read(MOST)):
        if found[1] != bytes(4):
            return "macros"
    return ""
