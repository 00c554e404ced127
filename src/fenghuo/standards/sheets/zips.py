"""The zip that a workbook is: whether it can be unpacked without harm, and what lies in it."""

import zlib
from collections.abc import Iterator
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from .book import Limits
from .faults import Refused

CHUNK = 1 << 20
SMALL = 20 * 1024 * 1024  # below this a high ratio harms nobody: sheets full of one word pack well
MB = 1024 * 1024

# What stands in a workbook beside cells, by the beginning of its part's name → code of messages.csv.
# openpyxl does not keep these (its documentation and reader/drawings.py).
NOT_KEPT = (
    ("xl/vbaProject", "lost.macros"),
    ("xl/macrosheets/", "lost.macros"),
    ("xl/charts/", "lost.charts"),
    ("xl/chartsheets/", "lost.charts"),
    ("xl/pivotTables/", "lost.pivots"),
    ("xl/slicers/", "lost.slicers"),
    ("xl/timelines/", "lost.slicers"),
    ("xl/ctrlProps/", "lost.controls"),
    ("xl/activeX/", "lost.controls"),
    ("xl/embeddings/", "lost.embedded"),
    ("xl/threadedComments/", "lost.threads"),
    ("xl/cellimages", "lost.cell_pictures"),
    ("xl/richData/", "lost.cell_pictures"),
    ("xl/externalLinks/", "lost.links"),
    ("xl/queryTables/", "lost.queries"),
    ("xl/connections", "lost.queries"),
    ("_xmlsignatures/", "lost.signature"),
)


def open_zip(path: Path, limits: Limits) -> ZipFile:
    """The archive, every part of it unpacked once and found whole.

    Raises: Refused (file.bomb, file.damaged, file.password).
    """
    try:
        archive = ZipFile(path)
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Refused("file.damaged") from error
    try:
        _check(archive, path.stat().st_size, limits)
    except Refused:
        archive.close()
        raise
    except (BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error) as error:
        archive.close()
        raise Refused("file.damaged") from error
    return archive


def _check(archive: ZipFile, size: int, limits: Limits) -> None:
    entries = archive.infolist()
    if len(entries) > limits.entries:
        raise Refused("file.bomb_entries", number=str(len(entries)), most=str(limits.entries))
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused("file.password")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > limits.unpacked_bytes or (unpacked > SMALL and unpacked > size * limits.ratio):
        raise Refused("file.bomb", size=str(-(-size // MB)), unpacked=str(unpacked // MB))
    for entry in entries:  # a size that lies ends in a wrong checksum
        with archive.open(entry) as part:
            while part.read(CHUNK):
                pass


def not_kept(archive: ZipFile) -> tuple[str, ...]:
    """Codes of what a copy written by openpyxl loses, each once."""
    names = archive.namelist()
    found = dict.fromkeys(code for start, code in NOT_KEPT if any(name.startswith(start) for name in names))
    for name in names:
        if name.startswith("xl/media/") and name.lower().endswith((".emf", ".wmf", ".svg", ".wdp")):
            found["lost.drawings"] = None
        if name.startswith("xl/drawings/drawing") and _holds(archive, name, (b":sp>", b":sp ", b":cxnSp", b":grpSp")):
            found["lost.shapes"] = None
        if name.startswith("xl/worksheets/sheet") and _holds(
            archive, name, (b"x14:conditionalFormatting", b"x14:sparkline", b"x14:dataValidation")
        ):
            found["lost.formats"] = None
    return tuple(found)


def _holds(archive: ZipFile, name: str, words: tuple[bytes, ...]) -> bool:
    before = b""
    for piece in pieces(archive, name):
        if any(word in before + piece for word in words):
            return True
        before = piece[-40:]
    return False


def pieces(archive: ZipFile, name: str) -> Iterator[bytes]:
    with archive.open(name) as part:
        while piece := part.read(CHUNK):
            yield piece
