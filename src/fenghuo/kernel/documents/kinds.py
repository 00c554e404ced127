"""What a file is, by its content: the name and the browser's word for it may be anything."""

import zipfile
from pathlib import Path

import filetype

UNKNOWN = "application/octet-stream"
PROGRAMS = frozenset({"application/x-msdownload", "application/x-executable", "application/x-mach-binary"})
PICTURES = frozenset(
    {"image/jpeg", "image/png", "image/webp", "image/gif", "image/heic", "image/avif", "image/tiff", "image/bmp"}
)
VIDEOS = frozenset({"video/mp4", "video/quicktime", "video/3gpp", "video/x-m4v"})
# What a browser may show in place; everything else is for saving only, and no kind can run anything here.
SHOWN = frozenset(
    {
        *("image/jpeg", "image/png", "image/webp", "image/gif", "application/pdf"),
        *("video/mp4", "video/quicktime", "video/webm", "audio/mpeg", "audio/mp4", "audio/x-wav", "audio/ogg"),
        *("text/plain; charset=utf-8", "text/plain; charset=gb18030"),
    }
)
# Containers whose content filetype does not tell apart; the name decides among these only.
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
OLE_BY_NAME = {
    ".doc": "application/msword",
    ".wps": "application/msword",
    ".xls": "application/vnd.ms-excel",
    ".et": "application/vnd.ms-excel",
    ".ppt": "application/vnd.ms-powerpoint",
    ".dps": "application/vnd.ms-powerpoint",
}
MACH = (b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
HEAD = 8192


def kind_of(path: Path, name: str = "") -> str:
    """MIME type of the file at `path`; UNKNOWN when nothing tells."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if head.startswith(MACH):
        return "application/x-mach-binary"
    guessed = filetype.guess(head)
    if guessed is None and head.startswith(OLE):
        return OLE_BY_NAME.get(Path(name).suffix.lower(), "application/x-ole-storage")
    if guessed is not None and guessed.mime == "application/zip":
        return _zipped(path)
    return guessed.mime if guessed is not None else _text(head)


def _zipped(path: Path) -> str:
    """The county's official documents come as OFD (GB/T 33190), which is a zip."""
    try:
        with zipfile.ZipFile(path) as archive:
            return "application/ofd" if "OFD.xml" in archive.namelist() else "application/zip"
    except zipfile.BadZipFile:
        return UNKNOWN


def _text(head: bytes) -> str:
    if any(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head):
        return UNKNOWN
    for encoding in ("utf-8", "gb18030"):
        try:
            # The last character may have been cut in two.
            head[: len(head) - 3 if len(head) == HEAD else None].decode(encoding)
        except UnicodeDecodeError as error:
            if len(head) == HEAD and error.start >= len(head) - 6:
                return f"text/plain; charset={encoding}"
            continue
        return f"text/plain; charset={encoding}"
    return UNKNOWN
