"""The county's own files come back; none that is here is overwritten."""

from pathlib import Path

from django.conf import settings

from ..archive.reading import Archive

BESIDE = ".from-backup"


def settings_in_place(archive: Archive) -> tuple[list[str], list[str], list[str]]:
    """(put in place, laid beside as NAME.from-backup, could not be written).

    What had secrets is only ever laid beside: a gateway half described would send, or fail, as soon as a server runs.
    """
    placed, beside, lost = [], [], []
    blanked = {line.partition(":")[0] for line in archive.manifest.settings.blanked}
    for name in archive.settings:
        content = archive.read_setting(name)
        path = Path(settings.DATA) / name
        try:
            if path.exists() and path.read_bytes() == content:
                continue
            if name not in blanked and not path.exists():
                _write(path, content)
                placed.append(name)
            else:
                _write(path.with_name(name + BESIDE), content)
                beside.append(name + BESIDE)
        except OSError:  # the database has changed places already: that is not undone for a list of rules
            lost.append(name)
    return placed, beside, lost


def _write(path: Path, content: bytes) -> None:
    path.touch(mode=0o600)
    path.write_bytes(content)
