from pathlib import Path

from fenghuo.standards.plan_duties import COLUMNS, DUTIES, ENTRIES, own_flaws, plan_duties
from fenghuo.standards.plan_kinds import PLAN_KINDS

HEAD = ",".join(COLUMNS)


def test_each_of_the_four_entries_must_have_a_plan() -> None:
    asked = {who for duty in plan_duties().values() for who in duty.who}
    assert set(ENTRIES) <= asked


def test_nothing_uncertain_is_called_law() -> None:
    rows = [(row.certainty, row.cited) for row in plan_duties().values()]
    rows += [(row.certainty, row.cited) for row in PLAN_KINDS.values()]
    assert {cited for certainty, cited in rows if certainty == "?"} == {"本县设定"}
    assert all("未核对原文" in cited for certainty, cited in rows if certainty in ("C", "K"))
    assert plan_duties()["enterprise"].cited == "《中华人民共和国安全生产法(2021年修正)》第八十一条"


def test_a_dangerous_enterprise_files_with_one_more() -> None:
    """D708 art. 7: with the safety authority too."""
    duties = plan_duties().values()
    plain = [duty.id for duty in duties if duty.asks("enterprise", {"small"}, ())]
    dangerous = [duty.id for duty in duties if duty.asks("enterprise", {"small"}, {"hazardous"})]
    assert (plain, dangerous) == (["enterprise"], ["enterprise", "enterprise-danger"])
    assert "safety_plan_office" in plan_duties()["enterprise-danger"].files_as


def test_the_county_may_ask_only_larger_enterprises(tmp_path: Path) -> None:
    own = tmp_path / "plan_duties.csv"
    row = "enterprise,enterprise,above_scale large,,unit,plan_unit_block,COUNTY,,?,,,规模以上企业,larger enterprises"
    own.write_text(f"{HEAD}\n{row}\n", encoding="utf-8-sig")
    duty = plan_duties(own)["enterprise"]
    assert duty.asks("enterprise", {"small", "above_scale"}, ())
    assert not duty.asks("enterprise", {"unknown"}, ())
    assert not duty.asks("school", {"large"}, ())
    assert len(plan_duties(own)) == len(plan_duties())


def test_a_slip_of_the_pen_stops_nothing_and_is_named(tmp_path: Path) -> None:
    own = tmp_path / "plan_duties.csv"
    rows = (
        "a,hamlet,,,grassroots,plan_village,COUNTY,,?,,,甲,a",
        "b,village,,,novel,plan_village,COUNTY,,?,,,乙,b",
        "c,village,huge,,grassroots,plan_village,COUNTY,,?,,,丙,c",
        "d,village,,,grassroots,plan_village,NOLAW,,?,,,丁,d",
        "e,village,,,grassroots,,COUNTY,,?,,,戊,e",
    )
    own.write_text("\n".join([HEAD, *rows, ""]), encoding="utf-8")
    assert plan_duties(own) == plan_duties()
    flaws = own_flaws(own)
    assert len(flaws) == len(rows)
    assert all(f"line {place}" in flaw for place, flaw in enumerate(flaws, 2))
    own.write_bytes("编号,".encode("gbk"))
    assert own_flaws(own) == ["plan duties: the file is not written in UTF-8"]
    assert DUTIES.what_can(["id,who"])[1] != []
