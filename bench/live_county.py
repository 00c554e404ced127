"""500 people of a real county with a session each, and incidents they are told of: python -m bench.live_county PEOPLE

In an installation's environment, with the demo county loaded. Prints JSON: [[post, session key], …].
"""

import json
import os
import sys
from datetime import date

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fenghuo.config.settings")
django.setup()

from django.contrib.sessions.backends.db import SessionStore  # noqa: E402

from fenghuo.kernel.access.actor import SYSTEM, actor_for_post  # noqa: E402
from fenghuo.kernel.access.models import Account, Unit  # noqa: E402
from fenghuo.kernel.assignments.receivers import addressees  # noqa: E402
from fenghuo.kernel.assignments.services import Order, issue  # noqa: E402
from fenghuo.kernel.registry.services import add_person, appoint  # noqa: E402
from fenghuo.response.incidents.services import open_incident  # noqa: E402
from tests.installation import UNIT  # noqa: E402

from .live_writer import report_somewhere, villages  # noqa: E402

INCIDENTS = 24
ROLES = {"government": "duty_leader", "township": "clerk", "committee": "head", "department": "clerk"}


def staff(count: int) -> list[Unit]:
    """Where `count` people work: the county's desk and heads, departments, towns, then one a village."""
    kinds: dict[str, list[Unit]] = {}
    for unit in Unit.objects.select_related("region", "record").filter(code__startswith="610118").order_by("code"):
        kinds.setdefault(unit.kind, []).append(unit)
    whole = [*kinds["government"] * 6, *kinds["emergency_office"] * 14, *kinds["command_body"] * 5]
    some = [*kinds["department"] * 4, *kinds["township"] * 8, *kinds["partner"] * 2]
    rest = kinds["committee"] * (1 + count // len(kinds["committee"]))
    return [*whole, *some, *rest][:count]


def sign_in(unit: Unit, number: int) -> tuple[int, str]:
    """A person with a post there, and the key of their session."""
    person = add_person(by=SYSTEM, name=f"测试{number}", unit=unit)
    post = appoint(person, by=SYSTEM, unit=unit, role=ROLES.get(unit.kind, "duty_officer"), since=date(2020, 1, 1))
    # No password: making 500 of them slow to guess would take minutes.
    account = Account.objects.create(username=f"listener-{number}", person=person, password="!")
    session = SessionStore()
    session["_auth_user_id"] = str(account.pk)
    session["_auth_user_backend"] = "allauth.account.auth_backends.AuthenticationBackend"
    session["_auth_user_hash"] = account.get_session_auth_hash()
    session.create()
    return post.pk, str(session.session_key)


def main() -> None:
    signed_in = [sign_in(unit, number) for number, unit in enumerate(staff(int(sys.argv[1])))]
    office = Unit.objects.select_related("region", "record").get(code=UNIT)
    desk = appoint(
        add_person(by=SYSTEM, name="值班", unit=office),
        by=SYSTEM,
        unit=office,
        role="duty_officer",
        since=date(2020, 1, 1),
    )
    by = actor_for_post(desk)
    towns = list(Unit.objects.filter(kind="township").order_by("code"))
    places = villages()
    for number in range(INCIDENTS):
        incident = open_incident([report_somewhere(f"first-{number}", places[number * 7 % len(places)])], by=by)
        town = towns[number % len(towns)].pk
        issue(incident, [Order(addressees(by, [town])[town], "派人到现场查看")], by=by)
    print(json.dumps(signed_in))


if __name__ == "__main__":
    main()
