"""Giving the newest root away: by e-mail through the outbox, or to another node."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import httpx
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, Refused, WrongState
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Region
from fenghuo.kernel.journal.recording import record
from fenghuo.kernel.journal.roots import newest_root
from fenghuo.kernel.messaging.models import Message
from fenghuo.kernel.messaging.receivers import Receiver
from fenghuo.kernel.messaging.services import notify
from fenghuo.kernel.registry.selectors import home_region
from fenghuo.kernel.web.machine.problems import to_json

from ..models import GivenRoot, Way

ENDPOINT = "/api/v1/journal/roots"
PATIENCE = 15  # seconds


def current_root() -> tuple[Region, dict[str, Any]]:
    """(the county, the newest root). Raises: WrongState while there is none."""
    home, root = home_region(), newest_root()
    if home is None or root is None:
        raise WrongState(_("Nothing is sealed yet. While Fenghuo is running, new entries are sealed within seconds."))
    return home, {"node": home.code, **root}


@transaction.atomic
def mail_root(addresses: Sequence[str], *, by: Actor, day: date | None = None) -> list[Message]:
    """The newest root to each address, through the outbox. `day`: once for this day; who had it is left out.

    Raises: NotAllowed, Invalid (an address), WrongState (nothing sealed yet).
    """
    require(by, "seals.read")
    for address in addresses:
        try:
            validate_email(address)
        except ValidationError as error:
            raise Invalid(Fault("mail", _("must be an e-mail address"), address)) from error
    home, root = current_root()
    had = set(GivenRoot.objects.filter(day=day).values_list("address", flat=True)) if day else set()
    wanted = [address for address in dict.fromkeys(addresses) if address not in had]
    if not wanted:
        return []
    text = _(
        "%(county)s: the journal up to position %(last)s is under seal %(number)s.\n%(root)s\n"
        "Please keep this message: it shows later whether the journal was rewritten."
    ) % {"county": home.name, "last": root["last"], "number": root["number"], "root": to_json(root)}
    subject = _("Root of the journal: seal %(number)s") % {"number": root["number"]}
    receivers = [Receiver(name=address, email=address) for address in wanted]
    made = notify(receivers, text, record=home.pk, by=by, subject=subject, channels=["email"])
    _note(home, root, Way.MAIL, wanted, by=by, day=day)
    return made


def post_root(address: str, key: str, *, by: Actor) -> dict[str, Any]:
    """The newest root to another node, which must take it; its answer. Asked outside any transaction.

    Raises: NotAllowed, Invalid (the address), WrongState (nothing sealed), Refused (the node did not take it).
    """
    require(by, "seals.read")
    if not address.startswith(("https://", "http://")):
        raise Invalid(Fault("post", _("must be an address like https://city.example"), address))
    home, root = current_root()
    url = address.rstrip("/")
    url = url if url.endswith(ENDPOINT) else url + ENDPOINT
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    try:
        answer = httpx.post(url, content=to_json(root), headers=headers, timeout=PATIENCE)
        content = answer.json() if answer.content else {}
    except (httpx.HTTPError, httpx.InvalidURL, json.JSONDecodeError, UnicodeDecodeError) as error:
        raise Refused(_("%(url)s did not take the root: %(reason)s") % {"url": url, "reason": error}) from error
    if answer.status_code not in (200, 201):
        reason = content.get("detail") if isinstance(content, dict) else ""
        said = {"url": url, "reason": f"{answer.status_code} {reason or ''}".strip()}
        raise Refused(_("%(url)s did not take the root: %(reason)s") % said)
    note_posted(home, root, url, by=by)
    return root


@transaction.atomic
def note_posted(home: Region, root: dict[str, Any], url: str, *, by: Actor) -> None:
    """Put on record that another node has taken it."""
    _note(home, root, Way.POST, [url[:254]], by=by, day=None)


def _note(
    home: Region, root: dict[str, Any], way: Way, addresses: Sequence[str], *, by: Actor, day: date | None
) -> None:
    now = timezone.now()
    GivenRoot.objects.bulk_create(
        GivenRoot(number=root["number"], hash=root["hash"], way=way, address=address, day=day, given_at=now)
        for address in addresses
    )
    record(
        "root.given",
        by,
        about=[home],
        public={"number": root["number"], "hash": root["hash"], "way": str(way)},
        private={"addresses": list(addresses)},
    )
