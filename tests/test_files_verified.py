"""fenghuo files verify names what is missing or changed, and whose it is."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from fenghuo.kernel.documents import store
from fenghuo.kernel.documents.services import bring_file
from tests.county import County


def verified(*words: str) -> tuple[int, str]:
    said = StringIO()
    try:
        call_command("files", "verify", *words, stdout=said)
    except SystemExit as end:
        return int(str(end.code)), said.getvalue()
    return 0, said.getvalue()


@pytest.mark.parametrize("quick", [(), ("--quick",)])
def test_missing_and_changed_files_are_named(county: County, tmp_path: Path, settings: Any, quick: tuple[str]) -> None:
    settings.MEDIA_ROOT = tmp_path / "attachments"
    clerk = county.actor("a", "clerk")
    one, other = (
        bring_file(county.units["a"].record, [said], "a.txt", by=clerk) for said in (b"one plan", b"other plan")
    )
    assert verified(*quick) == (0, "2 files, 0 missing, 0 changed\n")
    store.path_of(one.content_id).unlink()
    store.path_of(other.content_id).write_bytes(b"other plan, changed")
    code, said = verified(*quick)
    assert code == 1
    assert f"missing  {one.content_id}  610118007000" in said
    assert f"changed  {other.content_id}  610118007000" in said
