"""A photo keeps its pixels, its time and its upright side, and loses where it was taken."""

from base64 import b64decode
from datetime import datetime
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import pytest
from django.utils import timezone
from PIL import ExifTags, Image

from fenghuo.kernel.documents import photos

XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/" exif:GPSLatitude="34,2.63N" exif:GPSLongitude="108,42.6E"/>'


def photo(form: str = "JPEG", *, placed: bool = True, xmp: bytes = b"") -> bytes:
    """A little picture, lying on its side, taken at 03:02 at 34.0439, 108.7108."""
    picture = Image.new("RGB", (60, 40), "red")
    picture.putpixel((0, 0), (0, 0, 255))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Model] = "HUAWEI"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2026:05:12 03:02:00"
    if placed:
        exif.get_ifd(ExifTags.IFD.GPSInfo).update(
            {1: "N", 2: (34.0, 2.0, Fraction(38.04)), 3: "E", 4: (108.0, 42.0, Fraction(38.88))}
        )
    made = BytesIO()
    picture.save(made, form, exif=exif, **({"xmp": xmp} if xmp else {}), **({"quality": 95} if form == "JPEG" else {}))
    return made.getvalue()


@pytest.fixture
def at(tmp_path: Path) -> Path:
    return tmp_path / "photo"


def test_what_a_photo_says(at: Path) -> None:
    at.write_bytes(photo())
    taken = photos.read_photo(at)
    assert taken.at == timezone.make_aware(datetime(2026, 5, 12, 3, 2))
    assert taken.position == pytest.approx((34.0439, 108.7108))
    assert taken.placed


@pytest.mark.parametrize("xmp", [b"", XMP])
def test_a_jpeg_loses_its_place_and_nothing_else(at: Path, xmp: bytes) -> None:
    before = photo(xmp=xmp) + b"appended: +34.0439+108.7108"
    at.write_bytes(before)
    content, kind = photos.without_place(at, "image/jpeg")
    assert kind == "image/jpeg"
    assert b"GPS" not in content
    assert b"appended" not in content
    after = at.with_name("after")
    after.write_bytes(content)
    taken = photos.read_photo(after)
    assert (taken.position, taken.placed) == (None, False)
    assert taken.at == photos.read_photo(at).at
    with Image.open(at) as one, Image.open(after) as other:
        assert one.tobytes() == other.tobytes()
        assert other.getexif()[ExifTags.Base.Orientation] == 6
        assert other.getexif()[ExifTags.Base.Model] == "HUAWEI"


def test_a_progressive_jpeg_is_whole_afterwards(at: Path) -> None:
    made = BytesIO()
    picture = Image.effect_noise((200, 150), 60).convert("RGB")
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (34.0, 2.0, 0.0)})
    picture.save(made, "JPEG", progressive=True, exif=exif)
    at.write_bytes(made.getvalue())
    content, _kind = photos.without_place(at, "image/jpeg")
    with Image.open(at) as one, Image.open(BytesIO(content)) as other:
        assert one.tobytes() == other.tobytes()


@pytest.mark.parametrize(
    ("form", "kind", "made"),
    [
        ("PNG", "image/png", "image/png"),
        ("WEBP", "image/webp", "image/webp"),
        ("AVIF", "image/avif", "image/jpeg"),
    ],
)
def test_other_pictures_lose_their_place_too(at: Path, form: str, kind: str, made: str) -> None:
    at.write_bytes(photo(form))
    assert photos.read_photo(at).placed
    content, suits = photos.without_place(at, kind)
    assert suits == made
    after = at.with_name("after")
    after.write_bytes(content)
    assert not photos.read_photo(after).placed
    with Image.open(after) as picture:
        assert picture.size == (40, 60)  # turned upright


def test_what_breaks_off_is_said_to_be_unreadable(at: Path) -> None:
    whole = photo()
    at.write_bytes(whole[: len(whole) - 30])
    with pytest.raises(photos.Unreadable):
        photos.without_place(at, "image/jpeg")
    at.write_bytes(b"\xff\xd8\xff\xe1 no picture")
    with pytest.raises(photos.Unreadable):
        photos.read_photo(at)
    assert photos.preview(at) is None


def test_a_small_picture_stands_upright(at: Path) -> None:
    at.write_bytes(photo())
    small = photos.preview(at)
    assert small is not None
    with Image.open(BytesIO(small)) as picture:
        assert picture.size == (40, 60)


def test_a_video_says_zeros_where_a_position_stood(at: Path) -> None:
    atom = b"\x00\x00\x00\x1e\xa9xyz\x00\x12\x15\xc7+34.0439+108.7108/"
    at.write_bytes(b"\x00\x00\x00\x18ftypmp42" + atom)
    photos.blank_places(at, photos.places_in_video(at))
    after = at.read_bytes()
    assert b"+00.0000+000.0000/" in after
    assert b"34.0439" not in after
    assert len(after) == 16 - 4 + len(atom)


# A red square of 64 pixels as an iPhone would keep it, taken at 34.0439, 108.7108.
HEIC = (
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAZdtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAA"
    "ADRpbG9jAAAAAERAAAIAAQAAAAABuwABAAAAAAAAABkAAgAAAAAB1AABAAAAAAAAAIoAAAA4aWluZgAAAAAAAgAAABVpbmZlAgAA"
    "AAABAABodmMxAAAAABVpbmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAAA1mlwcnAAAAC3aXBjbwAAAHhodmNDAQNwAAAA"
    "kAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQArQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq"
    "SSmubgIaDAgAAAMAyAAAAwAIQGIAAQAHRAHBcrAiQAAAABNjb2xybmNseAABAA0ABoAAAAAUaXNwZQAAAAAAAABAAAAAQAAAABBw"
    "aXhpAAAAAAMICAgAAAAXaXBtYQAAAAAAAAABAAEEgQIDBAAAABppcmVmAAAAAAAAAA5jZHNjAAIAAQABAAAAq21kYXQAAAAVKAGv"
    "BBj8eTjr//pZT99QF2wMR0OAAAAABkV4aWYAAE1NACoAAAAIAAGIJQAEAAAAAQAAABoAAAAAAAQAAQACAAAAAk4AAAAAAgAFAAAA"
    "AwAAAFAAAwACAAAAAkUAAAAABAAFAAAAAwAAAGgAAAAAAAAAIgAAAAEAAAACAAAAAQAAA7cAAAAZAAAAbAAAAAEAAAAqAAAAAQAA"
    "A8wAAAAZ"
)


def test_a_heic_becomes_a_jpeg_without_its_place(at: Path) -> None:
    at.write_bytes(b64decode(HEIC))
    assert photos.read_photo(at).position == pytest.approx((34.0439, 108.7108))
    content, kind = photos.without_place(at, "image/heic")
    assert kind == "image/jpeg"
    with Image.open(BytesIO(content)) as picture:
        assert picture.size == (64, 64)
        assert not picture.getexif().get_ifd(ExifTags.IFD.GPSInfo)
