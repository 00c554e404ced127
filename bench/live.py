"""500 people with 500 sights listen while 50 entries a second are written: from commit to arrival.

Beside it, in turn, a bare ASGI fan-out under the same granian is told the same bytes for the same listeners after each
commit, while the same services write at the same pace; the same client process listens to both. Afterwards it is
counted by `visible_to` who should have heard what.
"""

import asyncio
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from tests.installation import Installation, free_port, installation

from .houses import on_both

LISTENERS, RATE, SECONDS, REPEATS, BAR = 500, 50, 10.0, 5, 1.5
PATIENCE = 15.0  # seconds in which late events are still waited for
EVENT_ID = re.compile(rb"id: \d+\n")
EVENT = re.compile(rb"id: (\d+)\nevent: entry\n.*\n\n")

type Tell = Callable[[dict[str, Any]], None]


def measure(tell: Tell) -> None:
    on_both(_measure, tell)


@dataclass
class Window:
    """What one window brought: (listener, position) → when it arrived; a listener's text of each position."""

    heard: dict[tuple[int, int], float] = field(default_factory=dict)
    twice: int = 0
    texts: dict[int, bytes] = field(default_factory=dict)
    at: dict[int, float] = field(default_factory=dict)  # position → when it was committed
    spent: float = 0.0  # seconds of processor time of the server

    def spans(self) -> list[float]:
        return sorted(when - self.at[position] for (_who, position), when in self.heard.items() if position in self.at)


class Ear(asyncio.Protocol):
    """One listener: only looks for the positions in what arrives."""

    def __init__(self, window: Window, number: int, request: bytes) -> None:
        self.window, self.number, self.request, self.rest = window, number, request, b""
        self.ready = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        now = time.monotonic()
        if not self.ready.done():
            if b"retry:" not in data:
                return
            self.ready.set_result(None)
        self.rest += data
        end = 0
        for found in EVENT.finditer(self.rest):
            position, end = int(found[1]), found.end()
            key = (self.number, position)
            self.window.twice += key in self.window.heard
            self.window.heard.setdefault(key, now)
            self.window.texts.setdefault(position, found[0])
        if end:
            self.rest = self.rest[end:]

    def connection_lost(self, error: Exception | None) -> None:
        if not self.ready.done():
            self.ready.set_exception(error or ConnectionError("refused"))


def _measure(database: str, tell: Tell) -> None:
    with tempfile.TemporaryDirectory(prefix="fenghuo-bench-") as folder, installation(Path(folder)) as house:
        for words in (("migrate", "-v0"), ("demo", "load")):
            done = house.command(*words)
            assert done.returncode == 0, done.stderr
        people = json.loads(script(house, "bench.live_county", str(LISTENERS)))
        house.start()
        with _writer(house) as writer, _bare(Path(folder) / "told") as bare:
            ours, theirs = [], []
            for _ in range(REPEATS):
                ours.append(asyncio.run(_ours(house, writer, [key for _post, key in people])))
                theirs.append(asyncio.run(_theirs(bare, writer, ours[-1])))
        lost, wrong = _recount(house, ours, [post for post, _key in people])
        house.stop()
    mine, bares = [_figures(one) for one in ours], [_figures(one) for one in theirs]
    ratio = median(a["p99_ms"] for a in mine) / median(b["p99_ms"] for b in bares)
    tell(
        {
            "bench": "live",
            "database": database,
            "listeners": LISTENERS,
            "entries_per_s": [round(len(one.at) / SECONDS, 1) for one in ours],
            "heard": [len(one.heard) for one in ours],
            "ours": mine,
            "bare": bares,
            "lost": lost,
            "wrong": wrong,
            "twice": sum(one.twice for one in ours),
            "p99_ratio": round(ratio, 2),
            "bar": BAR,
            "holds": lost == 0 and wrong == 0 and ratio <= BAR,
        }
    )


