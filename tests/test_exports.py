"""An export can be checked without this installation, and a changed byte is found."""

import csv
import io
import json
import shutil
import stat
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from fenghuo.kernel.access.actor import SYSTEM, Actor
from fenghuo.kernel.access.errors import Invalid, NotAllowed
from fenghuo.kernel.journal import exporting, signing
from fenghuo.kernel.journal.checking_exports import check_export
from fenghuo.kernel.journal.exporting import export_entries, neutral
from fenghuo.kernel.journal.models import Entry
from fenghuo.kernel.journal.reach import reach_of
from fenghuo.kernel.journal.sequencer import number_waiting
from fenghuo.kernel.journal.wanted import Wanted, Who
from fenghuo.kernel.registry.services import end_region
from tests.county import County

MEMBERS = ["journal.csv", "journal.jsonl", "manifest.json", "manifest.sig", "public_key.pem", "README.txt"]


@pytest.fixture(autouse=True)
def own_key(settings: object, tmp_path: Path) -> None:
    settings.DATA = tmp_path  # type: ignore[attr-defined]


@pytest.fixture
def auditor(county: County) -> Actor:
    return county.actor("government", "auditor")


def export(county: County, by: Actor, path: Path, wanted: Wanted | None = None) -> Path:
    number_waiting()
    made = export_entries(reach_of(by), wanted or Wanted(), by=by)
    with made.file as file:
        path.write_bytes(file.read())
    return path


def contents(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rewritten(path: Path, changed: dict[str, bytes]) -> Path:
    """The same archive with some members changed and all its checksums right."""
    other = path.with_name("changed.zip")
    with zipfile.ZipFile(other, "w") as archive:
        for name, content in (contents(path) | changed).items():
            archive.writestr(name, content)
    return other


def test_it_holds_what_was_found_and_says_so_in_its_manifest(county: County, auditor: Actor, tmp_path: Path) -> None:
    county.report(caller={"name": "李四", "phone": "13900000000"})
    path = export(county, auditor, tmp_path / "all.zip")
    found = contents(path)
    assert list(found) == MEMBERS
    manifest = json.loads(found["manifest.json"])
    lines = [json.loads(line) for line in found["journal.jsonl"].splitlines()]
    assert manifest["entries"] == len(lines) == Entry.objects.count() - 1  # but for the export itself
    assert [line["position"] for line in lines] == sorted(line["position"] for line in lines)
    assert (manifest["first_position"], manifest["last_position"]) == (lines[0]["position"], lines[-1]["position"])
    assert manifest["made_by"] == auditor.label
    assert manifest["newest_root"] is None
    received = next(line for line in lines if line["verb"] == "report.received")
    assert set(received["sentence"]) == {"zh", "en"}
    assert received["sealed"] == Entry.objects.get(pk=received["entry"]).text
    assert "李四" not in "".join(content.decode("utf-8", "ignore") for content in found.values())
    rows = list(csv.reader(io.StringIO(found["journal.csv"].decode("utf-8-sig"))))
    assert len(rows) == len(lines) + 1


def test_it_is_as_it_was_signed(county: County, auditor: Actor, tmp_path: Path) -> None:
    path = export(county, auditor, tmp_path / "all.zip")
    checked = check_export(path, signing.public_key())
    assert (checked.ok, checked.trusted, checked.wrong) == (True, True, ())
    assert checked.made_by == auditor.label
    assert check_export(path).ok
    assert not check_export(path).trusted


def test_one_changed_byte_anywhere_in_the_file_is_found(county: County, auditor: Actor, tmp_path: Path) -> None:
    path = export(county, auditor, tmp_path / "all.zip", Wanted(verbs=("region.created",)))
    good = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        ends = {one.filename: (one.header_offset, one.compress_size) for one in archive.filelist}
    other = tmp_path / "other.zip"
    for name in MEMBERS[:-1]:  # what README.txt says proves nothing
        start, length = ends[name]
        place = start + 30 + len(name) + length // 2
        other.write_bytes(good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :])
        assert not check_export(other, signing.public_key()).ok, name


@pytest.mark.parametrize("name", MEMBERS[:-1])
def test_a_change_with_right_checksums_is_found(county: County, auditor: Actor, tmp_path: Path, name: str) -> None:
    path = export(county, auditor, tmp_path / "all.zip")
    content = contents(path)[name]
    place = len(content) // 2
    changed = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
    checked = check_export(rewritten(path, {name: changed}), signing.public_key())
    assert not checked.ok
    assert checked.wrong


def test_what_somebody_else_signed_is_not_ours(
    county: County, auditor: Actor, tmp_path: Path, settings: object
) -> None:
    ours = signing.public_key()
    settings.DATA = tmp_path / "else"  # type: ignore[attr-defined]
    (tmp_path / "else").mkdir()
    path = export(county, auditor, tmp_path / "all.zip")
    assert check_export(path).ok
    assert "another key" in check_export(path, ours).wrong[0]


