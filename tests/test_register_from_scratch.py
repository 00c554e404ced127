"""A new register is one small file: what stands in FILE is all, and everything that a register has follows from it."""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.registers import declaring
from fenghuo.kernel.web import menu
from fenghuo.readiness.teams.models import Team
from fenghuo.readiness.teams.services import create_team
from tests.county import County
from tests.register_suite import RegisterSuite

FILE = """
from fenghuo.kernel.registers.declaring import Column, Register, add
from fenghuo.kernel.registers.kinds import Choice, Text, UnitNamed, Whole
from fenghuo.readiness.teams import services
from fenghuo.readiness.teams.models import Team, TeamKind

add(
    Register(
        name="boats",
        title="Boat crews",
        one="Boat crew",
        icon="helmet",
        order=990,
        read="teams.read",
        write="teams.write",
        rows=lambda by: Team.objects.visible_to(by).select_related("record__region", "record__unit__region"),
        search=lambda _by, found, words: found.filter(record__title__contains=words),
        columns=(
            Column("name", "Name", lambda row: row.name, Text(60), "record__title", ("名称",), needed=True),
            Column("kind", "Kind", lambda row: row.kind, Choice(choices=lambda: TeamKind.choices), needed=True),
            Column("unit", "Unit", lambda row: row.record.unit, UnitNamed(), once=True, needed=True),
            Column("people", "People", lambda row: row.people, Whole(), "people", ("人数",)),
        ),
        keys=(("name", "unit"),),
        may_change=services.may_change,
        create=services.create_team,
        change=services.change_team,
        confirm=services.confirm_team,
        position=lambda row: (row.latitude, row.longitude) if row.latitude is not None else None,
    )
)
"""
_serial = count(1)


@pytest.fixture(autouse=True)
def declared() -> Iterator[None]:
    entries = len(menu._entries)
    exec(compile(FILE, "register.py", "exec"), {})
    yield
    del declaring._registers["boats"]
    del menu._entries[entries:]


class TestFromScratch(RegisterSuite):
    name = "boats"
    wrong = {"name": "", "people": "many"}
    new = {"name": "冲锋舟一队", "kind": "volunteer", "unit": "610118007000", "people": "6"}

    def make(self, county: County) -> Team:
        return create_team(by=SYSTEM, unit=county.units["a"], name=f"舟艇队{next(_serial)}", kind="general")

    def change(self, place: int) -> dict[str, Any]:
        return {"people": place + 1}


def test_it_stands_in_the_menu_on_paper_and_on_the_map(
    county: County, client: Client, sign_in: Callable[..., Client]
) -> None:
    clerk = sign_in("a", "clerk")
    assert reverse("registers:list", args=["boats"]) in clerk.get("/").content.decode()
    assert clerk.get(reverse("registers:form_docx", args=["boats"])).content.startswith(b"PK")
    create_team(by=SYSTEM, unit=county.units["a"], name="舟艇队", kind="general", latitude=34.04, longitude=108.71)
    head = {"Authorization": f"Bearer {county.key('a', 'registers.read')}"}
    assert "boats" in [one["name"] for one in client.get("/api/v1/registers", headers=head).json()]
    features = client.get("/api/v1/registers/boats.geojson", headers=head).json()["features"]
    assert [one["properties"]["name"] for one in features] == ["舟艇队"]
