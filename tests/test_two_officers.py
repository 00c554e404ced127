"""Two officers at once: one event is not torn apart, whichever way each of them joins."""

import threading
from collections.abc import Callable

from django.db import connection, transaction

from fenghuo.kernel.access.errors import Conflict, Refused
from fenghuo.kernel.journal.sequencer import number_waiting
from fenghuo.kernel.journal.verifying import verify
from fenghuo.response.incidents import services
from fenghuo.response.incidents.models import Incident, IncidentState, Membership
from tests.county import County, make_county

type Deed = Callable[[], object]


def at_once(*deeds: Deed) -> list[Refused | None]:
    """What each deed was refused with, None when it was done."""
    ready, outcomes = threading.Barrier(len(deeds)), [None] * len(deeds)
    found: list[Refused | None] = list(outcomes)
    broken: list[BaseException] = []

    def run(place: int, deed: Deed) -> None:
        try:
            ready.wait(20)
            deed()
        except Refused as refused:
            found[place] = refused
        except BaseException as error:
            broken.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert broken == []
    return found


def prepared() -> tuple[County, Incident, Incident]:
    with transaction.atomic():
        county = make_county()
        by = county.actor("emo")
        one, other = (services.open_incident([county.report()], by=by) for _number in range(2))
    return county, one, other


def test_joining_each_into_the_other(fresh_database: None, settings: object) -> None:
    settings.NODE = "610118000000"  # type: ignore[attr-defined]
    county, one, other = prepared()
    by = [county.actor("emo") for _number in range(2)]
    refused = at_once(
        lambda: services.join_incident(one, other, by=by[0]), lambda: services.join_incident(other, one, by=by[1])
    )
    assert [found is None for found in refused].count(True) == 1
    rows = list(Incident.objects.order_by("pk"))
    assert sorted(row.state for row in rows) == sorted([IncidentState.CLOSED, IncidentState.OPEN])
    (merged,) = [row for row in rows if row.merged_into_id]
    assert merged.merged_into_id != merged.pk
    number_waiting()
    assert verify().ok


def test_one_report_into_two_incidents(fresh_database: None, settings: object) -> None:
    settings.NODE = "610118000000"  # type: ignore[attr-defined]
    county, one, other = prepared()
    with transaction.atomic():
        report = county.report()
    by = [county.actor("emo") for _number in range(2)]
    refused = at_once(
        lambda: services.join_report(one, report, by=by[0]), lambda: services.join_report(other, report, by=by[1])
    )
    (why,) = [found for found in refused if found is not None]
    assert isinstance(why, Conflict)
    assert Membership.objects.filter(report=report, separated_at__isnull=True).count() == 1


def test_joining_and_closing(fresh_database: None, settings: object) -> None:
    settings.NODE = "610118000000"  # type: ignore[attr-defined]
    county, one, other = prepared()
    by = [county.actor("emo") for _number in range(2)]
    at_once(
        lambda: services.join_incident(one, other, by=by[0]),
        lambda: services.close_incident(other, by=by[1], summary="完"),
    )
    other.refresh_from_db()
    # Either it was joined first and closing was refused, or it was closed first and joining was.
    assert other.state == IncidentState.CLOSED
    assert (other.merged_into_id is None) == bool(other.summary)
