"""Why a file is not taken, each with a way out. Keys are what `looking` answers, and those of our own."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "empty": _("is empty: choose it again"),
    "program": _("is a program, and programs are not kept here"),
    "archive": _(
        "is an archive (zip, rar …): unpack it and bring the files in it one by one; several can be chosen at once"
    ),
    "bomb": _(
        "unpacks to far more than a document holds: open it, copy what is needed into a new document and bring that"
    ),
    "macros": _(
        "contains macros: save it without them, in Word or WPS as .docx, in tables as .xlsx, or print it as PDF"
    ),
    "office_encrypted": _(
        "is protected by a password: remove it in Word or WPS (File, Protect), save and bring it again"
    ),
    "office_broken": _("is damaged or was cut off: open it in Word or WPS and save it anew, or print it as PDF"),
    "office_other": _("is of a form that is not kept here: save it as .docx, .xlsx or .pptx, or print it as PDF"),
    "fetches": _("fetches a template or a part from another computer: print it as PDF and bring that"),
    "ole_broken": _(
        "is damaged or was cut off: open it in Word or WPS and save it as .docx or .xlsx, or print it as PDF"
    ),
    "ole_unknown": _("is no document that can be recognised: save it as .docx, .xlsx or PDF and bring that"),
    "pdf_encrypted": _("is protected by a password: open it and print it as a new PDF without one"),
    "pdf_broken": _(
        "is a damaged PDF or was cut off: open it and print it as a new PDF, or get it again from who made it"
    ),
    "pdf_signed_active": _(
        "is a signed PDF with programs or files inside: taking them out breaks the signature; print it as a new PDF"
    ),
    "unreadable": _("cannot be opened safely: print it as a new PDF and bring that"),
    "unknown": _("is not what its name says: open it on your computer, save it anew and bring that"),
    "broken_picture": _(
        "is a broken picture, so nobody can tell whether it says where it was taken; attach it as it is"
    ),
    "infected": _("holds a virus (%(virus)s) and was not kept: have the computer it comes from checked"),
    "too_large": _("A file of this kind may have at most %(most)s MB."),
    "checksum": _("does not have the check sum that was announced: bring it again"),
}

# What was taken out of a copy.
TAKEN_OUT: dict[str, str | Promise] = {
    "script": _("programs"),
    "launch": _("starting of programs"),
    "embedded": _("files inside"),
    "media": _("media"),
    "form": _("form programs"),
}


def taken_out_said(codes: str) -> list[str]:
    """Words for a comma-separated list as an attachment holds it."""
    return [str(TAKEN_OUT.get(code, code)) for code in codes.split(",") if code]
