from .giving import mail_root, note_posted, post_root
from .keeping import RootMessage, keep_root

__all__ = ["RootMessage", "keep_root", "mail_root", "note_posted", "post_root"]
