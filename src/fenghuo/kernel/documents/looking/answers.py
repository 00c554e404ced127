"""What looking answers: plain data, since it crosses from one process to another."""

from typing import TypedDict


class Found(TypedDict, total=False):
    """`fault`: why the file is not taken, a key of `refusals`. `pages`; `pictures_only`: no text in them.

    `taken_out`: what the copy at `out` no longer has (script, launch, embedded, media, form). `thumb`: one was made.
    """

    fault: str
    pages: int
    pictures_only: bool
    taken_out: list[str]
    thumb: bool


type Block = list[object]  # ["h", level, text] | ["p", text] | ["table", [[text …] …]] | ["more"]
