"""A file comes in parts (tus 1.0): cut off anywhere it goes on from there, and nothing is attached by halves."""

import errno
import fcntl
import hashlib
import os
from base64 import b64encode
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fenghuo.kernel.access.models import Post
from fenghuo.kernel.destruction.services import apply_rules
from fenghuo.kernel.documents import store
from fenghuo.kernel.documents.models import Attachment, Upload
from fenghuo.kernel.documents.services import append, stage_file
from fenghuo.kernel.documents.tests.papers import macro_word, pdf
from fenghuo.kernel.journal.models import Entry
from tests.county import County
from tests.destruction.test_retaining import in_days

SignIn = Callable[..., Client]
KIND = "application/offset+octet-stream"
PLAN = pdf("flood plan", 3)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "attachments"


@pytest.fixture
def clerk(county: County, sign_in: SignIn) -> Client:
    return sign_in("a", "clerk")


def begin(client: Client, county: County, content: bytes = PLAN, name: str = "预案.pdf", **more: str) -> HttpResponse:
    said = {"filename": name, "record": str(county.units["a"].pk), "mark": hashlib.sha256(content).hexdigest()} | more
    metadata = ",".join(f"{key} {b64encode(value.encode()).decode()}" for key, value in said.items())
    headers = {"Upload-Length": str(len(content)), "Upload-Metadata": metadata, "Tus-Resumable": "1.0.0"}
    return client.post("/files/uploads/", headers=headers)  # type: ignore[return-value]


def send(client: Client, address: str, part: bytes, at: int, **headers: str) -> HttpResponse:
    said = {"Upload-Offset": str(at)} | headers
    return client.patch(address, part, content_type=KIND, headers=said)  # type: ignore[return-value]


def come(client: Client, address: str) -> int:
    return int(client.head(address)["Upload-Offset"])


def lying() -> list[Path]:
    return [path for path in store.folder().rglob("*") if path.is_file()]


