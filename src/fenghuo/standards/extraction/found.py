"""What was found in a text, with the words it came from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found[T]:
    """A guess. `words` is text[start:end]; `confidence` runs from 0 to 1 and is an order, not a probability."""

    value: T
    words: str
    start: int
    end: int
    confidence: float
