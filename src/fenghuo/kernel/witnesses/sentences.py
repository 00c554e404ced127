from django.utils.translation import gettext as _

from fenghuo.kernel.journal.telling import Told, sentence


@sentence("root.given", sample={"number": 7, "hash": "ab" * 32, "way": "mail"})
def given(told: Told) -> str:
    if told.said("way") == "mail":
        return _("The root of seal %(number)s of the journal was mailed") % {"number": told.said("number")}
    return _("The root of seal %(number)s of the journal was given to another node") % {"number": told.said("number")}


@sentence("root.kept", sample={"number": 7, "hash": "ab" * 32, "differs": False})
def kept(told: Told) -> str:
    said = {"number": told.said("number")}
    if told.public["differs"]:
        return _("Another root of seal %(number)s came than the one that is kept: that journal was rewritten") % said
    return _("The root of seal %(number)s of another journal is kept here") % said
