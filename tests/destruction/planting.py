"""An incident whose every personal value came in through the house's own doors, and is known to the test."""

import json
from base64 import b64encode
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Event
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import timezone

from fenghuo.kernel.access.actor import SYSTEM, actor_for_post
from fenghuo.kernel.access.models import Account, Record
from fenghuo.kernel.assignments.models import Assignment
from fenghuo.kernel.assignments.services import Place
from fenghuo.kernel.messaging.delivering import Deliverer
from fenghuo.response.incidents.models import Incident, Quarantined
from fenghuo.response.incidents.services import close_incident
from tests.county import County
from tests.messages import message
from tests.orders import give, last_link, staff
from tests.sms_gateway import SECRET

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
WORDS = (
    *("麻雀甲语", "麻雀乙语", "麻雀丙名", "麻雀丁址", "麻雀戊记", "麻雀己伤", "麻雀庚亲", "麻雀辛院", "麻雀壬结"),
    *("麻雀癸图", "麻雀子注", "麻雀丑令", "麻雀寅答", "麻雀卯回", "麻雀辰稿", "麻雀巳坏", "麻雀午额", "麻雀未进"),
)
PHONES = ("13911110001", "13911110002", "610118199001011234")
REGISTERED = "13911110003"  # of somebody on the register, who was asked: stands there until they leave
COORDINATES = ("34.0433917", "108.7107913")
NUMBER = "call-planted-麻雀"


@dataclass
class Planted:
    """`values`: everything that must be gone. `records`: the numbers that an order names."""

    county: County
    records: list[str] = field(default_factory=list)
    incident: str = ""
    answers: list[tuple[str, bytes, str]] = field(default_factory=list)
    values: tuple[str, ...] = (*WORDS, *PHONES, *COORDINATES, NUMBER)


def plant(county: County) -> Planted:
    """By API, page, typed draft, note, list of casualties, file, order, link and SMS. The incident is closed then."""
    planted, key = Planted(county), county.key("110", "intake.write", "incidents.read")
    desk = county.account("desk")
    with transaction.atomic():
        staff(county.units["a"], ("队长", REGISTERED, "duty_officer"), by=SYSTEM)
    page, machine = Client(), Client()
    page.force_login(Account.objects.get(person=desk.person), BACKEND)
    _unreadable(planted, machine, key)
    report = _call(planted, machine, key)
    _typed(page)
    page.post(f"/reports/{report}/open/")
    incident = Incident.objects.select_related("record").get()
    number = planted.incident = incident.record.number
    planted.records.append(number)
    page.post(f"/incidents/{number}/note/", {"text": WORDS[4]})
    page.post(
        f"/incidents/{number}/list_casualty/",
        {"name": WORDS[5], "condition": "injured", "identity": PHONES[-1], "phone": PHONES[1], "hospital": WORDS[7]},
    )
    upload = SimpleUploadedFile(f"{WORDS[9]}.txt", f"{WORDS[9]} {PHONES[0]}".encode())
    page.post(f"/files/of/{incident.pk}/", {"file": upload, "note": WORDS[10]})
    _half_a_file(page, incident.pk)
    _order(county, incident, actor_for_post(desk))
    with transaction.atomic():
        close_incident(incident, by=actor_for_post(desk), summary=f"{WORDS[8]} {PHONES[0]}")
    return planted


def _call(planted: Planted, machine: Client, key: str) -> int:
    said = message(
        source_id=NUMBER,
        text=f"{WORDS[0]} {PHONES[0]}",
        caller={"name": WORDS[2], "phone": PHONES[0]},
        location={"address": f"草堂街道{WORDS[3]}", "latitude": 34.0433917, "longitude": 108.7107913},
        note=WORDS[16],
    )
    pk = _post(planted, machine, key, "/api/v1/reports", said, "planted-1").json()["id"]
    later = {"text": f"{WORDS[17]} {PHONES[1]}", "location": {"address": WORDS[3]}}
    _post(planted, machine, key, f"/api/v1/reports/{pk}/supplements", later, "planted-2")
    return int(pk)


def _unreadable(planted: Planted, machine: Client, key: str) -> None:
    body = message(received_at=f"{WORDS[15]} {PHONES[1]}")
    assert _post(planted, machine, key, "/api/v1/reports", body, "planted-3").status_code == 422
    kept = Quarantined.objects.select_related("record").get()
    planted.records.append(kept.record.number)
    Quarantined.objects.filter(pk=kept.pk).update(settled_at=timezone.now(), note=WORDS[1])


def _typed(page: Client) -> None:
    """A draft that was left over beside the call that it became."""
    page.post("/reports/new/typing/", {"source_id": NUMBER, "text": WORDS[14], "caller_phone": PHONES[1]})


def _half_a_file(page: Client, record: int) -> None:
    """One that came in parts, and never came to its end."""
    said = {"filename": f"{WORDS[9]}.txt", "record": str(record), "mark": "ab" * 32, "sha256": "cd" * 32}
    metadata = ",".join(f"{name} {b64encode(value.encode()).decode()}" for name, value in said.items())
    made = page.post("/files/uploads/", headers={"Upload-Length": "5000", "Upload-Metadata": metadata})
    part = f"{WORDS[9]} {PHONES[0]}".encode()
    kind = "application/offset+octet-stream"
    page.patch(made["Location"], part, content_type=kind, headers={"Upload-Offset": "0"})


def _post(planted: Planted, machine: Client, key: str, path: str, content: Any, once: str) -> Any:
    body = json.dumps(content).encode()
    headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": once}
    planted.answers.append((path, body, once))
    return machine.generic("POST", path, body, content_type="application/json", headers=headers)


def _order(county: County, incident: Incident, by: Any) -> None:
    with transaction.atomic():
        (order,) = give(county, by, "a", about=incident, text=f"{WORDS[11]} {PHONES[0]}")
        Assignment.objects.filter(pk=order.pk).update(place=Place(WORDS[3]).address)
    Deliverer(Event()).run_until_idle()
    link = Client()
    link.post(f"/o/{last_link(order)}", {"answer": "on_the_way", "key": "k1", "text": WORDS[12]})
    replied = {"id": "mo-1", "mobile": f"+86{REGISTERED}", "content": f"3 {WORDS[13]}", "time": "20260512030405"}
    link.post(f"/messages/sms/{SECRET}/replies", replied, content_type="application/json")
    words = {"id": "mo-2", "mobile": f"+86{REGISTERED}", "content": f"{WORDS[6]}", "time": "20260512030505"}
    link.post(f"/messages/sms/{SECRET}/replies", words, content_type="application/json")
    order.refresh_from_db()
    if order.state not in ("finished", "withdrawn"):
        link.post(f"/o/{last_link(order)}", {"answer": "finished", "key": "k2", "text": WORDS[12]})
    for record in Record.objects.filter(kind="incoming", as_incoming__settled_at=None):
        record.as_incoming.settled_at, record.as_incoming.note = timezone.now() - timedelta(days=1), WORDS[1]
        record.as_incoming.save()
