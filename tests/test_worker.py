"""The worker's threads: one that breaks is logged, started again, and ends when the worker does."""

import logging
import threading

import pytest

from fenghuo.config.server.worker import keep_running


def test_a_loop_that_breaks_is_started_again(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    stop, runs = threading.Event(), []

    def loop() -> None:
        runs.append(1)
        if len(runs) < 3:
            raise LookupError("broken")
        stop.set()

    monkeypatch.setattr(stop, "wait", lambda _seconds: False)
    with caplog.at_level(logging.ERROR):
        keep_running("outbox", loop, stop)
    assert len(runs) == 3
    assert [record.getMessage() for record in caplog.records] == ["the outbox broke; starting it again"] * 2
