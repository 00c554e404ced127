"""The compound file that an old workbook is: the names of its streams and what is in one of them ([MS-CFB])."""

import struct
from dataclasses import dataclass
from pathlib import Path
from struct import unpack_from

from .faults import Refused

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LAST = 0xFFFFFFFA  # sector numbers from here on are signs, not places
ENTRY = 128


@dataclass(frozen=True, slots=True)
class Stream:
    start: int
    size: int


class CompoundFile:
    """`streams`: name → where it lies. Raises: Refused("file.damaged")."""

    def __init__(self, path: Path) -> None:
        self.data = path.read_bytes()
        try:
            self._open()
        except (struct.error, IndexError, ValueError) as error:
            raise Refused("file.damaged") from error

    def _open(self) -> None:
        shift, mini_shift = unpack_from("<HH", self.data, 0x1E)
        if not 7 <= shift <= 16 or not 4 <= mini_shift <= shift:
            raise ValueError("sector size")
        self.sector, self.mini = 1 << shift, 1 << mini_shift
        directory, _signature, self.cutoff, mini_fat = unpack_from("<IIII", self.data, 0x30)
        self.fat = self._fat()
        self.mini_fat = self._numbers(self._chain(mini_fat, self.fat)) if mini_fat < LAST else []
        entries = b"".join(self._at(number) for number in self._chain(directory, self.fat))
        self.streams: dict[str, Stream] = {}
        self.root = Stream(LAST, 0)
        for at in range(0, len(entries) - ENTRY + 1, ENTRY):
            length, kind = unpack_from("<HB", entries, at + 64)
            name = entries[at : at + min(max(length - 2, 0), 62)].decode("utf-16-le", "replace")
            start, size = unpack_from("<IQ", entries, at + 116)
            found = Stream(start, size & 0xFFFFFFFF)
            if kind == 5:
                self.root = found
            elif kind in (1, 2):
                self.streams.setdefault(name, found)

    def read(self, name: str) -> bytes:
        """All of a stream. Raises: KeyError, Refused."""
        stream = self.streams[name]
        try:
            if stream.size >= self.cutoff:
                return b"".join(self._at(number) for number in self._chain(stream.start, self.fat))[: stream.size]
            small = b"".join(self._at(number) for number in self._chain(self.root.start, self.fat))
            places = self._chain(stream.start, self.mini_fat)
            return b"".join(small[number * self.mini : (number + 1) * self.mini] for number in places)[: stream.size]
        except (struct.error, IndexError, ValueError) as error:
            raise Refused("file.damaged") from error

    def _fat(self) -> list[int]:
        places = [number for number in unpack_from("<109I", self.data, 0x4C) if number < LAST]
        more, _count = unpack_from("<II", self.data, 0x44)
        seen = set()
        while more < LAST and more not in seen:
            seen.add(more)
            numbers = self._numbers([more])
            places += [number for number in numbers[:-1] if number < LAST]
            more = numbers[-1]
        return self._numbers(places)

    def _numbers(self, sectors: list[int]) -> list[int]:
        found: list[int] = []
        for number in sectors:
            piece = self._at(number)
            found += unpack_from(f"<{len(piece) // 4}I", piece)
        return found

    def _at(self, number: int) -> bytes:
        piece = self.data[(number + 1) * self.sector : (number + 2) * self.sector]
        if not piece:
            raise IndexError(number)
        return piece

    @staticmethod
    def _chain(start: int, table: list[int]) -> list[int]:
        found: list[int] = []
        seen: set[int] = set()
        while start < LAST:
            if start in seen:
                raise ValueError("a chain of sectors that never ends")
            seen.add(start)
            found.append(start)
            start = table[start]
        return found
