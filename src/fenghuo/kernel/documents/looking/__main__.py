"""One question about one file, answered as a line of JSON; limits are set before the file is opened."""

import json
import sys
from pathlib import Path
from typing import Any

from .limits import CHILD


def confine() -> None:
    """Not everywhere are there such limits; the caller ends what takes too long in any case."""
    try:
        import resource
    except ImportError:
        return
    for name, most in (
        ("RLIMIT_DATA", CHILD.data_bytes),
        ("RLIMIT_CPU", CHILD.cpu_s),
        ("RLIMIT_FSIZE", CHILD.written_bytes),
        ("RLIMIT_CORE", 0),
        ("RLIMIT_NOFILE", 64),
    ):
        what = getattr(resource, name, None)
        if what is not None:
            hard = resource.getrlimit(what)[1]
            fits = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(what, (fits, fits))


def answer(words: list[str]) -> Any:
    match words:
        case ["check", "application/pdf", path, out, thumb]:
            from . import pdf

            return pdf.check(Path(path), Path(out), Path(thumb))
        case ["check", "ole", path, *_]:
            from . import ole

            return ole.check(Path(path))
        case ["check", "zip", path, *_]:
            from . import office

            return office.check(Path(path))
        case ["zip", path]:
            from .office import known_by

            return known_by(Path(path))
        case ["draw", path, first, end, folder]:
            from .pages import draw

            return draw(Path(path), int(first), int(end), Path(folder))
        case ["words", kind, path]:
            from .words import blocks_of

            return blocks_of(Path(path), kind)
        case _:
            raise SystemExit(64)


if __name__ == "__main__":
    confine()
    json.dump(answer(sys.argv[1:]), sys.stdout, ensure_ascii=True)
