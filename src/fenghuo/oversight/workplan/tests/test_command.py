"""fenghuo workplan load and export."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from fenghuo.oversight.workplan.models import PlanState, WorkPlan
from fenghuo.oversight.workplan.seed import seed_text
from tests.county import County


def run(*words: str) -> str:
    said = StringIO()
    call_command("workplan", *words, stdout=said, stderr=StringIO())
    return said.getvalue()


@pytest.fixture
def seed(tmp_path: Path) -> str:
    path = tmp_path / "plan.toml"
    path.write_text(seed_text(), encoding="utf-8")
    return str(path)


def test_it_loads_and_exports(county: County, seed: str, tmp_path: Path) -> None:
    said = json.loads(run("load", seed, "--year", "2026", "--in-force", "--json"))
    assert (said["clauses"], said["year"], said["stored"]) == (18, 2026, True)
    assert "610118000000-HOU" in said["unknown_units"]
    assert WorkPlan.objects.get().state == PlanState.IN_FORCE
    again = tmp_path / "again.toml"
    again.write_text(run("export", "2026"), encoding="utf-8")
    assert json.loads(run("load", str(again), "--json"))["targets"] == said["targets"]


def test_a_check_stores_nothing(county: County, seed: str) -> None:
    assert json.loads(run("load", seed, "--check", "--json"))["stored"] is False
    assert not WorkPlan.objects.exists()


def test_a_mistake_is_named_and_the_exit_is_1(county: County, tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text('title = "x"\nyear = 2026\n[[clause]]\nnumber = "1"\n', encoding="utf-8")
    said = StringIO()
    with pytest.raises(SystemExit) as left:
        call_command("workplan", "load", str(bad), "--json", stdout=said)
    assert left.value.code == 1
    assert json.loads(said.getvalue())["errors"][0]["field"] == "clause 1: title"
    with pytest.raises(CommandError):
        run("load", str(tmp_path / "nothing.toml"))
    with pytest.raises(CommandError):
        run("export", "1999")
