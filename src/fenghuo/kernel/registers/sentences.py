from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fenghuo.kernel.journal.naming import name_verbs
from fenghuo.kernel.journal.telling import Told, sentence

from .declaring import register_named


@sentence("register.imported", sample={"register": "people", "created": 12, "changed": 3})
def imported(told: Told) -> str:
    return _("A workbook was brought into the register “%(register)s”: %(created)s new, %(changed)s changed") % {
        "register": _title(told),
        "created": told.said("created"),
        "changed": told.said("changed"),
    }


@sentence("register.exported", sample={"register": "people", "rows": 120})
def exported(told: Told) -> str:
    return _("%(rows)s rows of the register “%(register)s” were written into a workbook") % {
        "register": _title(told),
        "rows": told.said("rows"),
    }


def _title(told: Told) -> str:
    name = str(told.said("register"))
    known = register_named(name)
    return str(known.title) if known else name


name_verbs(
    "register",
    gettext_lazy("Registers and workbooks"),
    {
        "imported": gettext_lazy("bringing in a workbook"),
        "exported": gettext_lazy("writing a workbook"),
    },
)
