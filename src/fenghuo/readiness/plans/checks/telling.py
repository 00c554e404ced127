"""Who is told what of a check: who visits, and whose plan was looked at. In the language of the county."""

from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.messaging.services import Notice, notify_each

from ..models import CheckItem, CheckRound, Finding
from ..services.reminding import receivers_of


def tell_visitor(round_: CheckRound, unit: Unit, many: int, *, by: Actor) -> None:
    """How many it visits, unless it says so itself."""
    if unit.pk == by.unit_id:
        return
    with override(settings.LANGUAGE_CODE):
        said = _("%(title)s: your unit checks %(n)s of the units drawn, until %(day)s. {link}")
        _tell(unit, round_.pk, said % _of(round_, many), _page_of(round_), by)


def remind_visitor(round_: CheckRound, unit: Unit, many: int, *, by: Actor) -> None:
    with override(settings.LANGUAGE_CODE):
        said = _("%(title)s: your unit has not checked %(n)s of the units drawn yet; the check ends on %(day)s. {link}")
        _tell(unit, round_.pk, said % _of(round_, many), _page_of(round_), by)


def tell_found(item: CheckItem, many: int, due: date, *, by: Actor) -> None:
    """What was found, to the unit."""
    with override(settings.LANGUAGE_CODE):
        said = _("%(title)s: %(n)s findings at %(unit)s, to be put right by %(day)s. {link}")
        _tell_unit(item, said % _of_item(item, n=many, day=due), by)


def tell_sent_back(item: CheckItem, finding: Finding, *, by: Actor) -> None:
    with override(settings.LANGUAGE_CODE):
        said = _("%(title)s: what %(unit)s put right was sent back: %(why)s {link}")
        _tell_unit(item, said % _of_item(item, why=finding.remark), by)


def remind_unit(item: CheckItem, many: int, due: date, *, by: Actor, late: bool) -> None:
    """What it has not put right yet; when it is late, who visited it is told as well."""
    with override(settings.LANGUAGE_CODE):
        soon = _("%(title)s: %(n)s findings at %(unit)s are to be put right by %(day)s. {link}")
        over = _("%(title)s: %(n)s findings at %(unit)s were to be put right by %(day)s and are late. {link}")
        text = (over if late else soon) % _of_item(item, n=many, day=due)
        _tell_unit(item, text, by)
        if late:
            _tell(item.checker, item.pk, text, _page_of_item(item), by)


def _of(round_: CheckRound, many: int) -> dict[str, object]:
    return {"title": round_.record.title, "n": many, "day": round_.to_day}


def _of_item(item: CheckItem, **said: object) -> dict[str, object]:
    return {"title": item.round.record.title, "unit": item.record.unit.name if item.record.unit else "", **said}


def _page_of(round_: CheckRound) -> str:
    return reverse("plans:check_round", args=[round_.record.number])


def _page_of_item(item: CheckItem) -> str:
    return reverse("plans:check_item", args=[item.record.number])


def _tell_unit(item: CheckItem, text: str, by: Actor) -> None:
    assert item.record.unit is not None  # draw_round gives it one
    _tell(item.record.unit, item.pk, text, _page_of_item(item), by)


def _tell(unit: Unit, about: int, text: str, page: str, by: Actor) -> None:
    link, subject = settings.BASE_URL + page, str(_("Check of plans"))
    notify_each([Notice(one, text, about, subject, link) for one in receivers_of([unit])[unit.pk]], by=by)
