"""A clamd for the tests: the real protocol on a real socket, finding what says EICAR."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

WORD = b"EICAR"


class Clamd:
    """`most`: bytes of a stream that it takes (StreamMaxLength); `broken`: it fails at every file."""

    def __init__(self, most: int = 10 * 1024 * 1024) -> None:
        self.most, self.asked, self.broken = most, 0, False
        self._door = socket.create_server(("127.0.0.1", 0))
        self.address = f"tcp://127.0.0.1:{self._door.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._door.close()

    def _serve(self) -> None:
        while True:
            try:
                line, _peer = self._door.accept()
            except OSError:
                return
            with line, line.makefile("rb") as told:
                line.sendall(self._answer(told) + b"\0")

    def _answer(self, told: object) -> bytes:
        read = told.read  # type: ignore[attr-defined]
        command = b""
        while not command.endswith(b"\0"):
            command += read(1)
        if command == b"zPING\0":
            return b"PONG"
        assert command == b"zINSTREAM\0", command
        self.asked += 1
        content = b""
        while size := int.from_bytes(read(4)):
            content += read(size)
            if len(content) > self.most:
                return b"INSTREAM size limit exceeded. ERROR"
        if self.broken:
            return b"stream: Can't allocate memory ERROR"
        return b"stream: Eicar-Test-Signature FOUND" if WORD in content else b"stream: OK"


@contextmanager
def clamd(most: int = 10 * 1024 * 1024) -> Iterator[Clamd]:
    made = Clamd(most)
    try:
        yield made
    finally:
        made.close()
