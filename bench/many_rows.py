"""Server milliseconds of the people's register with 2,000 and then 20,000 people, as JSON: python -m bench.many_rows

Beside it a page of the same 200 rows written as a plain Django template, with the same shell and sign-in; "rows" and
"plain rows" are the making of the rows alone, once they are there.
"""

import json
import os
import time
from collections.abc import Callable
from functools import partial

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fenghuo.config.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.template import engines  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.plain_list import ROWS, cells  # noqa: E402
from fenghuo.kernel.access.actor import actor_for_post  # noqa: E402
from fenghuo.kernel.access.models import Account, Person, Post, Record, Unit  # noqa: E402
from fenghuo.kernel.registers.asking import found_rows, read_query  # noqa: E402
from fenghuo.kernel.registers.declaring import register_named  # noqa: E402
from fenghuo.kernel.registers.presenting import rows_html  # noqa: E402
from fenghuo.kernel.registry.models import Name  # noqa: E402
from fenghuo.kernel.registry.spelling import search_keys  # noqa: E402
from tests.county import SINCE, make_county  # noqa: E402

settings.ROOT_URLCONF = "bench.plain_list"
settings.ALLOWED_HOSTS = ["*"]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PAGES = {
    "first": "/registers/people/",
    "filter": "/registers/people/?region=610118007000&state=stale",
    "words": "/registers/people/?q=王小12",
    "sort": "/registers/people/?sort=-name",
    "200 rows": "/registers/people/?size=200",
    "plain": "/plain/",
}
ROUNDS = 15


def fill(unit: Unit, start: int, count: int) -> None:
    names = [f"{'王李张刘陈杨黄赵'[n % 8]}小{n}" for n in range(start, start + count)]
    shared = {"kind": "person", "unit": unit, "region": unit.region, "block": unit.region.path}
    records = Record.objects.bulk_create([Record(**shared, title=name, checked_at=timezone.now()) for name in names])
    pairs = list(zip(records, names, strict=True))
    people = Person.objects.bulk_create(
        [Person(record=record, name=name, mobile="13800000000", phone="029-84800000") for record, name in pairs]
    )
    Post.objects.bulk_create([Post(person=one, unit=unit, role="clerk", title="干事", since=SINCE) for one in people])
    Name.objects.bulk_create(
        [Name(record=record, record_kind="person", text=name, keys=search_keys(name)) for record, name in pairs],
        batch_size=500,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def makers() -> dict[str, Callable[[], object]]:
    """The 200 rows made into HTML, by the register and by the plain template."""
    register, actor = register_named("people"), actor_for_post(post)
    assert register is not None
    asked = read_query(register, actor, {})
    rows = list(found_rows(register, actor, asked)[:200])
    template = engines["django"].from_string(ROWS)
    return {
        "rows": lambda: rows_html(register, rows, asked.columns),
        "plain rows": lambda: template.render({"rows": cells(rows, asked.columns)}),
    }


def spent(client: Client) -> dict[str, float]:
    """Milliseconds, the median of the rounds, in which all pages are asked in turn."""
    doing = {name: partial(client.get, page) for name, page in PAGES.items()} | makers()
    spans: dict[str, list[float]] = {name: [] for name in doing}
    for _round in range(ROUNDS):
        for name, do in doing.items():
            began = time.perf_counter()
            assert getattr(do(), "status_code", 200) == 200, name
            spans[name].append((time.perf_counter() - began) * 1000)
    return {name: round(sorted(those)[ROUNDS // 2], 1) for name, those in spans.items()}


call_command("migrate", verbosity=0)
call_command("collectstatic", interactive=False, verbosity=0)
with transaction.atomic():
    county = make_county()
    post = county.account("desk", "emo", "administrator")
client = Client(headers={"accept-language": "zh-hans"})
client.force_login(Account.objects.get(person=post.person), BACKEND)
fill(county.units["a"], 0, 2_000)
small = spent(client)
fill(county.units["a"], 2_000, 18_000)
print(json.dumps([small, spent(client)]))
