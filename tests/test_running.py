"""`fenghuo run`: one process tree that starts by itself, ends within seconds and leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.installation import PASSWORD, Installation, installation
from tests.messages import message

pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installation(tmp_path_factory.mktemp("house")) as made:
        made.first_administrator()
        yield made


def running(house: Installation) -> None:
    """Started, unless the test before left it running."""
    if house.process is None:
        house.start()


def signed_in(house: Installation) -> httpx.Client:
    client = httpx.Client(base_url=house.url, timeout=30, follow_redirects=True)
    client.get("/accounts/login/")
    token = client.cookies["csrftoken"]
    given = {"login": "admin", "password": PASSWORD, "csrfmiddlewaretoken": token}
    answer = client.post("/accounts/login/", data=given)
    assert answer.url.path == "/", answer.text[:500]
    return client


def alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False


def gone(pids: list[int], seconds: float = 15) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not any(alive(pid) for pid in pids):
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("wanted", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_within_seconds_with_open_streams(house: Installation, wanted: int) -> None:
    running(house)
    assert house.process is not None
    children = house.children()
    ended = [threading.Event() for _ in range(10)]
    opened = [threading.Event() for _ in range(10)]
    cookies = dict(signed_in(house).cookies)

    def listen(number: int) -> None:
        try:
            with httpx.stream("GET", f"{house.url}/live/", cookies=cookies, timeout=60) as stream:
                assert stream.status_code == 200
                opened[number].set()
                for _part in stream.iter_bytes():
                    pass
        except httpx.HTTPError:
            pass
        finally:
            ended[number].set()

    threads = [threading.Thread(target=listen, args=(number,), daemon=True) for number in range(10)]
    for thread in threads:
        thread.start()
    assert all(event.wait(30) for event in opened)
    house.process.send_signal(wanted)
    assert house.process.wait(10) == 0
    assert gone(children)
    assert all(event.wait(10) for event in ended)
    house.process = None


def test_the_death_of_the_parent_ends_the_children(house: Installation) -> None:
    running(house)
    assert house.process is not None
    children = house.children()
    os.kill(house.process.pid, signal.SIGKILL)
    house.process.wait(10)
    house.process = None
    assert gone(children)


def test_a_dead_child_is_started_again(house: Installation) -> None:
    running(house)
    before = house.children()
    assert len(before) == 3
    os.kill(before[1], signal.SIGKILL)
    end = time.monotonic() + 30
    while len(there := house.children()) < 3 or set(there) & set(before) != {before[0], before[2]}:
        assert time.monotonic() < end
        time.sleep(0.05)
    house.wait_until_ready()


def test_a_posted_report_is_told_live_to_those_who_may_see_it(house: Installation) -> None:
    running(house)
    key = house.key()
    client = signed_in(house)
    with client.stream("GET", "/live/", timeout=60) as stream:
        lines = stream.iter_lines()
        assert next(lines) == "retry: 2000"
        headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": "live-1"}
        posted = httpx.post(f"{house.url}/api/v1/reports", json=message(source_id="live-1"), headers=headers)
        assert posted.status_code == 201, posted.text
        told = next(line for line in lines if line.startswith("data: "))
    assert f'"records": [{posted.json()["id"]}]' in told
    assert '"report.received"' in told
    stranger = httpx.get(f"{house.url}/live/")
    assert stranger.status_code == 401


def test_it_refuses_what_cannot_be_served(house: Installation) -> None:
    running(house)
    key = house.key()
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json", "Idempotency-Key": "big"}
    big = httpx.post(f"{house.url}/api/v1/reports", content=b"x" * 300_000, headers=headers)
    assert big.status_code == 413
    assert big.json()["quarantine"].startswith("Q")
    other = httpx.post(f"{house.url}/accounts/login/", content=b"x" * 300_000)
    assert other.status_code == 413
    assert other.headers["content-type"] == "application/problem+json"
    chunked = httpx.post(f"{house.url}/api/v1/reports", content=iter([b"y" * 100_000] * 4), headers=headers)
    assert chunked.status_code == 413
    assert httpx.get(f"{house.url}/static/../settings.py").status_code == 404
    # Somebody who leaves in the middle of a report harms nobody.
    with socket.create_connection(("127.0.0.1", house.port)) as raw:
        raw.sendall(b"POST /api/v1/reports HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 500\r\n\r\n{")
    assert httpx.get(f"{house.url}/healthz").status_code == 200


def test_a_port_in_use_is_named(house: Installation) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        said = house.command("run", "--port", port)
    assert said.returncode == 1
    assert port in said.stderr
    assert "Traceback" not in said.stderr


def test_killed_during_the_very_first_start_the_next_one_heals(tmp_path: Path) -> None:
    for moment in (0.4, 2.4, 4.0):
        with installation(tmp_path / f"at-{moment}") as fresh:
            fresh.start("--demo", wait=False)
            time.sleep(moment)
            assert fresh.process is not None
            fresh.process.kill()
            fresh.process.wait(10)
            fresh.process = None
            done = fresh.command("migrate", "-v0")
            assert done.returncode == 0, done.stderr
            assert fresh.verify()["ok"]


def test_durability_is_what_was_promised(house: Installation) -> None:
    """Asked of the connection as the services have it."""
    script = (
        "import django; django.setup(); from django.db import connection as c\n"
        "k = c.cursor(); sqlite = c.vendor == 'sqlite'\n"
        "for name in (['synchronous', 'recursive_triggers'] if sqlite else ['fsync', 'synchronous_commit']):\n"
        "    k.execute(('PRAGMA ' if sqlite else 'SHOW ') + name); print(k.fetchone()[0])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], env=house.environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == (["on", "on"] if house.database_url else ["2", "1"])
