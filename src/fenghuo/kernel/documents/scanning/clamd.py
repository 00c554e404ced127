"""clamd's own protocol, INSTREAM with z-terminated commands (clamd(8)): a socket, lengths, bytes, one line back."""

import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

LOG = logging.getLogger(__name__)
CONNECT_S, ANSWER_S = 3.0, 120.0
CHUNK = 256 * 1024
MOST_ANSWER = 4096


class Away(Exception):
    """The scanner does not answer, or not to this file; it is to be tried again."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`asked`: the installation has a scanner. `answered`: it has looked. `virus`: what it found, else empty."""

    asked: bool
    answered: bool = False
    virus: str = ""


def scan_file(path: Path) -> Verdict:
    """A scanner that is away refuses nothing: the file is kept back until it has answered."""
    if not settings.CLAMD:
        return Verdict(asked=False)
    try:
        return Verdict(asked=True, answered=True, virus=ask(settings.CLAMD, path))
    except (Away, OSError) as away:
        LOG.warning("the virus scanner does not answer: %s", away)
        return Verdict(asked=True)


def ask(address: str, path: Path) -> str:
    """The name of the virus, "" for a clean file. Raises: Away, OSError."""
    with _connected(address) as line, path.open("rb") as file:
        line.sendall(b"zINSTREAM\0")
        try:
            while chunk := file.read(CHUNK):
                line.sendall(len(chunk).to_bytes(4) + chunk)
            line.sendall(bytes(4))
        except (BrokenPipeError, ConnectionResetError):
            pass  # it answers before the end when the file is larger than it takes
        return _read(_answer(line))


def is_there(address: str) -> bool:
    try:
        with _connected(address) as line:
            line.sendall(b"zPING\0")
            return _answer(line) == "PONG"
    except (Away, OSError):
        return False


@contextmanager
def _connected(address: str) -> Iterator[socket.socket]:
    """`address`: unix:/path or tcp://host:port."""
    if address.startswith("unix:"):
        line = socket.socket(socket.AF_UNIX)
        place: str | tuple[str, int] = address.removeprefix("unix:")
    else:
        host, _colon, port = address.removeprefix("tcp://").rpartition(":")
        line, place = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET), (host.strip("[]"), int(port))
    with line:
        line.settimeout(CONNECT_S)
        line.connect(place)
        line.settimeout(ANSWER_S)
        yield line


def _answer(line: socket.socket) -> str:
    got = b""
    while not got.endswith(b"\0") and len(got) < MOST_ANSWER:
        part = line.recv(MOST_ANSWER)
        if not part:
            break
        got += part
    return got.rstrip(b"\0\n").decode("utf-8", "replace")


def _read(answer: str) -> str:
    """ "stream: OK", "stream: NAME FOUND", or an error. Raises: Away."""
    said = answer.removeprefix("stream: ")
    if said == "OK":
        return ""
    if said.endswith(" FOUND"):
        return said.removesuffix(" FOUND") or "?"
    raise Away(answer[:200] or "it closed the line")
