"""Texts of an .xls: one byte or two to a sign, cut by the borders of records ([MS-XLS] 2.5.293, 2.4.265)."""

from struct import unpack_from

from .faults import Refused

WIDE, EXTENDED, RICH = 1, 4, 8


def read_text(body: bytes, at: int, length: int, flags: int) -> str:
    """`length` signs that begin at `at`. Raises: ValueError when they are not all there."""
    wide = flags & WIDE
    data = body[at : at + (length * 2 if wide else length)]
    if len(data) < (length * 2 if wide else length):
        raise ValueError("a text longer than its record")
    return data.decode("utf-16-le" if wide else "latin-1", "replace")


def shared_texts(pieces: list[bytes], longest: int) -> list[str]:
    """All texts of the table. `pieces`: its record and those that continue it.

    Raises: ValueError, struct.error for a table that is cut short; Refused for a text longer than a cell holds.
    """
    if not pieces:
        return []
    reader = _Reader(pieces)
    _total, count = unpack_from("<II", reader.take(8))
    found: list[str] = []
    for _number in range(count):
        if reader.done():
            break
        text = reader.text()
        if len(text) > longest:
            raise Refused("sheet.long_text", sheet="", cell="", most=str(longest))
        found.append(text)
    return found


class _Reader:
    """Reads over the borders of the pieces."""

    def __init__(self, pieces: list[bytes]) -> None:
        self.pieces = [piece for piece in pieces if piece]
        self.piece = self.at = 0

    def done(self) -> bool:
        while self.piece < len(self.pieces) and self.at >= len(self.pieces[self.piece]):
            self.piece, self.at = self.piece + 1, 0
        return self.piece >= len(self.pieces)

    def take(self, size: int) -> bytes:
        """`size` bytes. Raises: ValueError when fewer are left."""
        parts: list[bytes] = []
        while size > 0:
            if self.done():
                raise ValueError("the table of texts is cut short")
            part = self.pieces[self.piece][self.at : self.at + size]
            self.at += len(part)
            size -= len(part)
            parts.append(part)
        return b"".join(parts)

    def text(self) -> str:
        length, flags = unpack_from("<HB", self.take(3))
        runs = unpack_from("<H", self.take(2))[0] if flags & RICH else 0
        extra = unpack_from("<I", self.take(4))[0] if flags & EXTENDED else 0
        words = self._signs(length, flags)
        self.take(runs * 4 + extra)
        return words

    def _signs(self, length: int, flags: int) -> str:
        """The signs; where a record ends between two of them, the next one begins with new flags."""
        words = ""
        while length > 0:
            if self.at >= len(self.pieces[self.piece]) and not self.done():
                flags = self.take(1)[0]
            if self.done():
                raise ValueError("the table of texts is cut short")
            width = 2 if flags & WIDE else 1
            room = (len(self.pieces[self.piece]) - self.at) // width
            if room == 0:
                raise ValueError("half a sign")
            part = self.take(min(length, room) * width)
            words += part.decode("utf-16-le" if width == 2 else "latin-1", "replace")
            length -= len(part) // width
        return words
