"""The example of docs/algorithms/seals.md, carried out as it stands there, and compared with what the code makes."""

import re
import subprocess
from pathlib import Path

import pytest

from fenghuo.kernel.journal import merkle
from fenghuo.kernel.journal.canonical import canonical, commitment
from fenghuo.kernel.journal.hashing import digest_of
from fenghuo.kernel.journal.headers import BEGINNING, Header
from fenghuo.kernel.journal.sealing import leaf_content

PAGE = (Path(__file__).parents[5] / "docs/algorithms/seals.md").read_text()
BLOCKS = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
COMMANDS = [pair for block in BLOCKS for pair in re.findall(r"^(.+?)\n# ([0-9a-f]{64})$", block, re.MULTILINE)]


@pytest.mark.parametrize(("command", "result"), COMMANDS, ids=[result[:8] for _command, result in COMMANDS])
def test_each_command_gives_what_stands_under_it(command: str, result: str) -> None:
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout.split()[0] == result


def test_the_code_makes_the_same() -> None:
    digest = digest_of("sha256")
    contents = re.findall(r"printf '\\0%s' '(.*)' \| sha256sum", PAGE)
    leaves = [merkle.leaf(digest, content.encode()) for content in contents]
    assert [leaf.hex() for leaf in leaves] == [result for _command, result in COMMANDS[:3]]
    assert merkle.root(digest, leaves).hex() == COMMANDS[4][1]
    header = Header(1, 1, 3, 3, "sha256", COMMANDS[4][1], BEGINNING, "2026-05-11T19:04:06.000000Z")
    assert f"printf '%s' '{header.text()}'" in PAGE
    assert header.hash(digest) == COMMANDS[5][1]
    assert commitment("5a" * 32, canonical({"caller": "张某"})) == COMMANDS[6][1]
    position, entry, at, about, text = contents[1].split(" ", 4)
    assert leaf_content(int(position), int(entry), at, [int(about)], text) == contents[1].encode()
    assert COMMANDS[6][1] in text
