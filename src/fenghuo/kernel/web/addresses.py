"""Where a record has its page, by its kind. Rooms say so in menu.py, so that rooms below can link up to them."""

from django.urls import reverse

from fenghuo.kernel.access.models import Record

_pages: dict[str, tuple[str, str, tuple[str, ...]]] = {}


def has_page(kind: str, url: str, by: str = "number", *, before: tuple[str, ...] = ()) -> None:
    """Records of this kind have their page at this named address, which takes the record's `number` or `pk`.

    `before`: what the address takes besides, ahead of that.
    """
    _pages[kind] = (url, by, before)


def address_of(record: Record) -> str:
    """The path of its page, "" when its kind has none."""
    if record.kind not in _pages:
        return ""
    url, by, before = _pages[record.kind]
    return reverse(url, args=[*before, getattr(record, by)])
