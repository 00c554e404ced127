"""The writer of reports is a process of its own: its death in the middle of posts is felt by nobody."""

import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.installation import installation
from tests.messages import message

POSTS, CLIENTS = 600, 8

pytestmark = pytest.mark.server


def test_killed_in_the_middle_of_posts_nobody_is_refused_and_nothing_is_twice(tmp_path: Path) -> None:
    with installation(tmp_path) as house:
        house.first_administrator()
        key = house.key()
        house.start()
        done = threading.Semaphore(0)
        with (
            httpx.Client(base_url=house.url, headers={"Authorization": f"Bearer {key}"}, timeout=60) as client,
            ThreadPoolExecutor(CLIENTS) as pool,
        ):

            def post(number: int) -> httpx.Response:
                content = message(source_id=f"w-{number}")
                answer = client.post("/api/v1/reports", json=content, headers={"Idempotency-Key": f"w-{number}"})
                done.release()
                return answer

            told = [pool.submit(post, number) for number in range(POSTS)]
            for _ in range(2):
                for _answer in range(150):
                    assert done.acquire(timeout=60)
                os.kill(house.child("intake"), signal.SIGKILL)
            answers = [one.result(60) for one in told]
        # 200: it was stored, and the writer died before it could say so.
        assert {answer.status_code for answer in answers} <= {200, 201}, [a.text for a in answers if a.is_error]
        assert len({answer.json()["number"] for answer in answers}) == POSTS
        house.stop()
        verdict = house.verify()
        assert verdict["ok"], verdict
