"""Pictures: when and where they were taken, a copy without the place, a small preview."""

import mmap
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pi_heif
from django.utils import timezone
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

pi_heif.register_heif_opener()

PREVIEW, SCREEN = (480, 480), (1600, 1600)
GPS = ExifTags.IFD.GPSInfo
XMP_POSITION = re.compile(rb"GPSL(?:atitude|ongitude)")
# ISO 6709, as phones write it into videos.
VIDEO_POSITION = re.compile(rb"[+-]\d{2}\.\d{3,}[+-]\d{3}\.\d{3,}")
NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
# What a copy without the place still tells.
KEPT = (ExifTags.Base.Orientation, ExifTags.Base.DateTime, ExifTags.Base.Make, ExifTags.Base.Model)
KEPT_EXIF = (ExifTags.Base.DateTimeOriginal, ExifTags.Base.OffsetTimeOriginal)
BAD = (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError, KeyError, TypeError)


class Unreadable(Exception):
    """It is no picture that can be read, so nobody can say what stands in it."""


@dataclass(frozen=True, slots=True)
class Taken:
    """`position`: (latitude, longitude), WGS 84 degrees. `placed`: something in it says where it was taken."""

    at: datetime | None
    position: tuple[float, float] | None
    placed: bool


def read_photo(path: Path) -> Taken:
    """Raises: Unreadable."""
    try:
        with Image.open(path) as picture:
            exif = picture.getexif()
            said = exif.get_ifd(ExifTags.IFD.Exif)
            gps = exif.get_ifd(GPS)
            xmp = picture.info.get("xmp") or b""
    except BAD as error:
        raise Unreadable from error
    at = _moment(said.get(ExifTags.Base.DateTimeOriginal), said.get(ExifTags.Base.OffsetTimeOriginal))
    spoken = xmp if isinstance(xmp, bytes) else str(xmp).encode()
    return Taken(at, _position(gps), bool(gps) or XMP_POSITION.search(spoken) is not None)


def without_place(path: Path, kind: str) -> tuple[bytes, str]:
    """(bytes, MIME type) of a copy that does not say where it was taken; pixels of a JPEG as they were.

    Raises: Unreadable.
    """
    try:
        if kind == "image/jpeg":
            return _jpeg_without_place(path.read_bytes(), _bare(path)), kind
        with Image.open(path) as picture:
            form, suits = {"image/png": ("PNG", kind), "image/webp": ("WEBP", kind)}.get(kind, ("JPEG", "image/jpeg"))
            shown = ImageOps.exif_transpose(picture)
            made = BytesIO()
            plain = shown.convert("RGB") if form == "JPEG" else shown
            exif = Image.Exif()
            exif.update({tag: value for tag, value in picture.getexif().items() if tag in KEPT[1:]})
            plain.save(made, form, quality=92, exif=exif, xmp=b"")
            return made.getvalue(), suits
    except BAD as error:
        raise Unreadable from error


def places_in_video(path: Path) -> list[tuple[int, int]]:
    """(first byte, byte after the last) of every position that is written in it; nothing is read into memory whole."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return [found.span() for found in VIDEO_POSITION.finditer(content)]


def blank_places(path: Path, places: Iterable[tuple[int, int]]) -> None:
    """Write zeros over the digits of these positions."""
    with path.open("r+b") as file:
        for first, end in places:
            file.seek(first)
            said = file.read(end - first)
            file.seek(first)
            file.write(re.sub(rb"\d", b"0", said))


def preview(path: Path, most: tuple[int, int] = PREVIEW) -> bytes | None:
    """A JPEG of at most this size, upright; None for what cannot be read."""
    try:
        with Image.open(path) as picture:
            picture.draft("RGB", (most[0] * 2, most[1] * 2))
            small = ImageOps.exif_transpose(picture)
            small.thumbnail(most)
            made = BytesIO()
            small.convert("RGB").save(made, "JPEG", quality=80)
            return made.getvalue()
    except BAD:
        return None


def _moment(said: object, offset: object) -> datetime | None:
    try:
        read = datetime.strptime(f"{said}{offset or ''}", "%Y:%m:%d %H:%M:%S%z" if offset else "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007
    except ValueError:
        return None
    return read if read.tzinfo else timezone.make_aware(read)


def _position(gps: dict[int, object]) -> tuple[float, float] | None:
    try:
        latitude = _degrees(gps[ExifTags.GPS.GPSLatitude], gps[ExifTags.GPS.GPSLatitudeRef] == "S")
        longitude = _degrees(gps[ExifTags.GPS.GPSLongitude], gps[ExifTags.GPS.GPSLongitudeRef] == "W")
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    if not (abs(latitude) <= 90 and abs(longitude) <= 180) or (latitude, longitude) == (0, 0):
        return None
    return latitude, longitude


def _degrees(parts: object, negative: bool) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)  # type: ignore[attr-defined]
    value = round(degrees + minutes / 60 + seconds / 3600, 7)
    return -value if negative else value


def _bare(path: Path) -> bytes:
    """The EXIF block of the copy: how to turn it, when and with what it was taken."""
    with Image.open(path) as picture:
        before = picture.getexif()
    exif = Image.Exif()
    exif.update({int(tag): before[tag] for tag in KEPT if tag in before})
    said = before.get_ifd(ExifTags.IFD.Exif)
    if kept := {int(tag): said[tag] for tag in KEPT_EXIF if tag in said}:
        exif.get_ifd(ExifTags.IFD.Exif).update(kept)
    return exif.tobytes() if len(exif) else b""


def _jpeg_without_place(content: bytes, exif: bytes) -> bytes:
    """The picture's own segments, with `exif` in place of EXIF, XMP and IPTC; what follows its end is left out."""
    made = bytearray(b"\xff\xd8")
    if exif:
        made += b"\xff\xe1" + (len(exif) + 2).to_bytes(2) + exif
    for marker, segment in _segments(content):
        if marker in (0xE1, 0xED) or (marker == 0xE2 and segment[4:8] == b"MPF\0"):
            continue
        made += segment
    return bytes(made)


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """(marker, bytes) from after the start to the end of the picture. Raises: ValueError."""
    if content[:2] != b"\xff\xd8":
        raise ValueError("no JPEG")
    at = 2
    while True:
        while content[at : at + 2] == b"\xff\xff":
            at += 1
        if content[at : at + 1] != b"\xff" or at + 4 > len(content) + 2:
            raise ValueError("broken JPEG")
        marker = content[at + 1]
        if marker == 0xD9:
            yield marker, b"\xff\xd9"
            return
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4])
        if marker == 0xDA:  # the pixels: up to the next marker that is neither stuffing nor a restart
            following = NEXT_MARKER.search(content, end)
            if following is None:
                raise ValueError("the picture breaks off")
            end = following.start()
        yield marker, content[at:end]
        at = end
