"""While developing: has the package changed since it was last looked at?"""

import time
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2]
ENDINGS = {".py", ".html", ".mo", ".csv"}


class Watch:
    def __init__(self) -> None:
        self._seen = self._newest()
        self._looked = time.monotonic()

    def changed(self) -> bool:
        """Looks at most once a second."""
        if time.monotonic() - self._looked < 1.0:
            return False
        self._looked = time.monotonic()
        before, self._seen = self._seen, self._newest()
        return before != self._seen

    def _newest(self) -> float:
        return max(path.stat().st_mtime for path in PACKAGE.rglob("*") if path.suffix in ENDINGS)
