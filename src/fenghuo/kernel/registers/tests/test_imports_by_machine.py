from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from fenghuo.kernel.access.models import Person, Unit
from fenghuo.kernel.registers.models import Import
from tests.county import County
from tests.workbooks import by_machine, opened, xlsx

HEADS = ["姓名", "单位", "职务", "手机号码"]
RIGHT = ["李四", "草堂街道办事处", "干事", "13800000001"]
WRONG = ["王五", "草堂街道办事处", "干事", "138000"]


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.IMPORTS = tmp_path / "imports"


@pytest.fixture
def key(county: County) -> str:
    return county.key("a", "registers.read", "registers.write")


def test_a_check_stores_nothing_and_says_all(county: County, client: Client, key: str) -> None:
    status, said = by_machine(client, key, "people", xlsx([HEADS, RIGHT, WRONG]), check=True)
    assert status == 200
    assert (said["rows"], said["good"], said["new"], said["wrong"], said["stored"]) == (2, 1, 1, 1, 0)
    (error,) = said["errors"]
    assert (error["sheet"], error["row"], error["cell"], error["field"]) == ("Sheet", 3, "D3", "mobile")
    assert (error["heading"], error["given"]) == ("手机号码", "138000")
    assert error["message"]
    assert not Person.objects.filter(name="李四").exists()
    head = {"Authorization": f"Bearer {key}"}
    copy = client.get(said["workbook"], headers=head)
    assert copy.status_code == 200
    assert opened(copy.content)["Sheet"]["D3"].comment is not None
    other = {"Authorization": f"Bearer {county.key('a', 'registers.read', 'registers.write')}"}
    assert client.get(said["workbook"], headers=other).status_code == 404


def test_without_check_what_is_right_goes_in_once(county: County, client: Client, key: str) -> None:
    content = xlsx([HEADS, RIGHT, WRONG])
    status, said = by_machine(client, key, "people", content)
    assert (status, said["created"], said["stored"], said["wrong"], said["state"]) == (200, 1, 1, 1, "done")
    status, said = by_machine(client, key, "people", content)
    assert (said["new"], said["unchanged"], said["stored"]) == (0, 1, 0)
    assert Person.objects.filter(name="李四").count() == 1


def test_an_idempotency_key_makes_it_once(county: County, client: Client, key: str) -> None:
    content = xlsx([HEADS, RIGHT])
    status, first = by_machine(client, key, "people", content, headers={"Idempotency-Key": "k1"})
    again_status, again = by_machine(client, key, "people", content, headers={"Idempotency-Key": "k1"})
    assert (status, again_status, again["id"]) == (200, 200, first["id"])
    assert Import.objects.count() == 1
    other, problem = by_machine(client, key, "people", xlsx([HEADS, RIGHT, WRONG]), headers={"Idempotency-Key": "k1"})
    assert (other, problem["status"]) == (409, 409)


def test_what_is_no_workbook_is_refused_with_the_way_out(county: County, client: Client, key: str) -> None:
    status, said = by_machine(client, key, "people", b"\x89PNG\r\n....")
    assert status == 422
    assert said["errors"][0]["field"] == "file"
    assert "picture" in str(said) or "图片" in str(said)
    head = {"Authorization": f"Bearer {key}"}
    assert client.post("/api/v1/registers/people/import", headers=head).status_code == 422
    unknown, _said = by_machine(client, key, "nothing", xlsx([HEADS]))
    assert unknown == 404


def test_filters_of_the_address_narrow_the_workbook(county: County, client: Client, key: str) -> None:
    head = {"Authorization": f"Bearer {key}"}
    out = client.get("/api/v1/registers/units.xlsx?kind=township", headers=head)
    rows = list(opened(out.content).worksheets[0].iter_rows(values_only=True))
    assert len(rows) - 1 == Unit.objects.filter(kind="township").count() == 2
    assert client.get("/api/v1/registers/units.xlsx?kind=nothing", headers=head).status_code == 422
