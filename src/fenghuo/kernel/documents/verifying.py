"""Whether the bytes that the database knows of are in the folder, unchanged."""

from dataclasses import dataclass, field

from . import store
from .models import Attachment, Content, Scan


@dataclass
class Verdict:
    """`records`: for each lost or changed content the numbers of the records that it belongs to."""

    files: int = 0
    missing: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    records: dict[str, list[str]] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return not self.missing and not self.changed


def verify(*, quick: bool = False) -> Verdict:
    """`quick`: compare only sizes. What was deleted because of a virus is not asked for."""
    found = Verdict()
    kept = Content.objects.exclude(scan=Scan.INFECTED).order_by("pk").values_list("pk", "size")
    for digest, size in kept.iterator():
        found.files += 1
        path = store.path_of(digest)
        try:
            right = path.stat().st_size == size and (quick or store.digest_of(path) == digest)
        except FileNotFoundError:
            found.missing.append(digest)
            continue
        if not right:
            found.changed.append(digest)
    for digest in (*found.missing, *found.changed):
        belonging = Attachment.objects.filter(content=digest).values_list("record__number", flat=True)
        found.records[digest] = sorted(set(belonging))
    return found
