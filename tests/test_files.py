"""Files from the door to the disk and back: by page and by machine, to whom they belong and to nobody else."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from fenghuo.kernel.access.errors import Invalid, NotAllowed, NotFound
from fenghuo.kernel.access.models import Account
from fenghuo.kernel.documents import store
from fenghuo.kernel.documents.models import Attachment, Content
from fenghuo.kernel.documents.services import MOST_BYTES, Staged, TooLarge, stage
from fenghuo.kernel.documents.tests.test_photos import photo
from fenghuo.kernel.journal.models import Entry
from fenghuo.response.incidents import services
from fenghuo.response.incidents.models import Incident
from fenghuo.response.incidents.selectors import files_of
from tests.county import County

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "MEDIA_ROOT", tmp_path / "attachments")


@pytest.fixture
def desk(client: Client, county: County) -> Client:
    client.force_login(Account.objects.get(person=county.account("desk").person), BACKEND)
    return client


def opened(county: County) -> Incident:
    return services.open_incident([county.report()], by=county.actor("emo"))


def staged(content: bytes = b"", name: str = "现场.jpg", **said: Any) -> Staged:
    return stage([content or photo()], name, **said)


def stored() -> list[Path]:
    return [path for path in store.folder().rglob("*") if path.is_file()]


def test_a_photo_is_kept_by_its_digest_without_its_place(county: County) -> None:
    it, by = opened(county), county.actor("emo")
    made = services.attach_file(it, staged(), by=by, note="车头")
    content = store.path_of(made.content_id).read_bytes()
    assert hashlib.sha256(content).hexdigest() == made.content_id
    assert (made.content.kind, made.stripped, made.latitude) == ("image/jpeg", True, None)
    assert made.taken_at is not None
    assert made.preview is not None
    assert store.path_of(made.preview_id or "").is_file()
    assert len(stored()) == 2
    entry = Entry.objects.get(verb="file.attached")
    assert "现场" not in entry.text
    assert made.content_id in entry.text


def test_the_place_is_kept_when_it_is_wanted(county: County) -> None:
    made = services.attach_file(opened(county), staged(keep_position=True), by=county.actor("emo"))
    assert [made.latitude, made.longitude] == pytest.approx([34.0439, 108.7108])
    assert store.path_of(made.content_id).read_bytes() == photo()


def test_the_same_file_twice_is_one(county: County) -> None:
    it, by = opened(county), county.actor("emo")
    first = services.attach_file(it, staged(), by=by)
    assert services.attach_file(it, staged(name="另一个名字.jpg"), by=by).pk == first.pk
    assert len(files_of(it, by)) == 1
    other = services.attach_file(opened(county), staged(), by=by)
    assert other.content_id == first.content_id
    assert len(stored()) == 2


@pytest.mark.parametrize(
    ("content", "field"),
    [(b"", "file"), (b"MZ" + bytes(300), "file"), (photo()[:-40], "keep_position")],
    ids=["empty", "program", "broken"],
)
def test_what_cannot_be_kept_is_refused_and_leaves_nothing(content: bytes, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        stage([content], "照片.jpg")
    assert refused.value.faults[0].field == field
    assert stored() == []


def test_a_broken_picture_may_be_kept_as_it_is(county: County) -> None:
    made = services.attach_file(opened(county), staged(photo()[:-40], keep_position=True), by=county.actor("emo"))
    assert made.preview is None


def test_more_than_fifty_megabytes_are_refused_before_all_is_read() -> None:
    read = []

    def chunks() -> Any:
        for number in range(200):
            read.append(number)
            yield bytes(1024 * 1024)

    with pytest.raises(TooLarge):
        stage(chunks(), "录像.mp4")
    assert len(read) == MOST_BYTES // 1024**2 + 1
    assert stored() == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\照片\\现场.png", "现场.png"),
        ("坏\x00名\u202e字.png", "坏名字.png"),
        ("", "文件"),
        ("长" * 300 + ".png", "长" * 196 + ".png"),
    ],
)
def test_names_are_made_harmless(name: str, kept: str) -> None:
    with translation.override("zh-hans"):  # a page may have been asked for in another
        assert staged(photo("PNG", placed=False), name).name == kept


def test_it_is_taken_off_with_a_reason_and_stays_on_disk(county: County) -> None:
    it, by = opened(county), county.actor("emo")
    made = services.attach_file(it, staged(), by=by)
    with pytest.raises(Invalid):
        services.detach_file(it, made.pk, by=by, reason=" ")
    services.detach_file(it, made.pk, by=by, reason="传错了")
    assert files_of(it, by) == []
    assert store.path_of(made.content_id).is_file()
    with pytest.raises(NotFound):
        services.detach_file(it, made.pk, by=by, reason="再来")


def test_files_of_reports_stand_with_their_incident(county: County) -> None:
    by, report = county.actor("emo"), county.report()
    made = services.attach_file(report, staged(), by=by)
    it = services.open_incident([report], by=by)
    into = opened(county)
    services.join_incident(into, it, by=by)
    assert [one.pk for one in files_of(into, by)] == [made.pk]


def test_rights_and_sight_are_checked(county: County, desk: Client) -> None:
    it = opened(county)
    made = services.attach_file(it, staged(), by=county.actor("emo"))
    with pytest.raises(NotAllowed):
        services.attach_file(it, staged(), by=county.actor("emo", "observer"))
    with pytest.raises(NotFound):
        services.attach_file(it, staged(), by=county.actor("b", "clerk"))
    stranger = Client()
    stranger.force_login(Account.objects.get(person=county.account("far", "b", "clerk").person), BACKEND)
    ways = ("x.jpg", "preview.jpg", "screen.jpg", "")
    for address in (*(f"/files/{made.pk}/{way}" for way in ways), f"/files/of/{it.pk}/"):
        assert desk.get(address).status_code == 200
        assert stranger.get(address).status_code == 404
        assert Client().get(address).status_code == 302
    assert Client().get(f"/api/v1/files/{made.pk}").status_code == 401
    for scopes, status in ((("assignments.read",), 404), (("incidents.read",), 200)):
        key = county.key("emo", *scopes)
        answer = desk.get(f"/api/v1/files/{made.pk}", headers={"Authorization": f"Bearer {key}"})
        assert answer.status_code == status


def test_nothing_in_a_file_can_run(county: County, desk: Client) -> None:
    it, by = opened(county), county.actor("emo")
    page = b"<html><script>alert(1)</script></html>"
    made = services.attach_file(it, staged(page, "a.html"), by=by)
    answer = desk.get(f"/files/{made.pk}/a.html")
    assert answer["Content-Type"].startswith("text/plain")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    other = services.attach_file(it, staged(bytes(range(256)), "a.bin"), by=by)
    answer = desk.get(f"/files/{other.pk}/a.bin")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_part_is_handed_out(county: County, desk: Client) -> None:
    made = services.attach_file(opened(county), staged(b"0123456789", "a.txt"), by=county.actor("emo"))
    address = f"/files/{made.pk}/a.txt"
    for asked, status, got in (
        ("bytes=2-4", 206, b"234"),
        ("bytes=-3", 206, b"789"),
        ("bytes=8-", 206, b"89"),
        ("bytes=99-", 416, b""),
        ("lines=1-2", 200, b"0123456789"),
        ("bytes=-", 200, b"0123456789"),
    ):
        answer = desk.get(address, headers={"Range": asked})
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        assert (answer.status_code, body) == (status, got), asked
    assert desk.get(address, headers={"If-None-Match": f'"{made.content_id}"'}).status_code == 304
    store.path_of(made.content_id).unlink()
    assert desk.get(address).status_code == 404


def test_by_page(county: County, desk: Client) -> None:
    it = opened(county)
    address = f"/files/of/{it.pk}/"
    good = SimpleUploadedFile("现场.jpg", photo(), "image/jpeg")
    bad = SimpleUploadedFile("程序.jpg", b"MZ" + bytes(300), "image/jpeg")
    answer = desk.post(address, {"file": [good, bad], "note": "车头"}, headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "程序.jpg: " in text
    assert "现场.jpg" in text
    assert desk.post(address, {}).status_code == 422
    made = Attachment.objects.get()
    assert desk.post(f"/files/{made.pk}/off/", {"reason": ""}).status_code == 422
    assert desk.post(f"/files/{made.pk}/off/", {"reason": "传错"}).status_code == 302
    assert "现场.jpg" not in desk.get(address).content.decode()


def test_by_machine(county: County) -> None:
    it, report = opened(county), county.report()
    headers = {"Authorization": f"Bearer {county.key('emo', 'incidents.read', 'incidents.write', 'intake.write')}"}
    client = Client(headers=headers)
    for path in (f"/api/v1/incidents/{it.record.number}/files", f"/api/v1/reports/{report.pk}/files"):
        said = {"file": SimpleUploadedFile("现场.jpg", photo()), "note": "车头", "keep_position": "true"}
        made = client.post(path, said)
        assert made.status_code == 201, made.content
        document = made.json()
        assert (document["type"], document["note"]) == ("image/jpeg", "车头")
        assert document["location"]["latitude"] == pytest.approx(34.0439)
        again = client.post(path, said | {"file": SimpleUploadedFile("现场.jpg", photo())})
        assert (again.status_code, again.json()["id"]) == (200, document["id"])
        assert [one["id"] for one in client.get(path).json()["items"]] == [document["id"]]
        content = client.get(document["content"])
        body = b"".join(content.streaming_content)  # type: ignore[attr-defined]
        assert hashlib.sha256(body).hexdigest() == document["digest"]
        assert client.post(path, {"note": "x"}).status_code == 422
        broken = client.post(path, {"file": SimpleUploadedFile("a.exe", b"MZ" + bytes(300))})
        assert (broken.status_code, broken.json()["errors"][0]["field"]) == (422, "file")
    assert Content.objects.filter(kind="image/jpeg").count() == 2
