"""What this machine does in a second: to read other figures by."""

import hashlib
import os
import time
from pathlib import Path
from typing import Any


def figures(folder: Path) -> dict[str, Any]:
    """sha256_per_s: of 1 KiB in one thread; fsync_per_s: 4 KiB appended and synced where results are kept."""
    return {"cores": os.cpu_count(), "sha256_per_s": _hashes(), "fsync_per_s": _syncs(folder / ".calibration")}


def _hashes() -> int:
    block, count, end = b"x" * 1024, 0, time.perf_counter() + 1.0
    while time.perf_counter() < end:
        hashlib.sha256(block).digest()
        count += 1
    return count


def _syncs(path: Path) -> int:
    count = 0
    with path.open("wb") as file:
        end = time.perf_counter() + 1.0
        while time.perf_counter() < end:
            file.write(b"x" * 4096)
            file.flush()
            os.fsync(file.fileno())
            count += 1
    path.unlink()
    return count
