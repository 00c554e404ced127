"""Draw the tables of docs/algorithms/submissions.md anew from the data: python scripts/draw_submissions.py"""

import os
import re
from pathlib import Path

import django

PAGE = Path(__file__).parent.parent / "docs/algorithms/submissions.md"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fenghuo.config.settings")
    django.setup()
    from fenghuo.kernel.submissions.drawing import BEGIN, END, drawn

    text = PAGE.read_text(encoding="utf-8")
    found = re.compile(f"{re.escape(BEGIN)}.*{re.escape(END)}", re.DOTALL)
    PAGE.write_text(found.sub(lambda _old: drawn(), text), encoding="utf-8")


if __name__ == "__main__":
    main()
