from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _own_list(tmp_path: Path, settings: Any) -> None:
    """The list of orders is a file beside the database: each test has its own."""
    settings.DESTRUCTION_ORDERS = tmp_path / "orders.json"
