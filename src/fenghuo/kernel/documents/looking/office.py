"""Documents that are zips (OOXML, ODF, OFD): macros, templates from elsewhere, and zips that unpack without end."""

import re
import zipfile
from pathlib import Path

from .answers import Found
from .limits import ZIP

MACROS = re.compile(r"(?:^|/)(?:vbaProject\.bin|vbaData\.xml|macrosheets/[^/]+\.xml|Basic/.+)$", re.IGNORECASE)
MACRO_TYPE = re.compile(rb"macroEnabled|vnd\.ms-office\.vbaProject|vnd\.ms-excel\.(?:intl)?macrosheet", re.IGNORECASE)
RELATIONS = re.compile(r"(?:^|/)_rels/[^/]+\.rels$")
# A template or frame that is fetched when the document is opened; Normal.dotm on somebody's own disk is usual.
ELSEWHERE = re.compile(rb"<Relationship\b[^>]*>", re.DOTALL)
FETCHED = re.compile(rb"attachedTemplate|/oleObject|/frame|/subDocument")
OUTSIDE = re.compile(rb"Target\s*=\s*[\"'](?:https?:|ftp:|file://[^/]|\\\\|//|mhtml:|script:)", re.IGNORECASE)
READ = 4 * 1024 * 1024  # bytes of a part that is read as text


# The first that is there says what the whole is.
KNOWN_BY = (
    *("OFD.xml", "word/document.xml", "xl/workbook.xml", "ppt/presentation.xml", "xl/workbook.bin"),
    "[Content_Types].xml",
)
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."


def known_by(path: Path) -> str:
    """The part by which the zip is known, or the kind that it names itself; "" for any other."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if found := next((name for name in KNOWN_BY if name in names), ""):
                return found
            kind = _part(archive, "mimetype")[:100].decode("ascii", "replace").strip()
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError):
        return ""
    return kind if kind.startswith(OPEN_DOCUMENT) else ""


def check(path: Path) -> Found:
    try:
        with zipfile.ZipFile(path) as archive:
            return _opened(archive)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError):
        return {"fault": "office_broken"}


def is_bomb(archive: zipfile.ZipFile) -> bool:
    """By what the zip says of itself: reading never goes beyond that."""
    entries = archive.infolist()
    if len(entries) > ZIP.entries or sum(one.file_size for one in entries) > ZIP.bytes:
        return True
    return any(
        one.file_size > ZIP.ratio_from and one.file_size > ZIP.ratio * max(1, one.compress_size) for one in entries
    )


def _opened(archive: zipfile.ZipFile) -> Found:
    if is_bomb(archive):
        return {"fault": "bomb"}
    entries = archive.infolist()
    if any(one.flag_bits & 1 for one in entries):
        return {"fault": "office_encrypted"}
    if any(MACROS.search(one.filename) for one in entries) or MACRO_TYPE.search(_part(archive, "[Content_Types].xml")):
        return {"fault": "macros"}
    if b"encryption-data" in _part(archive, "META-INF/manifest.xml"):
        return {"fault": "office_encrypted"}
    for one in entries:
        if RELATIONS.search(one.filename) and _fetches(_part(archive, one.filename)):
            return {"fault": "fetches"}
    if _damaged(archive):
        return {"fault": "office_broken"}
    return {}


def _fetches(relations: bytes) -> bool:
    return any(FETCHED.search(one) and OUTSIDE.search(one) for one in ELSEWHERE.findall(relations))


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        with archive.open(name) as part:
            return part.read(READ)
    except KeyError:
        return b""


def _damaged(archive: zipfile.ZipFile) -> bool:
    """Read to the end, so that one that was cut or changed is noticed now and not by whoever opens it."""
    return archive.testzip() is not None
