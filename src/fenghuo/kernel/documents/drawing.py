"""What a page shows of a file: pages, a picture of screen size, words. Made once; no backup has it."""

import json
from pathlib import Path

from fenghuo.kernel.access.errors import NotFound

from . import kinds, photos, store
from .confined import draw_pages, read_words
from .looking.answers import Block
from .models import Content

AT_A_TIME = 5  # pages of a PDF
WORDS_OF = (kinds.DOCX, kinds.XLSX, "application/vnd.ms-excel")
MOST_PLAIN = 200_000  # bytes of a text file


def page(content: Content, number: int) -> Path:
    """The picture of one page (from 1). Raises: NotFound, Unreadable, Busy."""
    if content.kind != kinds.PDF or not 1 <= number <= (content.pages or 0):
        raise NotFound
    drawn = store.previews_of(content.digest) / f"{number}.webp"
    if not drawn.is_file():
        pages(content, number, number)
    return drawn


def pages(content: Content, first: int, last: int) -> None:
    """Draw those of these pages (from 1) that are not there yet. Raises: Unreadable, Busy."""
    folder = store.make_folder(store.previews_of(content.digest))
    missing = [number for number in range(first, last + 1) if not (folder / f"{number}.webp").is_file()]
    if missing:
        draw_pages(store.path_of(content.digest), missing[0] - 1, missing[-1], folder)


def picture(content: Content) -> Path:
    """A JPEG that fits a screen. Raises: NotFound, when it cannot be read."""
    made = store.make_folder(store.previews_of(content.digest)) / "screen.jpg"
    if not made.is_file():
        small = photos.preview(store.path_of(content.digest), photos.SCREEN) if content.kind in kinds.PICTURES else None
        if small is None:
            raise NotFound
        store.rewrite(made, [small])
    return made


def words(content: Content) -> list[Block]:
    """Headings, paragraphs and tables of a document; lines of a text. Raises: Unreadable, Busy."""
    path = store.path_of(content.digest)
    if content.kind.startswith("text/plain"):
        with path.open("rb") as file:
            text = file.read(MOST_PLAIN + 1)
        said = text[:MOST_PLAIN].decode(content.kind.partition("charset=")[2] or "utf-8", "replace")
        plain: list[Block] = [["plain", said]]
        return [*plain, ["more"]] if len(text) > MOST_PLAIN else plain
    made = store.make_folder(store.previews_of(content.digest)) / "words.json"
    if not made.is_file():
        found = read_words(path, content.kind)
        store.rewrite(made, [json.dumps(found).encode()])
    blocks: list[Block] = json.loads(made.read_bytes())
    return blocks
