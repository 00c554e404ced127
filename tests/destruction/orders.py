"""What the tests of destruction share: closed incidents, an order drawn up and confirmed, the worker."""

from collections.abc import Sequence
from threading import Event

from fenghuo.kernel.destruction.models import Order
from fenghuo.kernel.destruction.previewing import preview
from fenghuo.kernel.destruction.services import confirm_order, draft_order
from fenghuo.kernel.destruction.working import Destroyer
from fenghuo.response.incidents.models import Incident, Report
from fenghuo.response.incidents.services import close_incident, dismiss_report, open_incident
from tests.county import County


def closed_incident(county: County, *, reports: int = 1) -> Incident:
    desk = county.actor("emo")
    incident = open_incident([county.report() for _number in range(reports)], by=desk)
    return close_incident(incident, by=desk, summary="张某已送医")


def dismissed_report(county: County) -> Report:
    return dismiss_report(county.report(), by=county.actor("emo"), reason="other", note="李某打错电话")


def drafted(county: County, *subjects: Incident | Report, numbers: Sequence[str] = ()) -> Order:
    named = [subject.record.number for subject in subjects] + list(numbers)
    return draft_order(named, by=county.actor("emo", "clerk"), basis="erl85", reason="应急处置工作结束")


def confirmed(county: County, order: Order) -> Order:
    return confirm_order(order, by=county.actor("government", "head"), seen=preview(order).fingerprint)


def carried_out(county: County, *subjects: Incident | Report) -> Order:
    order = confirmed(county, drafted(county, *subjects))
    work()
    order.refresh_from_db()
    return order


def work() -> None:
    """The worker, until nothing is confirmed any more."""
    Destroyer(Event()).run_until_idle()
