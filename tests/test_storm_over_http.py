"""The night of storms through the doors of a running Fenghuo: replayed, settled and joined over HTTP alone."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.utils import timezone

from fenghuo.config.demo.storm import COUNT, EVENTS, NONSENSE, Place, night
from fenghuo.kernel.registry.demo.places import rows_of
from tests.installation import installation

# On PostgreSQL the same night goes through the services (test_storm.py).
ON_POSTGRESQL = os.environ.get("DATABASE_URL", "").startswith("postgres")
pytestmark = [pytest.mark.server, pytest.mark.skipif(ON_POSTGRESQL, reason="a minute of the same doors")]


def test_a_replayed_night_becomes_as_many_incidents_as_there_were_events(tmp_path: Path) -> None:
    with installation(tmp_path / "storm") as made:
        made.start("--demo")
        done = made.command("replay", "--url", made.url)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout) == {"answers": {"201": COUNT}}
        key = made.key("intake.write", "incidents.read", "incidents.write")
        with httpx.Client(
            base_url=f"{made.url}/api/v1", headers={"Authorization": f"Bearer {key}"}, timeout=60
        ) as desk:
            before = len(list(every(desk, "/incidents")))
            reports = {
                one["source_id"]: one["id"] for one in every(desk, "/reports") if one["source_id"].startswith("STORM-")
            }
            incidents: dict[int, str] = {}
            for number, event in truth().items():
                settle(desk, reports[f"STORM-{number:04d}"], event, incidents)
            assert len(incidents) == EVENTS
            assert len(list(every(desk, "/incidents"))) - before == EVENTS
            states = [one["state"] for one in every(desk, "/reports") if one["source_id"] in reports]
            assert {state: states.count(state) for state in set(states)} == {
                "joined": len(reports) - NONSENSE,
                "dismissed": NONSENSE,
            }
        assert made.verify()["ok"]
        made.stop()


def truth() -> dict[int, int | None]:
    """Which event each call tells of. The same night, whatever its places are called."""
    towns = [Place(row["code"], 34.0, 108.6) for row in rows_of("towns.csv")]
    return {one.number: one.event for one in night(towns, timezone.now()) if one.adds_to is None}


def settle(desk: httpx.Client, report: int, event: int | None, incidents: dict[int, str]) -> None:
    if event is None:
        answer = desk.post(f"/reports/{report}/dismiss", json={"reason": "advice"})
    elif event in incidents:
        answer = desk.post(f"/incidents/{incidents[event]}/join_report", json={"report": report})
    else:
        answer = desk.post("/incidents", json={"reports": [report]})
        incidents[event] = answer.json().get("number", "")
    assert answer.status_code in (200, 201), answer.text


def every(desk: httpx.Client, path: str) -> Iterator[dict[str, Any]]:
    cursor: str | None = ""
    while cursor is not None:
        answer = desk.get(path, params={"limit": 200} | ({"cursor": cursor} if cursor else {}))
        assert answer.status_code == 200, answer.text
        yield from answer.json()["items"]
        cursor = answer.json()["next"]
