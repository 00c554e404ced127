from django.db.models import F
from django.db.models.functions import Left
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.web.today import Item, Rows, Told, add, rows

from .notes import words
from .selectors import expired, failed_since_newest, missing


def _failed(told: Told) -> Item:
    return Item(
        title=_("A backup was not made: %(name)s") % {"name": told.said["name"]},
        note=words(told.said["why"]),
        url=reverse("keeping:backups"),
        button=_("Look"),
        since=told.since,
    )


@add("backups_failed", _failed)
def failed(actor: Actor) -> Rows | None:
    """The last attempt, as long as none has succeeded after it."""
    if not actor.may("backups.manage"):
        return None
    last = failed_since_newest().order_by("-made_at").values("pk")[:1]
    return rows(failed_since_newest().filter(pk__in=last), since="made_at", name=F("name"), why=Left("notes", 200))


def _missing(told: Told) -> Item:
    return Item(
        title=_("There is no recent backup of %(name)s") % {"name": told.said["name"]},
        note=_("After a broken disk everything since the last one would be lost."),
        url=reverse("keeping:backups"),
        button=_("Look"),
    )


@add("backups_missing", _missing)
def none_made(actor: Actor) -> Rows | None:
    if not actor.may("backups.manage"):
        return None
    return rows(missing(timezone.now()), name=F("name"))


def _expired(told: Told) -> Item:
    return Item(
        title=_("This backup has expired, delete its file: %(name)s") % {"name": told.said["name"]},
        note=told.said["path"],
        url=reverse("keeping:backups"),
        button=_("Look"),
    )


@add("backups_expired", _expired)
def past_their_day(actor: Actor) -> Rows | None:
    """Those in the data folder go by themselves within the hour."""
    if not actor.may("backups.manage"):
        return None
    return rows(expired().order_by("keep_until"), name=F("name"), path=F("path"))
