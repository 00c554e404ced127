"""What the journal says of organisations, in the reader's language."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fenghuo.kernel.access.rights import Role
from fenghuo.kernel.journal.naming import name_verbs
from fenghuo.kernel.journal.telling import Told, sentence

PAIR = {"post": "镇长", "deputy": "clerk"}
FORMS = {
    "vcard": gettext_lazy("as address cards"),
    "workbook": gettext_lazy("as a workbook"),
    "pdf": gettext_lazy("as a booklet"),
}


def _post(told: Told, name: str) -> str:
    said = told.said(name)
    return str(Role(said).label) if said in Role.values else said


@sentence("organisation.stand_in_set", sample=PAIR)
def stand_in_set(told: Told) -> str:
    return _("%(deputy)s stands in for %(post)s from now on") % {
        "deputy": _post(told, "deputy"),
        "post": _post(told, "post"),
    }


@sentence("organisation.stand_in_ended", sample=PAIR)
def stand_in_ended(told: Told) -> str:
    return _("%(deputy)s no longer stands in for %(post)s") % {
        "deputy": _post(told, "deputy"),
        "post": _post(told, "post"),
    }


@sentence("organisation.people_messaged", sample={"people": 12, "approved": False})
def people_messaged(told: Told) -> str:
    n = told.public.get("people", 0)
    said = ngettext("A message was written to %(n)s person", "A message was written to %(n)s people", n) % {"n": n}
    return said if told.public.get("approved") else _("%(said)s; it waits for approval") % {"said": said}


@sentence("organisation.book_taken", sample={"form": "vcard", "people": 12})
def book_taken(told: Told) -> str:
    n = told.public.get("people", 0)
    return ngettext(
        "%(n)s person of the contact book was taken out %(form)s",
        "%(n)s people of the contact book were taken out %(form)s",
        n,
    ) % {"n": n, "form": FORMS.get(told.said("form"), told.said("form"))}


name_verbs(
    "organisation",
    gettext_lazy("Organisations"),
    {
        "stand_in_set": gettext_lazy("setting who stands in"),
        "stand_in_ended": gettext_lazy("ending that somebody stands in"),
        "people_messaged": gettext_lazy("a message to people of the contact book"),
        "book_taken": gettext_lazy("taking out the contact book"),
    },
)
