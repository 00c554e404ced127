"""The graph of before serves until the new one is whole: another process never gets an answer without roads."""

import json
import os
import subprocess
import sys
from pathlib import Path

from fenghuo.geo.roads.tests.town import random_town

SETTINGS = {"DJANGO_SETTINGS_MODULE": "fenghuo.config.settings"}


def test_a_process_that_asks_all_the_time_has_roads_all_the_time(tmp_path: Path) -> None:
    given = os.environ | SETTINGS | {"FENGHUO_DATA": str(tmp_path / "data")}

    def build(seed: int) -> None:
        file = random_town(seed).write(tmp_path / f"town{seed}.osm")
        words = [sys.executable, "-m", "fenghuo.config.cli", "map", "build", str(file), "--roads-only", "--json"]
        subprocess.run(words, env=given, check=True, capture_output=True)

    build(5)
    words = [sys.executable, "-m", "fenghuo.kernel.maps.tests.serving", "60"]
    with subprocess.Popen(words, env=given, stdout=subprocess.PIPE, text=True) as asking:
        assert asking.stdout is not None
        first = json.loads(asking.stdout.readline())
        for seed in (7, 9, 5):
            build(seed)
        said = [first]
        while said[-1]["source"] != "town5.osm" or len({one["source"] for one in said}) < 3:
            said.append(json.loads(asking.stdout.readline()))
        asking.kill()
    assert not any(one["estimate"] for one in said)
    assert {one["source"] for one in said} == {"town5.osm", "town7.osm", "town9.osm"}
    times = {(one["source"], one["seconds"]) for one in said}
    assert len(times) == 3  # each graph has one answer, never a mixture
    assert len(list((tmp_path / "data/maps").glob("roads-*"))) == 1
