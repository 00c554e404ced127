"""The web process's end of the line to the writer of reports: who waits is answered, whatever becomes of the writer."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from fenghuo.gateway import lane as lanes
from fenghuo.gateway.intake import Request, Response
from fenghuo.gateway.lane import IntakeLane
from fenghuo.gateway.wire import ASKED, pack_response, read_request

type Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
STORED = Response(201, '{"id": 1}')


def answers(serve: Serve | None, address: Path, posts: int = 1) -> list[tuple[int, dict[bytes, bytes], Any]]:
    """What so many posts at once are answered by a lane whose writer is `serve`, called for each line."""

    async def run() -> list[tuple[int, dict[bytes, bytes], Any]]:
        server = await asyncio.start_unix_server(serve, str(address)) if serve is not None else None
        lane = IntakeLane(str(address))
        told = await asyncio.gather(*(post(lane, f"k{number}") for number in range(posts)))
        await lane.close()
        if server is not None:
            server.close()
        return told

    return asyncio.run(run())


async def post(lane: IntakeLane, key: str) -> tuple[int, dict[bytes, bytes], Any]:
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"{}", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"authorization", b"Bearer x"), (b"idempotency-key", key.encode())]
    await lane({"type": "http", "headers": headers, "client": ("10.0.0.1", 5)}, receive, send)
    start, body = sent
    return start["status"], dict(start["headers"]), json.loads(body["body"])


async def requests(reader: asyncio.StreamReader, count: int) -> list[tuple[int, Request]]:
    come = bytearray()
    found: list[tuple[int, Request]] = []
    while len(found) < count:
        part = await reader.read(1000)
        assert part
        come += part
        found += [(number, read_request(parts)) for number, parts in ASKED.unpack(come)]
    return found


def test_each_is_told_its_own_answer_in_whatever_order(tmp_path: Path) -> None:
    async def backwards(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for number, request in reversed(await requests(reader, 5)):
            writer.write(pack_response(number, Response(201, json.dumps(request.key))))

    assert [body for _status, _headers, body in answers(backwards, tmp_path / "s", 5)] == [f"k{n}" for n in range(5)]


def test_a_writer_that_dies_is_asked_again_with_the_same_words(tmp_path: Path) -> None:
    heard: list[list[Request]] = []

    async def dies_once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = await requests(reader, 3)
        heard.append([request for _number, request in asked])
        if len(heard) == 1:
            writer.close()
            return
        for number, _request in asked:
            writer.write(pack_response(number, STORED))

    assert [status for status, _headers, _body in answers(dies_once, tmp_path / "s", 3)] == [201] * 3
    assert heard[0] == heard[1]


def test_one_that_dies_of_it_again_is_not_asked_a_third_time(tmp_path: Path) -> None:
    lines = []

    async def dies(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines.append(await requests(reader, 1))
        writer.close()

    [(status, headers, body)] = answers(dies, tmp_path / "s")
    assert (status, headers[b"retry-after"], body["type"]) == (503, b"5", "urn:fenghuo:problem:not-available")
    assert len(lines) == 2


@pytest.mark.parametrize("there", [True, False])
def test_nobody_waits_for_ever(there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "PATIENCE", 0.3)

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)

    [(status, headers, body)] = answers(silent if there else None, tmp_path / "s")
    assert (status, headers[b"retry-after"]) == (503, b"5")
    assert "Idempotency-Key" in body["detail"]


def test_how_long_the_oldest_has_waited_can_be_asked(tmp_path: Path) -> None:
    async def run() -> None:
        lane = IntakeLane(str(tmp_path / "s"))
        assert lane.waited() is None
        waiting = asyncio.ensure_future(post(lane, "k"))
        await asyncio.sleep(0)
        first = lane.waited()
        assert first is not None
        await asyncio.sleep(0.01)
        assert (lane.waited() or timedelta(0)) > first
        await lane.close(patience=0)
        waiting.cancel()

    asyncio.run(run())


def test_more_than_can_wait_are_sent_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "MOST_WAITING", 2)

    async def two(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for number, _request in await requests(reader, 2):
            writer.write(pack_response(number, STORED))

    told = answers(two, tmp_path / "s", 3)
    assert [status for status, _headers, _body in told] == [201, 201, 503]
    assert told[2][1][b"retry-after"] == b"2"
