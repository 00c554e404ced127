"""A map drawn for paper, here and not in the browser: sharp on every printer, the same for all, without scripts."""

from .drawing import Drawing, Mark, Restricted, draw
from .frames import Frame, frame_around

__all__ = ["Drawing", "Frame", "Mark", "Restricted", "draw", "frame_around"]
