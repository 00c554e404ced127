"""A proof stands alone, holds for what was sealed, and is refused as soon as anything in it is another."""

import copy
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.errors import NotFound, WrongState
from fenghuo.kernel.journal import proof_check, walking
from fenghuo.kernel.journal.append_only import remove
from fenghuo.kernel.journal.models import Entry, Seal
from fenghuo.kernel.journal.proving import prove
from fenghuo.kernel.journal.recording import record
from fenghuo.kernel.journal.sealing import seal_next
from fenghuo.kernel.journal.sequencer import number_waiting
from tests.county import County


@pytest.fixture
def entry(county: County) -> int:
    """One with a private value, in a seal of five with seals behind it; the last entry is not sealed."""
    about = [county.units["emo"], county.units["a"]]
    made = [record("unit.noted", SYSTEM, about=about, public={"n": n}, private={"n": str(n)}) for n in range(12)]
    number_waiting()
    while seal_next(5) == 5:
        pass
    return made[1]


def run(proof: dict[str, Any], folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """As an auditor would: the script alone, in an empty folder, without this project on the path."""
    script = folder / "proof_check.py"
    script.write_text(Path(proof_check.__file__).read_text())
    (folder / "proof.json").write_text(json.dumps(proof, ensure_ascii=False))
    command = [sys.executable, "-I", str(script), str(folder / "proof.json"), *words]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)


def test_the_script_alone_accepts_it(entry: int, tmp_path: Path) -> None:
    proof = prove(entry)
    newest = Seal.objects.latest("number")
    assert proof["seals"][-1]["hash"] == newest.hash
    done = run(proof, tmp_path)
    assert done.returncode == 0, done.stderr
    assert newest.hash in done.stdout
    assert run(proof, tmp_path, "--root", newest.hash).returncode == 0
    assert run(proof, tmp_path, "--root", "00" * 32).returncode == 1
    (tmp_path / "no.json").write_text("{")
    assert run(proof, tmp_path, "--root").returncode == 2


def test_it_leads_to_the_seal_that_the_reader_holds(entry: int) -> None:
    own = prove(entry)["seals"][0]
    after = Seal.objects.get(number=own["number"] + 1)
    for until in (str(after.number), after.hash, after.hash.upper()):
        assert prove(entry, until=until)["seals"][-1]["hash"] == after.hash
    assert len(prove(entry, until=own["hash"])["seals"]) == 1
    for until in ("999", "1", "abc"):
        with pytest.raises(NotFound):
            prove(entry, until=until)


def leaves_of(part: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value in the proof, of every list and of every object."""
    if path:
        yield path
    if isinstance(part, dict | list):
        for key in part if isinstance(part, dict) else range(len(part)):
            yield from leaves_of(part[key], (*path, key))


def others(value: Any) -> list[Any]:
    if isinstance(value, bool) or value is None:
        return [{"destroyed_by": 1}, "x", 0]
    if isinstance(value, int):
        return [value + 1, value - 1, str(value), float(value), True, None]
    if isinstance(value, str):
        changed = ("1" if value[-1:] != "1" else "2").join([value[:-1], ""])
        return (
            [changed, value + " ", value.swapcase() + "", "", None, 7] if value.swapcase() != value else [changed, ""]
        )
    if isinstance(value, list):
        return [value[:-1], [*value, *value[-1:]], value[::-1], [], {}]
    return [{}, value | {"more": 1}, None]


def sealed_again(proof: dict[str, Any]) -> dict[str, Any]:
    """With a digest that fits, as somebody would make it who wants to deceive."""
    rest = {name: part for name, part in proof.items() if name != "digest"}
    return rest | {"digest": proof_check.HASHES["sha256"](proof_check.canonical(rest).encode()).hex()}


@pytest.mark.parametrize("private", [False, True])
def test_a_proof_altered_in_any_part_is_refused(entry: int, private: bool) -> None:
    proof = prove(entry, private=private)
    proof_check.check(proof)
    tried = 0
    for path in leaves_of(proof):
        holder = proof
        for step in path[:-1]:
            holder = holder[step]
        for other in others(holder[path[-1]]):
            if other == holder[path[-1]] and type(other) is type(holder[path[-1]]):
                continue
            altered = copy.deepcopy(proof)
            place = altered
            for step in path[:-1]:
                place = place[step]
            place[path[-1]] = other
            tried += 1
            with pytest.raises(proof_check.Refused):
                proof_check.check(altered)
            if path[0] not in {"digest", "private"}:
                # The chain itself refuses it. A shorter chain is a proof too; it ends at another seal.
                shorter = path == ("seals",) and other and altered["seals"] == proof["seals"][:-1]
                if not shorter:
                    with pytest.raises(proof_check.Refused):
                        proof_check.check(sealed_again(altered))
    assert tried > 100


def test_a_part_too_many_or_too_few_is_refused(entry: int) -> None:
    proof = prove(entry)
    for name in proof:
        with pytest.raises(proof_check.Refused):
            proof_check.check({key: part for key, part in proof.items() if key != name})
    with pytest.raises(proof_check.Refused):
        proof_check.check(proof | {"remark": "all is well"})


def test_a_name_that_stands_twice_is_refused(entry: int, tmp_path: Path) -> None:
    proof = prove(entry)
    run(proof, tmp_path)
    text = json.dumps(proof, ensure_ascii=False).replace('"entry": {', '"entry": {"text": "{}", ', 1)
    (tmp_path / "proof.json").write_text(text)
    command = [sys.executable, "-I", str(tmp_path / "proof_check.py"), str(tmp_path / "proof.json")]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 1


def test_what_is_not_sealed_yet_says_so(entry: int, county: County) -> None:
    fresh = record("unit.noted", SYSTEM, about=[county.units["emo"]])
    number_waiting()
    with pytest.raises(WrongState, match=r"sealed|封"):
        prove(fresh)
    with pytest.raises(NotFound):
        prove(10**9)


def test_what_was_changed_is_not_proven(entry: int) -> None:
    remove()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_entry SET text = REPLACE(text, 'noted', 'moved') WHERE id = %s", [entry])
    with pytest.raises(WrongState):
        prove(entry)


def test_the_private_value_is_shown_only_when_asked_for(entry: int) -> None:
    assert prove(entry)["private"] is None
    assert proof_check.check(prove(entry))["private"] == "kept apart"
    assert proof_check.check(prove(entry, private=True))["private"] == '{"n":"1"}'


def test_a_destroyed_private_value_is_said_to_be_so(entry: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walking, "destroyed_by", lambda ids: {pk: 12 for pk in ids if pk == entry})
    remove()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_private WHERE entry_id = %s", [entry])
    assert proof_check.check(prove(entry, private=True))["private"] == "destroyed by order 12"
    call_command("journal", "verify")


def test_the_command_writes_it_and_puts_the_reading_on_record(
    entry: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("journal", "prove", str(entry), "--out", str(tmp_path / "p.json"))
    assert proof_check.check(json.loads((tmp_path / "p.json").read_text()))["entry"] == entry
    capsys.readouterr()
    call_command("journal", "prove", str(entry), "--private", "--reason", "court order")
    assert json.loads(capsys.readouterr().out)["private"]["value"] == '{"n":"1"}'
    assert "court order" in Entry.objects.filter(verb="journal.private_read").latest("pk").text
    with pytest.raises(SystemExit):
        call_command("journal", "prove", "999999999")
    assert json.loads(capsys.readouterr().out)["status"] == 404
