"""Links that open one assignment without a password: for one receiver, expiring, closed when it is withdrawn."""

import hmac
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, NotFound
from fenghuo.kernel.access.rights import Role
from fenghuo.kernel.access.sight import Sight

from ..models import Assignment, Link, Step, Way
from .answering import Said, acknowledge, decline, finish, report_progress

VALID_FOR = timedelta(days=3)
MOST_WRONG = 5  # tries at the telephone's last digits, then no other browser gets in
DIGITS = 4


@dataclass(frozen=True, slots=True)
class Opened:
    """`known`: this browser may read it; else it must name the last digits of the telephone it was sent to."""

    link: Link
    known: bool


def make_links(steps: Sequence[Step], now: datetime) -> dict[int, str]:
    """A link for each step's receiver; step key → whole address. The secret stands nowhere else."""
    addresses: dict[int, str] = {}
    made = []
    for step in steps:
        secret = secrets.token_urlsafe(12)
        addresses[step.pk] = f"{settings.BASE_URL}/o/{secret}"
        made.append(
            Link(
                assignment=step.assignment,
                digest=digest(secret),
                name=step.name,
                person_id=step.person_id,
                phone=step.phone,
                made_at=now,
                expires_at=max(now, step.assignment.due_at or now) + VALID_FOR,
            )
        )
    Link.objects.bulk_create(made)
    return addresses


def digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def link_opened(secret: str, browser: str) -> Opened:
    """Look at a link; changes nothing. `browser`: the cookie that this browser brought, or "".

    Raises: NotFound (unknown, altered, expired or closed), always in the same words.
    """
    found = (
        Link.objects.select_related("assignment__record", "assignment__about", "assignment__to", "assignment__issuer")
        .filter(digest=digest(secret[:100]))
        .first()
    )
    if found is not None and found.expires_at > timezone.now():
        known = not found.browser or (bool(browser) and hmac.compare_digest(found.browser, digest(browser)))
        # Too many wrong digits shut out whoever guessed them, never the receiver who has answered already.
        if known or found.wrong_tries < MOST_WRONG:
            return Opened(found, known)
    raise NotFound(_("This link is not valid, or no longer. Call who sent it to you."))


def prove(link: Link, digits: str) -> bool:
    """Whether these are the last digits of the telephone. Too many wrong tries, and no other browser gets in."""
    wanted = "".join(sign for sign in link.phone if sign.isdigit())[-DIGITS:]
    given = unicodedata.normalize("NFKC", digits).strip()  # telephones also write １２３４
    # Counted before it is looked at, so that many tries at the same moment are no more than five.
    row = Link.objects.filter(pk=link.pk, wrong_tries__lt=MOST_WRONG)
    if row.update(wrong_tries=F("wrong_tries") + 1) != 1:
        return False
    if len(wanted) != DIGITS or not hmac.compare_digest(wanted.encode(), given.encode()):
        return False
    Link.objects.filter(pk=link.pk).update(wrong_tries=F("wrong_tries") - 1)
    return True


def bind(link: Link, browser: str) -> None:
    """From now on this browser may read it; the one before must prove itself again."""
    Link.objects.filter(pk=link.pk).update(browser=digest(browser))


@dataclass(frozen=True, slots=True)
class LinkAnswer:
    """What was tapped: on_the_way, later, cannot, arrived or finished. `key` makes it count once."""

    answer: str
    key: str
    eta_minutes: int | None = None
    text: str = ""
    happened_at: datetime | None = None


def answer_by_link(link: Link, said: LinkAnswer, *, browser: str, address: str = "") -> Assignment:
    """Carry out what was tapped, and bind the link to this browser.

    `browser`: the cookie's value from now on. Raises: WrongState (withdrawn, finished …), Invalid.
    """
    by = actor_of_link(link).at(address)
    # A telephone that was without a connection may keep a wrong clock: never later than now.
    at = min(said.happened_at, timezone.now()) if said.happened_at else None
    if at is not None and at < link.made_at:
        at = None
    how = Said(Way.LINK, f"{link.pk}:{said.key}"[:64], link.name)
    it = link.assignment
    with transaction.atomic():
        Link.objects.filter(pk=link.pk, browser="").update(browser=digest(browser))
        match said.answer:
            case "on_the_way" | "later":
                later = said.answer == "later"
                return acknowledge(
                    it, by=by, eta_minutes=said.eta_minutes, later=later, text=said.text, said=how, happened_at=at
                )
            case "cannot":
                return decline(it, by=by, reason=said.text, said=how, happened_at=at)
            case "arrived":
                return report_progress(it, by=by, text=said.text, arrived=True, said=how, happened_at=at)
            case "progress":
                return report_progress(it, by=by, text=said.text, said=how, happened_at=at)
            case "finished":
                return finish(it, by=by, result=said.text or _("done"), said=how, happened_at=at)
            case other:
                raise Invalid(Fault("answer", _("is no answer to an order"), other[:50]))


def actor_of_link(link: Link) -> Actor:
    return actor_of_receiver(link.assignment, link.person_id)


def actor_of_receiver(one: Assignment, person_id: int | None = None) -> Actor:
    """Who answers by link or text message: the order's receiver, with whom nothing but this order is shared."""
    team_unit = one.to.unit_id if one.to.kind == "team" else None
    return Actor(
        label=_("receiver of the order") if one.to.kind == "person" else one.to_name,
        sight=Sight.OWN,
        unit_id=one.to_id if one.to.kind == "unit" else team_unit,
        person_id=person_id or (one.to_id if one.to.kind == "person" else None),
        roles=frozenset({Role.CLERK}),
    )
