"""Photos of a visit hang on the unit drawn; visitor and unit bring them, nobody else; the position is taken out."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from fenghuo.kernel.documents.models import Attachment
from fenghuo.readiness.plans.models import CheckItem
from tests.county import County

from .check_rounds import begun, drawn, item_of

GPS = 0x8825  # tag of Exif in which the position stands


def photo() -> SimpleUploadedFile:
    made, exif = BytesIO(), Image.Exif()
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (34.0, 6.0, 30.0)
    Image.new("RGB", (400, 300), "green").save(made, "JPEG", exif=exif)
    return SimpleUploadedFile("现场.jpg", made.getvalue(), "image/jpeg")


@pytest.fixture(autouse=True)
def kept_here(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


def bring(client: Client, item: CheckItem) -> int:
    files = reverse("documents:of", args=[item.pk])
    return client.post(files, {"file": photo(), "note": "大门"}, headers={"HX-Request": "true"}).status_code


def test_the_visitor_brings_one_and_the_unit_sees_it(county: County, sign_in: Callable[..., Client]) -> None:
    item = item_of(begun(county), county, "village")
    visitor = next(name for name, unit in county.units.items() if unit.pk == item.checker_id)
    assert bring(sign_in(visitor, "clerk"), item) == 200
    made = Attachment.objects.get(record=item.pk)
    page = sign_in("village", "head").get(reverse("plans:check_item", args=[item.record.number])).content.decode()
    assert made.name in page
    kept = sign_in("village", "head").get(reverse("documents:file", args=[made.pk, made.name]))
    with Image.open(BytesIO(kept.getvalue())) as picture:
        assert not picture.getexif().get_ifd(GPS)


def test_nobody_else_does_nor_before_it_begins(county: County, sign_in: Callable[..., Client]) -> None:
    item = item_of(begun(county), county, "village")
    assert bring(sign_in("b", "clerk"), item) in (403, 404)
    early = item_of(drawn(county), county, "village")
    assert bring(sign_in("emo", "clerk"), early) in (403, 404, 422)
    assert not Attachment.objects.exists()
