from .making import BackupFailed, backups_folder, make_backup, next_name
from .removing import note_removed, remove_expired

__all__ = ["BackupFailed", "backups_folder", "make_backup", "next_name", "note_removed", "remove_expired"]
