from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.web.today import Item, Rows, Told, add, count_of

from .scanning.waiting import waiting
from .selectors import taken_away


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


def _infected(told: Told) -> Item:
    n = told.said["n"]
    title = ngettext("%(n)s file had a virus and was taken away", "%(n)s files had a virus and were taken away", n)
    return Item(
        title=title % {"n": n},
        note=_("tell who brought it"),
        url=reverse("documents:waiting"),
        button=_("Look"),
        since=told.since,
    )


@add("files_infected", _infected)
def infected(actor: Actor) -> Rows | None:
    return count_of(taken_away(), since="removed_at") if actor.may("files.watch") else None
