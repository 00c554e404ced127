"""A record's files as the pages show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import SYSTEM, Actor
from fenghuo.kernel.access.models import Record

from . import drawing, kinds
from .holding import holder_of
from .looking.limits import MB, MOST_AT_ONCE
from .looking.limits import MOST_BYTES as MOST
from .models import Attachment, Scan, Upload
from .refusals import taken_out_said
from .selectors import attachments_of, half_uploads
from .services import may_attach, received
from .words import kind_word


@dataclass(frozen=True)
class Shown:
    """One file. `may_take_off`: by whoever may write to the record that it belongs to."""

    file: Attachment
    may_take_off: bool

    @property
    def word(self) -> str:
        return kind_word(self.file.content.kind)

    @property
    def by(self) -> str:
        """Who brought it, in words."""
        return _("the system") if self.file.label == SYSTEM.label else self.file.label

    @property
    def kept_back(self) -> bool:
        return self.file.content.scan == Scan.WAITING

    @cached_property
    def taken_out(self) -> list[str]:
        return taken_out_said(self.file.taken_out)

    @property
    def way(self) -> str:
        """How its page shows it: pages, picture, words, video, audio, or "" when it can only be saved."""
        kind = self.file.content.kind
        if kind == kinds.PDF and self.file.content.pages:
            return "pages"
        if kind in kinds.PICTURES and self.file.preview_id:
            return "picture"
        if kind in drawing.WORDS_OF or kind.startswith("text/plain"):
            return "words"
        family = kind.partition("/")[0]
        return family if family in ("video", "audio") and kind in kinds.SHOWN else ""


@dataclass(frozen=True)
class Half:
    """A file on its way: how far it has come."""

    upload: Upload
    bytes: int

    @property
    def percent(self) -> int:
        return self.bytes * 100 // max(1, self.upload.size)

    @property
    def whole(self) -> bool:
        return self.bytes == self.upload.size


def part_of(
    request: HttpRequest,
    actor: Actor,
    record: Record,
    faults: Sequence[str] = (),
    typed: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """What attachments.html shows. 3 queries and those of the record's own list; none for each file."""
    holder = holder_of(record.kind)
    may = may_attach(record, actor)
    files = list(holder.listed(record.pk, actor) if holder and holder.listed else attachments_of([record.pk], actor))
    may_of = {record.pk: may}
    for one in files:
        if one.record_id not in may_of:
            may_of[one.record_id] = may_attach(one.record, actor)
    return {
        "request": request,
        "record": record,
        "files": [Shown(one, may_of[one.record_id]) for one in files],
        "half": [Half(one, received(one)) for one in half_uploads(record, actor)] if may else [],
        "faults": faults,
        "may_attach": may,
        "positions": holder is not None and holder.positions,
        "most": MOST // MB,
        "most_bytes": MOST,
        "most_plain": MOST_AT_ONCE // MB,
        "typed": typed or {},
    }
