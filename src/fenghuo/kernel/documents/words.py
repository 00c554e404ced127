"""How kinds of files are called."""

from django.utils.translation import gettext as _


def kind_word(kind: str) -> str:
    """photo, video …, from a MIME type."""
    family = kind.partition("/")[0]
    if family == "image":
        return _("Picture")
    if family == "video":
        return _("Video")
    if family == "audio":
        return _("Sound recording")
    if "sheet" in kind or "excel" in kind:
        return _("Table")
    if family == "text" or kind == "application/pdf" or "word" in kind or "document" in kind or kind.endswith("ofd"):
        return _("Document")
    return _("File")
