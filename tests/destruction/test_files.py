"""Files of destroyed records leave the disk, unless another record uses the same bytes; a kill in between is healed."""

from pathlib import Path
from typing import Any

import pytest

from fenghuo.kernel.access.errors import Conflict
from fenghuo.kernel.destruction.services import apply_rules
from fenghuo.kernel.documents import destroying, store
from fenghuo.kernel.documents.models import Attachment, Content, Doomed
from fenghuo.kernel.documents.services import stage
from fenghuo.kernel.documents.tests.test_photos import photo
from fenghuo.response.incidents.models import Incident
from fenghuo.response.incidents.services import attach_file, detach_file
from tests.county import County
from tests.destruction.orders import carried_out, closed_incident, confirmed, drafted, work
from tests.destruction.test_retaining import in_days


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "attachments"


def lying() -> set[str]:
    return {path.name for path in store.folder().rglob("*") if path.is_file()}


def with_file(county: County, content: bytes = b"") -> tuple[Incident, Attachment]:
    incident = closed_incident(county)
    made = attach_file(incident, stage([content or photo()], "现场.jpg"), by=county.actor("emo"), note="张某")
    return incident, made


def test_file_and_small_picture_are_gone(county: County) -> None:
    incident, _made = with_file(county)
    assert len(lying()) == 2
    order = carried_out(county, incident)
    assert lying() == set()
    assert (order.removed["files"], Content.objects.count(), Doomed.objects.count()) == (1, 0, 0)


def test_one_that_had_been_taken_off_goes_too(county: County) -> None:
    incident, made = with_file(county)
    detach_file(incident, made.pk, by=county.actor("emo"), reason="不属于此")
    carried_out(county, incident)
    assert lying() == set()


def test_bytes_that_another_record_uses_stay(county: County) -> None:
    incident, made = with_file(county)
    other, same = with_file(county)
    assert same.content_id == made.content_id
    carried_out(county, incident)
    assert len(lying()) == 2
    assert Attachment.objects.get().record_id == other.pk
    carried_out(county, other)
    assert lying() == set()


def test_a_kill_before_the_file_is_removed_is_healed(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    incident, _made = with_file(county)
    order = confirmed(county, drafted(county, incident))
    monkeypatch.setattr(store, "remove", killed)
    with pytest.raises(Killed):
        work()
    assert (Attachment.objects.count(), len(lying()), Doomed.objects.count()) == (0, 2, 2)
    monkeypatch.undo()
    work()
    destroying.remove_doomed()
    assert (lying(), Doomed.objects.count()) == (set(), 0)
    order.refresh_from_db()
    assert order.state == "done"


def test_the_same_bytes_brought_again_in_time_stay(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    incident, _made = with_file(county)
    confirmed(county, drafted(county, incident))
    monkeypatch.setattr(store, "remove", killed)
    with pytest.raises(Killed):
        work()
    monkeypatch.undo()
    other = closed_incident(county)
    again = attach_file(other, stage([photo()], "现场.jpg"), by=county.actor("emo"))
    destroying.remove_doomed()
    assert store.path_of(again.content_id).is_file()


def test_bytes_that_went_while_they_were_brought_are_asked_for_again(county: County) -> None:
    staged = stage([photo()], "现场.jpg")
    store.remove(staged.content.digest)
    with pytest.raises(Conflict):
        attach_file(closed_incident(county), staged, by=county.actor("emo"))
    assert Attachment.objects.count() == 0


def test_uploads_that_came_to_no_record_are_swept(county: County) -> None:
    _incident, made = with_file(county)
    stage([b"caller 13800000000"], "名单.txt")
    (store.folder() / "incoming").mkdir(exist_ok=True)
    (store.folder() / "incoming" / "cut-off").write_text("13800000000")
    apply_rules(in_days(6))
    assert len(lying()) == 4
    apply_rules(in_days(8))
    assert made.preview_id is not None
    assert lying() == {made.content_id, made.preview_id}


class Killed(BaseException):
    """As a kill: nothing after it runs."""


def killed(_digest: str) -> None:
    raise Killed
