"""Merkle trees as RFC 9162 (and RFC 6962) build them: leaves and nodes are told apart by their first byte."""

from collections.abc import Sequence

from .hashing import Digest

LEAF, NODE = b"\x00", b"\x01"


def leaf(digest: Digest, content: bytes) -> bytes:
    return digest(LEAF + content)


def root(digest: Digest, leaves: Sequence[bytes]) -> bytes:
    """The root over at least one leaf. A node without a neighbour goes up as it is."""
    level = list(leaves)
    while len(level) > 1:
        level = _up(digest, level)
    return level[0]


def path(digest: Digest, leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The neighbours from the leaf at `index` up to the root, lowest first; where there is none, nothing stands."""
    level, found = list(leaves), []
    while len(level) > 1:
        if (beside := index ^ 1) < len(level):
            found.append(level[beside])
        level, index = _up(digest, level), index // 2
    return found


def _up(digest: Digest, level: list[bytes]) -> list[bytes]:
    pairs = zip(level[::2], level[1::2], strict=False)
    above = [digest(NODE + left + right) for left, right in pairs]
    return above + level[-1:] if len(level) % 2 else above
