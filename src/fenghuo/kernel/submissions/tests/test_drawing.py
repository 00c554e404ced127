"""The docs show the tables as they are."""

from pathlib import Path

from fenghuo.kernel.submissions.drawing import drawn

PAGE = Path(__file__).parents[5] / "docs/algorithms/submissions.md"


def test_the_page_shows_the_data() -> None:
    assert drawn() in PAGE.read_text(encoding="utf-8"), "run scripts/draw_submissions.py"
