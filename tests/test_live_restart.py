"""A whole server: started again it tells what its listeners had not heard; one that stands still harms nobody."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.installation import PASSWORD, Installation, installation
from tests.messages import message

pytestmark = pytest.mark.server
STOPPED = """import socket, sys, time
s = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
s.sendall(b"GET /live/ HTTP/1.1\\r\\nHost: 127.0.0.1\\r\\nCookie: sessionid=" + sys.argv[2].encode() + b"\\r\\n\\r\\n")
got = b""
while b"retry:" not in got:
    got += s.recv(4096)
print("listening", flush=True)
while s.recv(4096):
    pass"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installation(tmp_path_factory.mktemp("house")) as made:
        made.first_administrator()
        made.start()
        yield made
        made.stop()


def sign_in(house: Installation) -> httpx.Client:
    client = httpx.Client(base_url=house.url, timeout=60, follow_redirects=True)
    client.get("/accounts/login/")
    given = {"login": "admin", "password": PASSWORD, "csrfmiddlewaretoken": client.cookies["csrftoken"]}
    client.post("/accounts/login/", data=given)
    return client


def report(house: Installation, key: str, name: str) -> int:
    headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": name}
    answer = httpx.post(f"{house.url}/api/v1/reports", json=message(source_id=name), headers=headers, timeout=60)
    assert answer.status_code == 201, answer.text
    return int(answer.json()["id"])


def hear(client: httpx.Client, last: int, wanted: int) -> tuple[int, list[int]]:
    """The stream after `last` until the record `wanted`: its position, and the reports told of so far."""
    told: list[int] = []
    with client.stream("GET", "/live/", headers={"Last-Event-ID": str(last)}) as stream:
        assert stream.status_code == 200
        position = 0
        for line in stream.iter_lines():
            if line.startswith("id: "):
                position = int(line[4:])
            elif line.startswith("data: {") and '"report.received"' in line:
                told.append(json.loads(line[6:])["records"][0])
                if wanted in told:
                    return position, told
    raise AssertionError("the stream ended")


def test_killed_and_started_again_it_goes_on_where_each_listener_was(house: Installation) -> None:
    key, client = house.key(), sign_in(house)
    first = report(house, key, "first")
    position, _told = hear(client, 0, first)
    missed = [report(house, key, f"missed-{number}") for number in range(3)]
    house.kill_all()
    house.start()
    later = report(house, key, "later")
    again, told = hear(client, position, later)
    assert told == [*missed, later]
    assert again > position


def test_a_client_that_was_stopped_neither_slows_others_nor_fills_the_server(house: Installation) -> None:
    key, client = house.key(), sign_in(house)
    words = [sys.executable, "-c", STOPPED, str(house.port), client.cookies["sessionid"]]
    stopped = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    try:
        assert stopped.stdout is not None
        assert stopped.stdout.readline() == "listening\n"
        first = report(house, key, "before")
        position, _told = hear(client, 0, first)
        os.kill(stopped.pid, signal.SIGSTOP)
        before = memory(house)
        wanted = [report(house, key, f"while-{number}") for number in range(60)]
        _position, told = hear(client, position, wanted[-1])
        assert told == wanted
        assert memory(house) < before * 1.5
        os.kill(stopped.pid, signal.SIGCONT)
        assert httpx.get(f"{house.url}/healthz").status_code == 200
    finally:
        stopped.kill()
        stopped.wait()


def memory(house: Installation) -> int:
    """kB of all children."""
    return sum(_resident(pid) for pid in house.children())


def _resident(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0])
