"""What web processes and the writer of reports say to each other over a private socket (decision 1).

A frame is its number in that line and a fixed count of parts, each with its length. Both ends are of one start of one
program, so that no version is told.
"""

from collections.abc import Iterator
from struct import Struct

from pydantic_core import from_json

from fenghuo.kernel.web.machine.problems import to_json

from .intake import Request, Response

OVERSIZED, KEYED = 1, 2


class Frames:
    """Frames of so many parts: `pack` makes one, `unpack` takes the whole ones out of what has come."""

    def __init__(self, parts: int) -> None:
        self._head = Struct(f"!{parts + 1}I")

    def pack(self, number: int, *parts: bytes) -> bytes:
        return b"".join((self._head.pack(number, *map(len, parts)), *parts))

    def unpack(self, come: bytearray) -> Iterator[tuple[int, list[bytes]]]:
        """What is whole is taken away from the start of `come`."""
        size, at = self._head.size, 0
        while len(come) - at >= size:
            number, *lengths = self._head.unpack_from(come, at)
            end = at + size + sum(lengths)
            if len(come) < end:
                break
            parts, at = [], at + size
            for length in lengths:
                parts.append(bytes(come[at : at + length]))
                at += length
            yield number, parts
        del come[:at]


ASKED, ANSWERED = Frames(6), Frames(3)


def pack_request(number: int, request: Request) -> bytes:
    flags = (OVERSIZED if request.oversized else 0) | (0 if request.key is None else KEYED)
    said = (request.authorization, request.content_type, request.key or "", request.address)
    return ASKED.pack(number, bytes([flags]), *(text.encode("latin-1") for text in said), request.body)


def read_request(parts: list[bytes]) -> Request:
    flags, authorization, content_type, key, address, body = parts
    return Request(
        authorization=authorization.decode("latin-1"),
        content_type=content_type.decode("latin-1"),
        key=key.decode("latin-1") if flags[0] & KEYED else None,
        body=body,
        address=address.decode("latin-1"),
        oversized=bool(flags[0] & OVERSIZED),
    )


def pack_response(number: int, response: Response) -> bytes:
    headers = to_json(response.headers).encode() if response.headers else b""
    return ANSWERED.pack(number, str(response.status).encode(), headers, response.body.encode())


def read_response(parts: list[bytes]) -> Response:
    status, headers, body = parts
    return Response(int(status), body.decode(), from_json(headers) if headers else {})
