from pathlib import Path
from typing import Any

from django.test import Client

from fenghuo.readiness.teams.models import Team
from tests.county import County
from tests.workbooks import by_machine, xlsx


def test_a_room_with_an_api_of_its_own_takes_workbooks_too(
    county: County, client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.IMPORTS = tmp_path
    key = county.key("a", "registers.read", "registers.write")
    heads = ["队伍名称", "类别", "所属单位", "人数", "负责人", "联系电话", "经度", "纬度"]
    row = ["草堂应急队", "general", "草堂街道办事处", "12人", "李四", "13800000001", 108.6, 34.1]
    status, said = by_machine(client, key, "teams", xlsx([heads, row]))
    assert (status, said["created"], said["errors"]) == (200, 1, [])
    assert Team.objects.get().people == 12
    head = {"Authorization": f"Bearer {key}"}
    out = client.get("/api/v1/registers/teams.xlsx", headers=head)
    _status, again = by_machine(client, key, "teams", out.content, check=True)
    assert (again["new"], again["changed"], again["unchanged"], again["wrong"]) == (0, 0, 1, 0), again