def test_cut_at_99_percent_it_goes_on_after_a_reload(county: County, clerk: Client) -> None:
    address = begin(clerk, county)["Location"]
    cut = len(PLAN) * 99 // 100
    assert send(clerk, address, PLAN[:100], 0)["Upload-Offset"] == "100"
    assert send(clerk, address, PLAN[100:cut], 100).status_code == 204
    page = clerk.get("/units/610118007000/").content.decode()
    assert "98 %" in page or "99 %" in page
    again = begin(clerk, county)  # the page was loaded again, the same file chosen again
    assert (again["Location"], again["Upload-Offset"]) == (address, str(cut))
    assert clerk.post(f"{address}finish/").status_code == 409
    assert send(clerk, address, PLAN[cut:], cut)["Upload-Offset"] == str(len(PLAN))
    answer = clerk.post(f"{address}finish/", {"note": "防汛"}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "预案.pdf" in answer.content.decode()
    made = Attachment.objects.get()
    assert (made.content_id, made.note, made.content.pages) == (hashlib.sha256(PLAN).hexdigest(), "防汛", 3)
    assert store.path_of(made.content_id).read_bytes() == PLAN
    assert not store.upload_path(Upload.objects.get().key).exists()
    assert Entry.objects.filter(verb="file.attached").count() == 1


def test_asked_again_the_end_is_the_same(county: County, clerk: Client) -> None:
    address = begin(clerk, county)["Location"]
    send(clerk, address, PLAN, 0)
    for _time in range(2):
        assert clerk.post(f"{address}finish/", headers={"HX-Request": "true"}).status_code == 200
    assert Attachment.objects.count() == 1
    assert come(clerk, address) == len(PLAN)
    assert send(clerk, address, b"more", len(PLAN))["Upload-Offset"] == str(len(PLAN))
    assert store.path_of(Attachment.objects.get().content_id).read_bytes() == PLAN


def test_a_part_at_the_wrong_place_changes_nothing(county: County, clerk: Client) -> None:
    address = begin(clerk, county)["Location"]
    send(clerk, address, PLAN[:50], 0)
    for at in (0, 49, 51, 10**9):
        assert send(clerk, address, PLAN[50:60], at).status_code == 409
    assert send(clerk, address, PLAN[50:] + b"too much", 50).status_code == 413
    assert come(clerk, address) == 50


def test_a_wrong_check_sum_keeps_nothing_of_the_part(county: County, clerk: Client) -> None:
    address = begin(clerk, county)["Location"]
    right = b64encode(hashlib.sha256(PLAN[:50]).digest()).decode()
    assert send(clerk, address, PLAN[1:51], 0, **{"Upload-Checksum": f"sha256 {right}"}).status_code == 460
    assert send(clerk, address, PLAN[:50], 0, **{"Upload-Checksum": "md5 abc"}).status_code == 400
    assert come(clerk, address) == 0
    assert send(clerk, address, PLAN[:50], 0, **{"Upload-Checksum": f"sha256 {right}"}).status_code == 204


def test_a_wrong_sum_of_the_whole_is_refused(county: County, clerk: Client) -> None:
    address = begin(clerk, county, sha256="ab" * 32)["Location"]
    send(clerk, address, PLAN, 0)
    for _time in range(2):
        answer = clerk.post(f"{address}finish/")
        assert (answer.status_code, "check sum" in answer.content.decode()) == (422, True)
    assert (lying(), Attachment.objects.count()) == ([], 0)


def test_a_full_disk_is_507_and_nothing_by_halves(
    county: County, clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = begin(clerk, county)["Location"]
    send(clerk, address, PLAN[:50], 0)

    def full() -> Iterator[bytes]:
        yield PLAN[50:90]
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("fenghuo.kernel.documents.views.tus._parts", lambda _request: full())
        assert send(clerk, address, PLAN[50:], 50).status_code == 507
        patched.setattr(store, "room_for", lambda _size: False)
        assert begin(clerk, county, PLAN + b"x").status_code == 507
    assert come(clerk, address) == 50
    send(clerk, address, PLAN[50:], 50)

    def no_room(*_given: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(store, "keep", no_room)
        assert clerk.post(f"{address}finish/").status_code == 507
    assert Attachment.objects.count() == 0
    assert come(clerk, address) == len(PLAN)
    assert clerk.post(f"{address}finish/", headers={"HX-Request": "true"}).status_code == 200


def test_two_devices_of_one_person_share_one_upload(county: County, clerk: Client) -> None:
    phone = begin(clerk, county)["Location"]
    desk = begin(clerk, county)["Location"]
    assert phone == desk
    assert send(clerk, phone, PLAN[:60], 0).status_code == 204
    assert send(clerk, desk, PLAN[:60], 0).status_code == 409  # told to look where it is
    with store.upload_path(Upload.objects.get().key).open("ab") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        assert send(clerk, desk, PLAN[60:], 60).status_code == 423
    assert send(clerk, desk, PLAN[60:], 60).status_code == 204


def test_two_people_bring_the_same_file_and_it_is_there_once(county: County, sign_in: SignIn) -> None:
    for role in ("clerk", "head"):
        client = sign_in("a", role)
        address = begin(client, county)["Location"]
        send(client, address, PLAN, 0)
        assert client.post(f"{address}finish/", headers={"HX-Request": "true"}).status_code == 200
    assert Upload.objects.count() == 2
    assert Attachment.objects.count() == 1


def test_an_upload_is_its_persons_alone(county: County, clerk: Client, sign_in: SignIn) -> None:
    address = begin(clerk, county)["Location"]
    other = sign_in("a", "head")
    assert other.head(address).status_code == 404
    assert send(other, address, PLAN, 0).status_code == 404
    assert other.delete(address).status_code == 404
    assert other.post(f"{address}finish/").status_code == 404
    assert Client().head(address).status_code == 401
    for unit, role, status in (("b", "clerk", 404), ("a", "observer", 403), ("village", "head", 404)):
        assert begin(sign_in(unit, role), county).status_code == status


def test_rights_are_asked_at_each_step(county: County, sign_in: SignIn, clerk: Client) -> None:
    address = begin(clerk, county)["Location"]
    send(clerk, address, PLAN[:50], 0)
    upload = Upload.objects.get()
    post = Post.objects.filter(person=upload.person)
    post.update(role="observer")
    assert send(clerk, address, PLAN[50:], 50).status_code == 403
    post.update(role="clerk")
    assert send(clerk, address, PLAN[50:], 50).status_code == 204
    post.update(role="observer")
    assert clerk.post(f"{address}finish/").status_code == 403
    assert Attachment.objects.count() == 0
    upload.refresh_from_db()
    assert upload.ended_at is None


@pytest.mark.parametrize(
    ("content", "name", "status"),
    [(b"", "预案.pdf", 422), (PLAN, "预案.zip", 422), (PLAN, "预案.docm", 422), (PLAN, "a.exe", 422)],
)
def test_what_is_plain_from_the_name_is_said_before_anything_is_sent(
    county: County, clerk: Client, content: bytes, name: str, status: int
) -> None:
    answer = begin(clerk, county, content, name)
    assert (answer.status_code, Upload.objects.count()) == (status, 0)
    assert answer.content.decode().strip()


def test_too_large_is_said_before_anything_is_sent(county: County, clerk: Client) -> None:
    said = {"filename": "预案.pdf", "record": str(county.units["a"].pk), "mark": "ab" * 32}
    metadata = ",".join(f"{key} {b64encode(value.encode()).decode()}" for key, value in said.items())
    for size, status in ((200 * 1024**2, 201), (200 * 1024**2 + 1, 413), (10**15, 400)):
        answer = clerk.post("/files/uploads/", headers={"Upload-Length": str(size), "Upload-Metadata": metadata})
        assert answer.status_code == status
    for metadata in ("", "filename !!!", "record MQ==", "a" * 9000):
        answer = clerk.post("/files/uploads/", headers={"Upload-Length": "10", "Upload-Metadata": metadata})
        assert answer.status_code == 400


def test_what_is_refused_at_the_end_says_why_and_leaves_nothing(county: County, clerk: Client) -> None:
    content = macro_word()
    address = begin(clerk, county, content, "预案.docx")["Location"]
    send(clerk, address, content, 0)
    for _time in range(2):
        answer = clerk.post(f"{address}finish/")
        assert (answer.status_code, "macros" in answer.content.decode()) == (422, True)
    assert (lying(), Attachment.objects.count()) == ([], 0)
    assert begin(clerk, county, content, "预案.docx")["Location"] != address


def test_discarded_it_is_gone(county: County, clerk: Client) -> None:
    address = begin(clerk, county)["Location"]
    send(clerk, address, PLAN[:50], 0)
    assert clerk.delete(address).status_code == 204
    assert (lying(), Upload.objects.count(), clerk.head(address).status_code) == ([], 0, 404)
    address = begin(clerk, county)["Location"]
    assert clerk.post(f"{address}discard/").status_code == 302
    assert Upload.objects.count() == 0


def test_what_never_ends_goes_after_days_and_what_still_comes_stays(county: County, clerk: Client) -> None:
    left, slow = begin(clerk, county)["Location"], begin(clerk, county, PLAN + b"2")["Location"]
    for address in (left, slow):
        send(clerk, address, PLAN[:50], 0)
    apply_rules(in_days(6))
    assert Upload.objects.count() == 2
    still = store.upload_path(Upload.objects.get(key=slow.split("/")[-2]).key)
    later = (timezone.now() + timedelta(days=5)).timestamp()
    os.utime(still, (later, later))
    apply_rules(in_days(8))
    assert [one.key for one in Upload.objects.all()] == [slow.split("/")[-2]]
    assert lying() == [still]
    apply_rules(in_days(13))
    assert (lying(), Upload.objects.count()) == ([], 0)


def test_a_part_writes_no_row(county: County, clerk: Client) -> None:
    address = begin(clerk, county)["Location"]
    with CaptureQueriesContext(
        connection,
    ) as asked:
        send(clerk, address, PLAN[:50], 0)
    written = [one["sql"] for one in asked if one["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE", "BEGIN")]
    assert written == []


def test_the_transaction_of_the_end_reads_no_file(
    county: County, clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever takes its time has been done before: hashing, looking, scanning."""
    address = begin(clerk, county)["Location"]
    send(clerk, address, PLAN, 0)

    def outside(*given: object, **named: object) -> object:
        assert len(connection.savepoint_ids) == within
        return staged(*given, **named)  # type: ignore[arg-type]

    within, staged = len(connection.savepoint_ids), stage_file
    monkeypatch.setattr("fenghuo.kernel.documents.services.uploading.stage_file", outside)
    assert clerk.post(f"{address}finish/", headers={"HX-Request": "true"}).status_code == 200


def test_a_lost_part_file_begins_anew(county: County, clerk: Client) -> None:
    """As after a restored backup, which holds the row and not the bytes."""
    address = begin(clerk, county)["Location"]
    send(clerk, address, PLAN[:50], 0)
    store.upload_path(Upload.objects.get().key).unlink()
    assert come(clerk, address) == 0
    assert send(clerk, address, PLAN, 0).status_code == 204
    upload = Upload.objects.get()
    assert append(upload, len(PLAN), [], by=county.actor("government", "head")) == len(PLAN)
