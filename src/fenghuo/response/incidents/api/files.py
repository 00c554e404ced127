"""Files of reports and incidents for machines; the content itself is had from /files/{id}."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import File, Form, Router, Schema, Status, UploadedFile
from pydantic import AwareDatetime

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.documents.models import Attachment
from fenghuo.kernel.documents.services import infections_on_record, require_attaching, stage
from fenghuo.kernel.web.machine.doing import actor_of
from fenghuo.kernel.web.machine.schemas import PROBLEMS

from .. import selectors, services
from ..models import Incident, Report


class FileOut(Schema):
    """`digest`: SHA-256 of the content; `location` only when it was asked to be kept; `record`: whose file it is."""

    id: int
    record: str
    name: str
    type: str
    bytes: int
    digest: str
    note: str
    added_at: datetime
    taken_at: datetime | None
    position_removed: bool
    location: dict[str, Any] | None
    content: str


class FilesOut(Schema):
    items: list[FileOut]


class AttachForm(Schema):
    note: str = ""
    keep_position: bool = False
    happened_at: AwareDatetime | None = None


def file_document(one: Attachment) -> dict[str, Any]:
    placed = one.latitude is not None
    return {
        "id": one.pk,
        "record": one.record.number,
        "name": one.name,
        "type": one.content.kind,
        "bytes": one.content.size,
        "digest": one.content_id,
        "note": one.note,
        "added_at": one.added_at,
        "taken_at": one.taken_at,
        "position_removed": one.stripped,
        "location": {"latitude": one.latitude, "longitude": one.longitude, "crs": "wgs84"} if placed else None,
        "content": f"/api/v1/files/{one.pk}",
    }


def add_files(router: Router, find: Callable[[Actor, str], Report | Incident], noun: str) -> None:
    """Listing and bringing files, under a record that `find` finds by its key or number."""

    def listed(request: HttpRequest, key: str) -> dict[str, Any]:
        """Its files, oldest first; an incident's with those of its reports."""
        actor = actor_of(request)
        return {"items": [file_document(one) for one in selectors.files_of(find(actor, key), actor)]}

    def attach(
        request: HttpRequest, key: str, file: File[UploadedFile], said: Form[AttachForm]
    ) -> Status[dict[str, Any]]:
        """At most 50 MB. What it is, is told by its content; the same content twice is one file (then 200).

        A position that a photo carries is taken out unless `keep_position`.
        """
        actor = actor_of(request)
        subject = find(actor, key)
        require_attaching(subject.record, actor)
        with infections_on_record(subject.record, actor):
            staged = stage(file.chunks(), file.name or "", keep_position=said.keep_position)
        before = {one.pk for one in selectors.files_of(subject, actor)}
        made = services.attach_file(subject, staged, by=actor, note=said.note, happened_at=said.happened_at)
        return Status(200 if made.pk in before else 201, file_document(made))

    path = "/{key}/files"
    router.get(path, response={200: FilesOut, **PROBLEMS}, operation_id=f"list_{noun}_files")(listed)
    answers = {200: FileOut, 201: FileOut, **PROBLEMS}
    router.post(path, response=answers, operation_id=f"attach_{noun}_file")(attach)
