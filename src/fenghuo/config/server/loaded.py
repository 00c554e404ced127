"""What a process has loaded stays to its end: the collector need not walk it again and again while reports wait."""

import gc


def keep_what_is_loaded() -> None:
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
