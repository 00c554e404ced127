"""Looking on at an installation from outside without a new process for each look."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tests.installation import Installation


@contextmanager
def asking(house: Installation, module: str) -> Iterator[Callable[[], dict[str, Any]]]:
    """`python -m MODULE answer` in the house's environment; each call gives what stands there now."""
    command = [sys.executable, "-m", module, "answer"]
    with subprocess.Popen(
        command, env=house.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        asked, answers = process.stdin, process.stdout

        def ask() -> dict[str, Any]:
            asked.write("\n")
            asked.flush()
            said: dict[str, Any] = json.loads(answers.readline())
            return said

        yield ask
        asked.close()


def answer(look: Callable[[], Any]) -> None:
    """In that process: an answer for each line, until there are no more."""
    for _line in sys.stdin:
        print(json.dumps(look()), flush=True)