def test_missing_added_and_broken_files_are_named(county: County, auditor: Actor, tmp_path: Path) -> None:
    path = export(county, auditor, tmp_path / "all.zip")
    assert "surplus.txt does not belong here" in check_export(rewritten(path, {"surplus.txt": b""})).wrong
    with zipfile.ZipFile(tmp_path / "less.zip", "w") as archive:
        archive.writestr("manifest.json", b"{}")
    assert "journal.csv is missing" in check_export(tmp_path / "less.zip").wrong
    (tmp_path / "none.zip").write_bytes(b"no archive")
    assert not check_export(tmp_path / "none.zip").ok
    assert not check_export(tmp_path / "absent.zip").ok
    for manifest in (b"[]", b"{", b'{"files": 1}', b'{"files": [{"name": 1}]}'):
        assert not check_export(rewritten(path, {"manifest.json": manifest})).ok


@pytest.mark.parametrize("cell", ["=1+1", "+86", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert neutral(cell) == f"'{cell}"
    assert neutral(f"a{cell}") == f"a{cell}"


def test_a_formula_in_the_journal_comes_out_as_words(county: County, auditor: Actor, tmp_path: Path) -> None:
    end_region(county.regions["village"], by=SYSTEM.at("=HYPERLINK(1)"), on=date(2026, 1, 1))
    table = contents(export(county, auditor, tmp_path / "a.zip"))["journal.csv"].decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(table)) for cell in row]
    assert "'=HYPERLINK(1)" in cells
    assert not [cell for cell in cells if cell.startswith(exporting.FORMULA)]


def test_the_export_itself_is_on_record_with_keys_and_no_names(county: County, auditor: Actor, tmp_path: Path) -> None:
    person = county.post("emo").person
    export(county, auditor, tmp_path / "all.zip", Wanted(who=Who(person=person.pk)))
    entry = Entry.objects.get(verb="journal.exported")
    public = json.loads(entry.text)["public"]
    assert public["filter"] == {"person": person.pk}
    assert public["entries"] == 0
    assert person.name not in entry.text
    assert entry.post_id == auditor.post_id
    assert entry.unit_id == auditor.unit_id


def test_who_may_not_export_gets_nothing(county: County) -> None:
    desk = county.actor("emo", "duty_officer")
    with pytest.raises(NotAllowed):
        export_entries(reach_of(desk), Wanted(), by=desk)
    with pytest.raises(NotAllowed):
        export_entries(reach_of(SYSTEM), Wanted(), by=SYSTEM)
    assert not Entry.objects.filter(verb="journal.exported").exists()


def test_an_export_too_large_is_refused_with_the_way_out(
    county: County, auditor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    number_waiting()
    monkeypatch.setattr(exporting, "MOST", 3)
    with pytest.raises(Invalid) as refused:
        export_entries(reach_of(auditor), Wanted(), by=auditor)
    assert "3" in str(refused.value.faults[0].message)
    assert not Entry.objects.filter(verb="journal.exported").exists()


def test_an_auditor_of_a_part_takes_out_that_part(county: County, tmp_path: Path) -> None:
    seen, hidden = county.report(), county.report(location={"address": "余下街道"})
    path = export(county, county.actor("a", "auditor"), tmp_path / "part.zip")
    about = {one["id"] for line in contents(path)["journal.jsonl"].splitlines() for one in json.loads(line)["about"]}
    assert seen.pk in about
    assert hidden.pk not in about


def test_the_key_is_made_once_and_is_for_its_owner_alone(tmp_path: Path) -> None:
    first = signing.public_key()
    assert stat.S_IMODE((tmp_path / "journal_key.pem").stat().st_mode) == 0o600
    signing._private_key.cache_clear()
    assert signing.public_key() == first
    assert [path.name for path in tmp_path.iterdir()] == ["journal_key.pem"]


def test_the_commands_tell_key_and_verdict(
    county: County, auditor: Actor, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = export(county, auditor, tmp_path / "all.zip")
    call_command("journal", "key")
    said = capsys.readouterr().out
    assert "BEGIN PUBLIC KEY" in said
    assert signing.fingerprint(signing.public_key()) in said
    call_command("journal", "check-export", str(path), "--json")
    assert json.loads(capsys.readouterr().out)["ok"]
    bad = rewritten(path, {"journal.csv": b"x"})
    with pytest.raises(SystemExit) as ended:
        call_command("journal", "check-export", str(bad))
    assert ended.value.code == 1
    assert "journal.csv was changed" in capsys.readouterr().err
    (tmp_path / "no.pem").write_text("no key")
    with pytest.raises(CommandError):
        call_command("journal", "check-export", str(path), "--key", str(tmp_path / "no.pem"))


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl here")
def test_openssl_says_the_same_by_the_words_of_the_readme(county: County, auditor: Actor, tmp_path: Path) -> None:
    path = export(county, auditor, tmp_path / "all.zip")
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path)
    commands = [
        line.strip() for line in (tmp_path / "README.txt").read_text().splitlines() if line.startswith("      openssl")
    ]
    assert len(commands) == 6

    def run(command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(["/bin/sh", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False)

    fingerprint, signature, digests = (run(command) for command in commands[3:])
    assert signing.fingerprint(signing.public_key()) in fingerprint.stdout
    assert "Signature Verified Successfully" in signature.stdout
    for one in json.loads((tmp_path / "manifest.json").read_text())["files"]:
        assert one["sha256"] in digests.stdout
    (tmp_path / "manifest.json").write_bytes((tmp_path / "manifest.json").read_bytes().replace(b"entries", b"entriez"))
    assert run(commands[4]).returncode != 0
