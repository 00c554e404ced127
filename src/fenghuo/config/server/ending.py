"""How a child learns that its parent has died."""

import os
from collections.abc import Callable


def tell_at_end(pipe: int, told: Callable[[], None]) -> None:
    """Wait, in a thread of its own. The parent alone holds the other end: end of file means that it has died."""
    os.read(pipe, 1)
    told()
