"""With a scanner: what it finds is refused and on record; while it is away files are kept back, not lost."""

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fenghuo.kernel.access.errors import Invalid
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.documents import store
from fenghuo.kernel.documents.models import Attachment, Content, Scan
from fenghuo.kernel.documents.scanning.waiting import Rescanner, waiting
from fenghuo.kernel.documents.services import bring_file
from fenghuo.kernel.documents.tests.clamd import clamd
from fenghuo.kernel.journal.models import Entry
from tests.county import County

SignIn = Callable[..., Client]
GONE = "tcp://127.0.0.1:9"  # nobody listens there


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "attachments"


def brought(county: County, content: bytes = b"plan", name: str = "预案.txt") -> Attachment:
    unit: Unit = county.units["a"]
    return bring_file(unit.record, [content], name, by=county.actor("a", "clerk"))


def lying() -> list[str]:
    return [path.name for path in store.folder().rglob("*") if path.is_file()]


def test_clean_files_are_handed_out(county: County, settings: Any) -> None:
    with clamd() as scanner:
        settings.CLAMD = scanner.address
        assert brought(county).content.scan == Scan.CLEAN
    assert scanner.asked == 1


def test_a_virus_is_refused_and_stands_in_the_journal(county: County, settings: Any) -> None:
    with clamd() as scanner:
        settings.CLAMD = scanner.address
        with pytest.raises(Invalid, match="Eicar-Test-Signature"):
            brought(county, b"EICAR and more", "张三的预案.txt")
    assert lying() == []
    assert not Attachment.objects.exists()
    entry = Entry.objects.get(verb="file.infected")
    assert "Eicar" in entry.text
    assert "张三" not in entry.text
    assert entry.about.filter(record=county.units["a"].pk).exists()


@pytest.mark.parametrize("trouble", ["gone", "too large", "broken"])
def test_without_an_answer_a_file_is_kept_back(county: County, settings: Any, sign_in: SignIn, trouble: str) -> None:
    with clamd(most=100 if trouble == "too large" else 10**6) as scanner:
        scanner.broken = trouble == "broken"
        settings.CLAMD = GONE if trouble == "gone" else scanner.address
        made = brought(county, b"a" * 1000)
    assert made.content.scan == Scan.WAITING
    client = sign_in("a", "clerk")
    assert client.get(f"/files/{made.pk}/x.txt").status_code == 409
    page = client.get(f"/files/{made.pk}/").content.decode()
    assert "virus" in page
    assert "aaaa" not in page
    assert "kept back" in client.get("/units/610118007000/").content.decode()


def test_it_is_asked_about_again_until_it_is_clean(county: County, settings: Any, sign_in: SignIn) -> None:
    settings.CLAMD = GONE
    made = brought(county)
    Rescanner(Event()).turn()
    assert waiting().count() == 1
    with clamd() as scanner:
        settings.CLAMD = scanner.address
        Rescanner(Event()).turn()
    assert waiting().count() == 0
    assert sign_in("a", "clerk").get(f"/files/{made.pk}/x.txt").status_code == 200


def test_a_virus_found_later_takes_the_file_away(county: County, settings: Any, sign_in: SignIn) -> None:
    settings.CLAMD = GONE
    made = brought(county, b"EICAR")
    with clamd() as scanner:
        settings.CLAMD = scanner.address
        Rescanner(Event()).turn()
    made.refresh_from_db()
    assert made.removed_at is not None
    assert made.content_id not in lying()
    assert Entry.objects.get(verb="file.infected").actor_label == "system"
    assert sign_in("a", "clerk").get(f"/files/{made.pk}/x.txt").status_code == 404
    watcher = sign_in("emo", "administrator")
    assert "had a virus" in watcher.get("/").content.decode()  # somebody sees it
    assert made.record.number in watcher.get("/files/waiting/").content.decode()
    settings.CLAMD = ""
    assert brought(county, b"EICAR").content.scan == Scan.NONE  # its content row is used again
    assert Content.objects.count() == 1


def test_the_administrator_sees_what_is_kept_back(county: County, settings: Any, sign_in: SignIn) -> None:
    settings.CLAMD = GONE
    brought(county)
    client = sign_in("emo", "administrator")
    assert "virus scanner" in client.get("/").content.decode()
    assert "610118007000" in client.get("/files/waiting/").content.decode()
    other = sign_in("a", "clerk")
    assert other.get("/files/waiting/").status_code == 403
    assert "virus scanner" not in other.get("/").content.decode()


def test_by_page_the_virus_is_named(county: County, settings: Any, sign_in: SignIn) -> None:
    with clamd() as scanner:
        settings.CLAMD = scanner.address
        file = SimpleUploadedFile("预案.txt", b"EICAR")
        answer = sign_in("a", "clerk").post(f"/files/of/{county.units['a'].pk}/", {"file": file})
    assert answer.status_code == 422
    assert "Eicar-Test-Signature" in answer.content.decode()
