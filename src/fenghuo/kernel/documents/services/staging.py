"""Files are looked at and kept before they belong to anything: outside any transaction, since it takes its time."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

from fenghuo.kernel.access.errors import Fault, Invalid, Refused

from .. import kinds, photos, store
from ..confined import Unreadable, check_file
from ..looking.answers import Found
from ..looking.limits import MB, MOST_AT_ONCE, most_bytes
from ..models import Scan
from ..refusals import WORDS
from ..scanning import Verdict, scan_file

MOST_BYTES = MOST_AT_ONCE
SUMMARY = 200  # characters of a name in an answer


class TooLarge(Refused):
    """The file has more bytes than its kind or its way in may have."""

    status = 413


class Infected(Invalid):
    """The scanner found something; `digest` and `virus` are for the journal."""

    def __init__(self, name: str, digest: str, virus: str) -> None:
        super().__init__(Fault("file", WORDS["infected"] % {"virus": virus[:100]}, name[:SUMMARY]))
        self.name, self.digest, self.virus = name, digest, virus[:100]


@dataclass(frozen=True, slots=True)
class Kept:
    """Bytes that are in their place on disk."""

    digest: str
    size: int
    kind: str
    pages: int | None = None
    pictures_only: bool = False
    scan: str = Scan.NONE


@dataclass(frozen=True, slots=True)
class Staged:
    """A file that is kept and belongs to nothing yet. `taken_out`: keys of refusals.TAKEN_OUT with commas."""

    name: str
    content: Kept
    preview: Kept | None
    taken_at: datetime | None
    position: tuple[float, float] | None
    stripped: bool
    taken_out: str = ""


def stage(chunks: Iterable[bytes], name: str, *, keep_position: bool = False) -> Staged:
    """Look at a file that comes in one request, and keep it.

    Position data are taken out of pictures and videos unless `keep_position`.
    Raises: Invalid (what is not kept here, with a way out), Infected, TooLarge, OSError (no room on the disk).
    """
    with store.incoming() as path:
        store.write(path, _limited(chunks))
        return stage_file(path, name, keep_position=keep_position)


def stage_file(path: Path, name: str, *, keep_position: bool = False) -> Staged:
    """The same for a file that lies in the folder already; it is moved to its place. Raises: as `stage`."""
    size = path.stat().st_size
    if size == 0:
        raise _fault("empty", name)
    kind = kinds.kind_of(path, name)
    _refuse_kind(kind, name, size)
    verdict = scan_file(path)  # as it came: what we take out of a copy would be evidence
    if verdict.virus:
        raise Infected(name, store.digest_of(path), verdict.virus)
    taken, kind, stripped = _without_place(path, kind, name, keep_position)
    looked, small = _looked(path, kind, name)
    kept = Kept(*store.keep(path), kind, looked.get("pages"), looked.get("pictures_only", False), _scan_of(verdict))
    return Staged(
        name=clean_name(name, kind),
        content=kept,
        preview=_keep_preview(small) if small else None,
        taken_at=taken.at if taken else None,
        position=taken.position if taken and keep_position else None,
        stripped=stripped,
        taken_out=",".join(looked.get("taken_out", [])),
    )


def _fault(code: str, name: str, field: str = "file") -> Invalid:
    return Invalid(Fault(field, str(WORDS[code]), name[:SUMMARY]))


def _scan_of(verdict: Verdict) -> str:
    if not verdict.asked:
        return Scan.NONE
    return Scan.CLEAN if verdict.answered else Scan.WAITING


def _refuse_kind(kind: str, name: str, size: int) -> None:
    """Raises: Invalid, TooLarge."""
    if kind in kinds.PROGRAMS:
        raise _fault("program", name)
    if kind == kinds.ZIP and kinds.known(name):
        raise _fault("office_broken", name)
    if kind in kinds.ARCHIVES:
        raise _fault("archive", name)
    if kind == kinds.OTHER_OOXML or kind.endswith("sheet.binary"):
        raise _fault("office_other", name)
    if kinds.claims(name, kind):
        raise _fault("unknown", name)
    if size > most_bytes(kind):
        raise TooLarge(WORDS["too_large"] % {"most": most_bytes(kind) // MB})


def _looked(path: Path, kind: str, name: str) -> tuple[Found, bytes | None]:
    """What was found, and a small picture; at `path` lies then the copy without what runs. Raises: Invalid."""
    if kind in kinds.PICTURES:
        return {}, photos.preview(path)
    family = kinds.family(kind)
    if not family:
        return {}, None
    with store.incoming() as out, store.incoming() as thumb:
        try:
            found = check_file(family, path, out, thumb)
        except Unreadable:
            raise _fault("unreadable", name) from None
        if "fault" in found:
            raise _fault(found["fault"], name)
        if found.get("taken_out"):
            out.replace(path)
        return found, thumb.read_bytes() if found.get("thumb") else None


def _limited(chunks: Iterable[bytes]) -> Iterable[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > MOST_BYTES:
            raise TooLarge(_("A file may have at most %(most)s MB.") % {"most": MOST_BYTES // MB})
        yield chunk


def _without_place(path: Path, kind: str, name: str, keep: bool) -> tuple[photos.Taken | None, str, bool]:
    """(when and where, kind of what lies at `path` now, whether its place was taken out)."""
    if kind in kinds.VIDEOS:
        return None, kind, not keep and _video_without_place(path)
    if kind not in kinds.PICTURES:
        return None, kind, False
    try:
        taken = photos.read_photo(path)
        if keep or not taken.placed:
            return taken, kind, False
        content, made = photos.without_place(path, kind)
    except photos.Unreadable as unreadable:
        if keep:
            return None, kind, False
        raise _fault("broken_picture", name, "keep_position") from unreadable
    store.rewrite(path, [content])
    return taken, made, True


def _video_without_place(path: Path) -> bool:
    places = photos.places_in_video(path)
    if places:
        with store.incoming() as copy:
            shutil.copyfile(path, copy)
            photos.blank_places(copy, places)
            copy.replace(path)
    return bool(places)


def _keep_preview(small: bytes) -> Kept:
    with store.incoming() as path:
        store.write(path, [small])
        return Kept(*store.keep(path), "image/jpeg", scan=Scan.CLEAN)


def clean_name(name: str, kind: str) -> str:
    """Without folders and control characters, at most 200 characters, its ending that of what the file is."""
    bare = PurePosixPath(name.replace("\\", "/")).name
    bare = "".join(sign for sign in bare if sign.isprintable()).strip() or _("file")
    stem, dot, ending = bare.rpartition(".")
    if kind == "image/jpeg" and ending.lower() not in ("jpg", "jpeg", "jfif"):
        stem, dot, ending = (stem or bare), ".", "jpg"
    elif right := kinds.ending_for(bare, kind):
        # "1.总体预案" has no ending, though it has a dot.
        stem, dot, ending = (stem if dot and ending.isascii() else bare), ".", right
    return f"{stem[: 199 - len(ending)]}.{ending}" if dot and stem and len(ending) < 12 else bare[:200]
