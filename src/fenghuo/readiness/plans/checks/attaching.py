"""Photos of a visit hang on the unit drawn; who visits brings them, and the unit with what it has put right."""

from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotAllowed
from fenghuo.kernel.documents.holding import holds_files

from ..models import CheckItem, RoundState
from .services import may_check, may_correct
from .services.keeping import locked


def _item(pk: int) -> CheckItem:
    return CheckItem.objects.select_related("record__unit__region", "round__record").get(pk=pk)


def _may(pk: int, by: Actor) -> bool:
    item = _item(pk)
    begun = item.round.state in (RoundState.UNDER_WAY, RoundState.CLOSED)
    return begun and (may_check(by, item) or may_correct(by, item))


def _check(pk: int, by: Actor) -> None:
    locked(_item(pk))
    if not _may(pk, by):
        raise NotAllowed(_("Only who visits the unit, or the unit itself, brings photos of this check."))


holds_files("plan_check_item", write="plan_checks.check", check=_check, may=_may)
