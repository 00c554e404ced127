"""How entries about destruction orders read. Nothing here tells whose values they were."""

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fenghuo.kernel.journal.telling import Told, sentence
from fenghuo.kernel.web.words import listed

from .rooms import reason_said


@sentence("destruction.drafted", sample={"order": 3, "records": 12, "basis": "erl85", "rule": ""})
def drafted(told: Told) -> str:
    return _("Destruction order No. %(order)s drawn up, %(records)s records") % _numbers(told)


@sentence("destruction.confirmed", sample={"order": 3, "records": 12, "rule": "RT1"})
def confirmed(told: Told) -> str:
    if told.said("rule"):
        return _("Destruction order No. %(order)s put in force by retention rule %(rule)s, %(records)s records") % (
            _numbers(told) | {"rule": told.said("rule")}
        )
    return _("Destruction order No. %(order)s confirmed, %(records)s records") % _numbers(told)


@sentence("destruction.carried_out", sample={"order": 3, "records": 2, "entries": [7], "counts": {"private_values": 1}})
def carried_out(told: Told) -> str:
    return _("Personal information destroyed by order No. %(order)s (%(records)s records in this step)") % _numbers(
        told
    )


@sentence("destruction.left", sample={"order": 3, "records": 1, "why": "held"})
def left(told: Told) -> str:
    return _("Destruction order No. %(order)s left it as it is: %(why)s") % {
        "order": told.said("order"),
        "why": reason_said(told.said("why")),
    }


@sentence("destruction.cancelled", sample={"order": 3, "before": "running", "done": 5, "left": 7})
def cancelled(told: Told) -> str:
    if told.public["done"]:
        return _("Destruction order No. %(order)s cancelled; %(done)s records were destroyed before, %(left)s stay") % {
            name: told.said(name) for name in ("order", "done", "left")
        }
    return _("Destruction order No. %(order)s cancelled") % _numbers(told)


@sentence(
    "destruction.completed",
    sample={
        "order": 3,
        "done": 12,
        "left": 0,
        "removed": {"private_values": 1},
        "backups": [{"name": "a.tar", "made_at": "2026-05-12T03:02:00+08:00", "expires_at": None}],
    },
)
def completed(told: Told) -> str:
    said = _("Destruction order No. %(order)s carried out: %(done)s records, %(left)s left as they are") % {
        name: told.said(name) for name in ("order", "done", "left")
    }
    backups = told.public.get("backups") or []
    if backups:
        said += _("; still in backups: %(backups)s") % {"backups": listed(map(_backup, backups))}
    return said


@sentence("destruction.reapplied", sample={"order": 3, "records": 12, "missing": 0})
def reapplied(told: Told) -> str:
    return _("Destruction order No. %(order)s is applied again after a restore, %(records)s records") % _numbers(told)


@sentence("destruction.swept", sample={"rule": "RT5", "what": "draft", "count": 2})
def swept(told: Told) -> str:
    count = int(told.public["count"])
    return ngettext(
        "%(count)s thing that belonged to no record was removed by retention rule %(rule)s",
        "%(count)s things that belonged to no record were removed by retention rule %(rule)s",
        count,
    ) % {"count": count, "rule": told.said("rule")}


@sentence("destruction.held", sample={})
def held(told: Told) -> str:
    return _("Held: nothing of it may be destroyed")


@sentence("destruction.hold_lifted", sample={})
def hold_lifted(told: Told) -> str:
    return _("The hold was lifted")


def _numbers(told: Told) -> dict[str, str]:
    return {"order": told.said("order"), "records": told.said("records")}


def _backup(backup: dict[str, str | None]) -> str:
    expires = parse_datetime(backup["expires_at"] or "")
    if expires is None:
        return _("%(name)s (kept for no stated time)") % {"name": backup["name"]}
    return _("%(name)s (until %(day)s)") % {"name": backup["name"], "day": date_format(localtime(expires), "Y-m-d")}