def _figures(window: Window) -> dict[str, float]:
    spans = window.spans()
    return {
        "p50_ms": round(spans[len(spans) // 2] * 1000, 1),
        "p99_ms": round(spans[int(len(spans) * 0.99)] * 1000, 1),
        "worst_ms": round(spans[-1] * 1000, 1),
        "server_s": round(window.spent, 2),
    }


async def _ours(house: Installation, writer: "subprocess.Popen[str]", keys: list[str]) -> Window:
    window = Window()
    head = "GET /live/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: sessionid="
    ears = await _listen(house.port, window, [f"{head}{key}\r\n\r\n".encode() for key in keys])
    web = house.child("web")
    before = _spent(web)
    times = await asyncio.to_thread(_write, writer)
    await _until_quiet(window)
    window.spent = _spent(web) - before
    window.at = times
    for ear in ears:
        ear.transport.close()
    return window


async def _theirs(bare: "Bare", writer: "subprocess.Popen[str]", ours: Window) -> Window:
    """The bare one is told the events of `ours` by the writer, each after a commit, for those who heard it."""
    window = Window()
    requests = [f"GET /listen/{number} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode() for number in range(LISTENERS)]
    ears = await _listen(bare.port, window, requests)
    to: dict[int, list[int]] = {}
    for who, position in ours.heard:
        to.setdefault(position, []).append(who)
    bodies = []
    for number, position in enumerate(sorted(to)):
        text = EVENT_ID.sub(b"id: %d\n" % number, ours.texts[position]).decode()
        bodies.append(json.dumps({"text": text, "to": to[position]}))
    bare.file.write_text("\n".join(bodies))
    before = _spent(bare.process.pid)
    times = await asyncio.to_thread(_write, writer, f"{bare.port} {bare.file}")
    await _until_quiet(window)
    window.spent = _spent(bare.process.pid) - before
    window.at = {number: at for number, at in times.items() if number < len(bodies)}
    for ear in ears:
        ear.transport.close()
    return window


async def _listen(port: int, window: Window, requests: list[bytes]) -> list[Ear]:
    loop = asyncio.get_running_loop()
    ears = []
    for number, request in enumerate(requests):
        ear = Ear(window, number, request)
        await loop.create_connection(lambda ear=ear: ear, "127.0.0.1", port)  # type: ignore[misc]
        ears.append(ear)
    async with asyncio.timeout(60):
        await asyncio.gather(*(ear.ready for ear in ears))
    return ears


async def _until_quiet(window: Window) -> None:
    """Until nothing has arrived for a second."""
    end, heard = time.monotonic() + PATIENCE, -1
    while len(window.heard) != heard and time.monotonic() < end:
        heard = len(window.heard)
        await asyncio.sleep(1.0)


def _recount(house: Installation, windows: list[Window], posts: list[int]) -> tuple[int, int]:
    """(lost, wrong) over all windows; and commits, which were told by entry, are put down by position."""
    lost = wrong = 0
    for window in windows:
        positions = [position for _who, position in window.heard]
        words = ("bench.live_recount", str(min(positions)), str(max(positions)))
        told = json.loads(script(house, *words, given=json.dumps(posts)))
        entries = {int(position): entry for position, entry in told["entries"].items()}
        at = {position: window.at[entry] for position, entry in entries.items() if entry in window.at}
        wanted = {(who, position) for who, seen in enumerate(told["heard"]) for position in seen if position in at}
        heard = {key for key in window.heard if key[1] in at}
        lost, wrong = lost + len(wanted - heard), wrong + len(heard - wanted)
        window.at = at
    return lost, wrong


def script(house: Installation, *words: str, given: str = "") -> str:
    """Run a module in the house's environment; the last line that it printed."""
    done = subprocess.run(
        [sys.executable, "-m", *words], env=house.environment, input=given, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]


@contextmanager
def _writer(house: Installation) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.live_writer"],
        env=house.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _write(writer: "subprocess.Popen[str]", bare: str = "") -> dict[int, float]:
    assert writer.stdin is not None
    assert writer.stdout is not None
    writer.stdin.write(f"{SECONDS} {RATE} {bare}\n")
    writer.stdin.flush()
    return {int(entry): at for entry, at in json.loads(writer.stdout.readline()).items()}


@dataclass(frozen=True)
class Bare:
    port: int
    process: "subprocess.Popen[bytes]"
    file: Path  # what it is to be told


@contextmanager
def _bare(file: Path) -> Iterator[Bare]:
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "bench.peer.fanout", str(port)])
    time.sleep(2)
    try:
        yield Bare(port, process, file)
    finally:
        process.terminate()
        process.wait(10)


def _spent(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
