"""The graph of before serves until the new one is whole: another process never gets an answer without roads."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from fenghuo.geo.roads.tests.town import random_town
from fenghuo.kernel.maps.roads import build_roads

SETTINGS = {"DJANGO_SETTINGS_MODULE": "fenghuo.config.settings"}


def test_a_process_that_asks_all_the_time_has_roads_all_the_time(tmp_path: Path, settings: Any) -> None:
    settings.MAPS = tmp_path / "data" / "maps"

    def build(seed: int) -> None:
        build_roads(random_town(seed).write(tmp_path / f"town{seed}.osm"), lambda _what, _n: None)

    build(5)
    words = [sys.executable, "-m", "fenghuo.kernel.maps.tests.serving", "300"]
    given = os.environ | SETTINGS | {"FENGHUO_DATA": str(tmp_path / "data")}
    said: list[dict[str, Any]] = []
    with subprocess.Popen(words, env=given, stdout=subprocess.PIPE, text=True) as asking:
        assert asking.stdout is not None
        for seed in (5, 7, 9, 5):
            if said:
                build(seed)
            while not said or said[-1]["source"] != f"town{seed}.osm":  # until it has seen this one
                said.append(json.loads(asking.stdout.readline()))
        asking.kill()
    assert not any(one["estimate"] for one in said)
    assert len({(one["source"], one["seconds"]) for one in said}) == 3  # each graph has one answer, never a mixture
    assert len(list(settings.MAPS.glob("roads-*"))) == 1
