from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.web.today import Item, Rows, Told, add, count_of

from .scanning.waiting import waiting


def _kept_back(told: Told) -> Item:
    n = told.said["n"]
    return Item(
        title=ngettext(
            "%(n)s file is kept back: the virus scanner does not answer",
            "%(n)s files are kept back: the virus scanner does not answer",
            n,
        )
        % {"n": n},
        note="",
        url=reverse("documents:waiting"),
        button=_("Look"),
        since=told.since,
    )


@add("files_kept_back", _kept_back)
def kept_back(actor: Actor) -> Rows | None:
    return count_of(waiting(), since="kept_at") if actor.may("files.watch") else None
