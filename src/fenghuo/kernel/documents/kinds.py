"""What a file is, by its content: the name and the browser's word for it may be anything."""

from pathlib import Path

import filetype

from .confined import Unreadable, kind_of_zip

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
ZIP, OFD, PDF = "application/zip", "application/ofd", "application/pdf"
_OPEN = "application/vnd.openxmlformats-officedocument."
DOCX, XLSX, PPTX = (
    f"{_OPEN}{kind}" for kind in ("wordprocessingml.document", "spreadsheetml.sheet", "presentationml.presentation")
)
OTHER_OOXML = "application/vnd.openxmlformats-package"
OOXML_BY_PART = {
    "OFD.xml": OFD,  # the county's official documents (GB/T 33190)
    "word/document.xml": DOCX,
    "xl/workbook.xml": XLSX,
    "ppt/presentation.xml": PPTX,
    "xl/workbook.bin": "application/vnd.ms-excel.sheet.binary",
    "[Content_Types].xml": OTHER_OOXML,
}
ARCHIVES = frozenset(
    {
        *(ZIP, "application/x-rar-compressed", "application/x-7z-compressed", "application/x-tar"),
        *("application/gzip", "application/x-bzip2", "application/x-xz", "application/vnd.rar", "application/x-lzip"),
        *(
            "application/x-iso9660-image",
            "application/x-compress",
            "application/zstd",
            "application/vnd.ms-cab-compressed",
        ),
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
PDF_HEAD = b"%PDF-"
# The endings under which a kind is known; the first is given to a file whose name says something else.
ENDINGS = {
    PDF: ("pdf",),
    OFD: ("ofd",),
    DOCX: ("docx",),
    XLSX: ("xlsx",),
    PPTX: ("pptx",),
    "application/msword": ("doc", "wps"),
    "application/vnd.ms-excel": ("xls", "et"),
    "application/vnd.ms-powerpoint": ("ppt", "dps", "pps"),
    "image/jpeg": ("jpg", "jpeg", "jfif"),
    "image/png": ("png",),
    "image/webp": ("webp",),
    "image/gif": ("gif",),
    "image/heic": ("heic", "heif", "hif"),
    "video/mp4": ("mp4", "m4v"),
    "video/quicktime": ("mov", "qt"),
    "audio/mpeg": ("mp3",),
}
_KNOWN = frozenset(ending for endings in ENDINGS.values() for ending in endings)


def kind_of(path: Path, name: str = "") -> str:
    """MIME type of the file at `path`; UNKNOWN when nothing tells."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if head.startswith(MACH):
        return "application/x-mach-binary"
    if PDF_HEAD in head[:1024]:  # ISO 32000-2, annex I: readers look for it there
        return PDF
    guessed = filetype.guess(head)
    if head.startswith(OLE):
        return OLE_BY_NAME.get(Path(name).suffix.lower(), "application/x-ole-storage")
    if head.startswith(b"PK\x03\x04"):
        return _zipped(path)
    return guessed.mime if guessed is not None else _text(head)


def _zipped(path: Path) -> str:
    """What is in it tells; a zip that cannot be opened within the limits is a zip."""
    try:
        word = kind_of_zip(path)
    except Unreadable:
        return ZIP
    return OOXML_BY_PART.get(word) or word or ZIP


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


def family(kind: str) -> str:
    """How a file of this kind is looked into: application/pdf, zip, ole, or "" for those that need it not."""
    if kind == PDF:
        return PDF
    if kind == OFD or "openxmlformats" in kind or "opendocument" in kind:
        return "zip"
    return "ole" if kind in OLE_BY_NAME.values() or kind == "application/x-ole-storage" else ""


def ending_for(name: str, kind: str) -> str:
    """The ending that a file of this kind and name should have; "" when its own will do."""
    own = Path(name).suffix.lower().removeprefix(".")
    fitting = ENDINGS.get(kind)
    if fitting:
        return "" if own in fitting or not own else fitting[0]
    return "txt" if kind.startswith("text/") and own in _KNOWN else ""


def claims(name: str, kind: str) -> bool:
    """Whether the name says that it is something known, while nobody can tell what the content is."""
    return kind == UNKNOWN and known(name)


def known(name: str) -> bool:
    return Path(name).suffix.lower().removeprefix(".") in _KNOWN
