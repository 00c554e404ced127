from collections.abc import Iterator

import pytest

from fenghuo.kernel.clocks.rulebook import forget, touched_file


@pytest.fixture(autouse=True)
def as_shipped() -> Iterator[None]:
    """Rules that a test set are gone with its transaction; what processes remember of them must go too."""
    yield
    touched_file().unlink(missing_ok=True)
    forget()
