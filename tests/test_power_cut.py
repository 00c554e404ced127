"""kill -9 of everything in the middle of 2,000 posts: no acknowledged report is lost and the journal stays clean."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.installation import Installation, installation
from tests.messages import message

POSTS, KILL_AFTER, CLIENTS = 2000, 700, 8

pytestmark = pytest.mark.server


def test_no_acknowledged_report_is_lost(tmp_path: Path) -> None:
    with installation(tmp_path) as house:
        house.first_administrator()
        key = house.key()
        house.start()
        sent = {f"k{number}": message(source_id=f"cut-{number}") for number in range(POSTS)}
        acknowledged = _post_until_killed(house, key, sent)
        assert KILL_AFTER <= len(acknowledged) < POSTS
        assert house.verify()["ok"]

        house.start()
        with (
            httpx.Client(base_url=house.url, headers={"Authorization": f"Bearer {key}"}, timeout=30) as client,
            ThreadPoolExecutor(CLIENTS) as pool,
        ):

            def post(once: str) -> httpx.Response:
                return client.post("/api/v1/reports", json=sent[once], headers={"Idempotency-Key": once})

            for (once, body), again in zip(acknowledged.items(), pool.map(post, acknowledged), strict=True):
                assert again.status_code == 200, (once, again.text)
                assert again.content == body
            lost = set(sent) - set(acknowledged)
            for answer in pool.map(post, list(lost)[:50]):
                assert answer.status_code in {200, 201}, answer.text
        house.stop()
        verdict = house.verify()
        assert verdict["ok"], verdict


def _post_until_killed(house: Installation, key: str, sent: dict[str, dict[str, object]]) -> dict[str, bytes]:
    acknowledged: dict[str, bytes] = {}
    enough, lock = threading.Event(), threading.Lock()
    waiting = iter(sent.items())

    def client() -> None:
        with httpx.Client(base_url=house.url, headers={"Authorization": f"Bearer {key}"}, timeout=30) as http:
            while True:
                with lock:
                    once, content = next(waiting, ("", {}))
                if not once:
                    return
                try:
                    answer = http.post("/api/v1/reports", json=content, headers={"Idempotency-Key": once})
                except httpx.HTTPError:
                    return  # the house is gone
                assert answer.status_code == 201, answer.text
                with lock:
                    acknowledged[once] = answer.content
                    if len(acknowledged) >= KILL_AFTER:
                        enough.set()

    with ThreadPoolExecutor(CLIENTS) as pool:
        running = [pool.submit(client) for _ in range(CLIENTS)]
        assert enough.wait(120)
        house.kill_all()
        for one in running:
            one.result(60)
    return acknowledged
