"""Whatever has a page has its history there: every kind of record that says where its page is, one by one."""

import re
from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.models import Account, Record
from fenghuo.kernel.journal.recording import record
from fenghuo.kernel.maps.services import close_road
from fenghuo.kernel.messaging.models import Message
from fenghuo.kernel.messaging.services.incoming import keep_unreadable
from fenghuo.kernel.web.addresses import address_of, kinds_with_page
from fenghuo.oversight.workplan.models import Proof
from fenghuo.oversight.workplan.services import create_plan as create_workplan
from fenghuo.oversight.workplan.services import create_proof, send_proof
from fenghuo.readiness.plans.services import create_plan
from fenghuo.readiness.plans.tests.check_rounds import begun, checked, item_of
from fenghuo.readiness.teams.services import create_team
from fenghuo.response.incidents.services.quarantine import quarantine
from tests.county import County
from tests.destruction.orders import dismissed_report, drafted
from tests.orders import give, incident, staff

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def _quarantined(county: County) -> int:
    kept = quarantine(
        by=county.machine(), body=b"{", digest="0" * 64, content_type="application/json", status=400, faults=[]
    )
    return int(kept.pk)


def _incoming(county: County) -> int:
    return int(keep_unreadable("x", by=SYSTEM).record_id or 0)


def _team(county: County) -> int:
    return int(create_team(by=county.actor("emo"), unit=county.units["a"], name="抢险队", kind="general").pk)


def _closure(county: County) -> int:
    line = {"type": "LineString", "coordinates": [[108.6, 34.05], [108.601, 34.051]]}
    return int(close_road(by=county.actor("emo"), where="涝河大桥", reason="桥面过水", geometry=line).pk)


def _proof(county: County) -> int:
    made = create_proof(by=county.actor("a", "clerk"), unit=county.units["a"], kind="expert_group", title="专家组名册")
    return int(made.pk)


def _submission(county: County) -> int:
    """A paper that goes up."""
    proof = Proof.objects.get(pk=_proof(county))
    (made,) = send_proof(proof, by=county.actor("a", "clerk"), on_paper=True)
    return int(made.pk)


def _workplan(county: County) -> int:
    made = create_workplan(by=county.actor("emo", "clerk"), unit=county.units["emo"], year=2026, title="2026年要点")
    return int(made.pk)


# One of each kind; whoever gives a new kind a page adds a line.
MAKERS: dict[str, Callable[[County], int]] = {
    "closure": _closure,
    "assignment": lambda county: give(county, county.actor("emo"), "a")[0].pk,
    "destruction": lambda county: drafted(county, dismissed_report(county)).record_id,
    "incident": lambda county: incident(county, county.actor("emo")).pk,
    "incoming": _incoming,
    "person": lambda county: county.post("emo").person_id,
    "plan": lambda county: create_plan(by=SYSTEM, unit=county.units["a"], name="防汛预案", kind="grassroots").pk,
    "plan_check": lambda county: begun(county).pk,
    "plan_check_item": lambda county: checked(item_of(begun(county), county, "village")).pk,
    "quarantined": _quarantined,
    "region": lambda county: county.regions["a"].pk,
    "report": lambda county: county.report().pk,
    "submission": _submission,
    "team": _team,
    "unit": lambda county: county.units["a"].pk,
    "workplan": _workplan,
    "workplan_proof": _proof,
}


def signed_in(county: County, unit: str = "emo", role: str = "duty_officer") -> Client:
    client = Client()
    client.force_login(Account.objects.get(person=county.account(f"{unit}-{role}", unit, role).person), BACKEND)
    return client


def test_one_of_each_kind_is_tried_here() -> None:
    assert set(kinds_with_page()) == set(MAKERS)


@pytest.mark.parametrize("kind", sorted(MAKERS))
def test_its_page_shows_its_history_and_leads_to_filter_and_paper(county: County, kind: str) -> None:
    made = Record.objects.get(pk=MAKERS[kind](county))
    desk = signed_in(county, role="duty_leader")
    page = desk.get(address_of(made), follow=True)
    assert page.status_code == 200
    body = page.content.decode()
    assert f'data-history="{made.pk}"' in body
    assert re.search(r'<ul class="tl">.*<time datetime=', body, re.DOTALL)
    address = f"/records/{made.pk}/history/"
    assert f'action="{address}"' in body
    assert f"{address}?print=1" in body
    whole = desk.get(address)
    assert whole.status_code == 200
    assert f'data-history="{made.pk}"' in whole.content.decode()
    assert desk.get(f"{address}?print=1").status_code == 200


def test_a_message_shows_what_was_done_about_messages_on_the_same_thing(county: County) -> None:
    staff(county.units["a"], ("李镇", "13800001111", "head"), by=SYSTEM)
    (order,) = give(county, county.actor("emo"), "a")
    with transaction.atomic():
        record("message.settled", county.actor("emo"), about=[order.pk], public={"channel": "sms"})
    message = Message.objects.filter(record=order.pk).first()
    assert message is not None
    body = signed_in(county).get(f"/messages/{message.pk}/").content.decode()
    assert f'data-history="{order.pk}"' in body
    assert f"/records/{order.pk}/history/?print=1&amp;kind=message" in body


def test_every_kind_of_record_has_a_page(county: County) -> None:
    for make in MAKERS.values():
        make(county)
    kinds = set(Record.objects.values_list("kind", flat=True))
    assert kinds - set(kinds_with_page()) == set()
