"""Where a record has its page, by its kind. Rooms say so in menu.py, so that rooms below can link up to them."""

from urllib.parse import quote

from django.urls import reverse

from fenghuo.kernel.access.models import Record

_pages: dict[str, tuple[str, str, str, tuple[str, ...]]] = {}


def has_page(kind: str, url: str, by: str = "number", query: str = "", *, before: tuple[str, ...] = ()) -> None:
    """Records of this kind have their page at this named address, which takes the record's `number` or `pk`.

    `query`: the address takes it not in its path but as this value behind the question mark. `before`: what the
    address takes besides, ahead of that.
    """
    _pages[kind] = (url, by, query, before)


def kinds_with_page() -> tuple[str, ...]:
    return tuple(sorted(_pages))


def address_of(record: Record) -> str:
    """The path of its page, "" when its kind has none."""
    if record.kind not in _pages:
        return ""
    url, by, query, before = _pages[record.kind]
    value = getattr(record, by)
    return f"{reverse(url)}?{query}={quote(str(value))}" if query else reverse(url, args=[*before, value])
