"""How long a graph takes to build, and how much memory, in a process of its own.

`python -m bench.roads_build FILE`: one JSON line. `built_mb`: the most memory above what the process had before.
"""

import json
import resource
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any, Self


def build_alone(extract: Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.roads_build", str(extract)], capture_output=True, text=True, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _built(extract: Path) -> dict[str, Any]:
    from fenghuo.geo.roads.access import shipped
    from fenghuo.geo.roads.graph import build_graph, load_graph, save_graph
    from fenghuo.geo.roads.snapping import snap
    from fenghuo.geo.roads.tests.town import random_town

    with tempfile.TemporaryDirectory(prefix="fenghuo-bench-") as home:
        build_graph(random_town(1).write(Path(home) / "warm.osm"), shipped())  # what is compiled is compiled
        with Watched() as memory:
            begun = time.perf_counter()
            graph = build_graph(extract, shipped())
            built = time.perf_counter() - begun
            save_graph(graph, Path(home) / "roads")
        size = sum(path.stat().st_size for path in (Path(home) / "roads").iterdir())
        begun = time.perf_counter()
        loaded = load_graph(Path(home) / "roads")
        south, west, north, east = loaded.bounds
        snap(loaded, "car", (south + north) / 2, (west + east) / 2)
        ready = time.perf_counter() - begun
    return {
        "build_s": round(built, 2),
        "built_mb": round(memory.most, 1),
        "disk_mb": round(size / 1e6, 2),
        "load_ms": round(1000 * ready, 1),
    }


class Watched:
    """`most`: megabytes that the process came to have more than at the beginning, looked at every five milliseconds.

    The system's own mark of the most does not do: compiling has raised it before.
    """

    def __enter__(self) -> Self:
        self.most, self._before, self._over = 0.0, _now(), threading.Event()
        self._looking = threading.Thread(target=self._look)
        self._looking.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._looking.join()

    def _look(self) -> None:
        while not self._over.wait(0.005):
            self.most = max(self.most, _now() - self._before)


def _now() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 2**20


if __name__ == "__main__":
    print(json.dumps(_built(Path(sys.argv[1]))))
