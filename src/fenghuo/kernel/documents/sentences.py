from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fenghuo.kernel.journal.naming import name_verbs
from fenghuo.kernel.journal.telling import Told, sentence

from .words import kind_word

DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


@sentence("file.attached", sample={"file": 1, "kind": "image/jpeg", "bytes": 120_000, "digest": DIGEST})
def attached(told: Told) -> str:
    return _("%(kind)s attached (%(size)s)") % {
        "kind": kind_word(told.said("kind")),
        "size": filesizeformat(told.public["bytes"]),
    }


@sentence("file.removed", sample={"file": 1, "digest": DIGEST})
def removed(told: Told) -> str:
    return _("A file was taken off")


@sentence("file.infected", sample={"digest": DIGEST, "virus": "Eicar-Test-Signature"})
def infected(told: Told) -> str:
    return _("A file with a virus was not kept: %(virus)s") % {"virus": told.said("virus")}


name_verbs(
    "file",
    gettext_lazy("Files"),
    {
        "attached": gettext_lazy("attaching a file"),
        "removed": gettext_lazy("taking off a file"),
        "infected": gettext_lazy("refusing a file with a virus"),
    },
)
