"""队伍花名册 and 通讯录: identity numbers, telephones, ditto marks, headings in two rows, two lists side by side."""

from pathlib import Path

from .making import MEMBERS, read, said, values, xlsx


def test_a_roll_of_a_team(tmp_path: Path) -> None:
    rows = [
        ["甘亭街道应急救援队花名册"],
        ["序号", "姓名*", "性别", "身份证号码", "所属队伍", "入队时间", "手机号码", "专长", "政治面貌"],
        [1, "张三", "男", "11010519491231002X", "甘亭救援队", "2019.5", 13800001234, "破拆", "党员"],
        [2, "李四", "女", 6.10125199001011e17, "〃", "2019年6月", "138 0000 1235", "同上", "群众"],
        [3, "王五", "未知", "110105194912310021", '"', "2019", "13800001236、13800001237", "无", None],
        [4, " 赵  六 ", "男", "610125199001011000", "甘亭救援队", 43586, 13800001238, None, None],
        ["负责人签字:", None, None, None, "联系电话:13800001234"],
    ]
    found = read(xlsx(tmp_path / "a.xlsx", rows), MEMBERS)
    assert [values(row) for row in found.rows] == [
        {
            "name": "张三",
            "sex": "m",
            "identity": "11010519491231002X",
            "team": "甘亭救援队",
            "joined": "2019-05",
            "phone": "13800001234",
            "skills": "破拆",
        },
        {
            "name": "李四",
            "sex": "f",
            "team": "甘亭救援队",
            "joined": "2019-06",
            "phone": "13800001235",
            "skills": "破拆",
        },
        {"name": "王五", "team": "甘亭救援队"},
        {"name": "赵 六", "sex": "m", "team": "甘亭救援队", "joined": "2019-05", "phone": "13800001238"},
    ]
    assert said(found, "error") == [
        ("D4", "identity.spoilt"),
        ("C5", "choice.unknown"),
        ("D5", "identity.check"),
        ("F5", "date.month_missing"),
        ("G5", "phone.several"),
        ("D6", "identity.spoilt"),
    ]
    assert [heading.text for heading in found.tables[0].questions] == ["政治面貌"]
    assert found.tables[0].account() == {"title": 1, "header": 1, "record": 4, "signature": 1}


def test_headings_in_two_rows(tmp_path: Path) -> None:
    rows = [
        ["应急联络通讯录"],
        ["序号", "队伍名称", "队员", None, "联系方式", None],
        [None, None, "姓名", "性别", "手机", "办公电话"],
        [1, "甘亭救援队", "张三", "男", 13800001234, "029-84812345"],
        [2, None, "李四", "女", 13800001235, None],
        [3, "草堂救援队", "王五", "男", 13800001236, None],
    ]
    merged = ("A1:F1", "A2:A3", "B2:B3", "C2:D2", "E2:F2", "B4:B5")
    found = read(xlsx(tmp_path / "a.xlsx", rows, merged=merged), MEMBERS)
    assert [(row.value("name"), row.value("team"), row.value("phone")) for row in found.rows] == [
        ("张三", "甘亭救援队", "13800001234"),
        ("李四", "甘亭救援队", "13800001235"),
        ("王五", "草堂救援队", "13800001236"),
    ]
    assert [heading.text for heading in found.tables[0].questions] == ["联系方式/办公电话"]
    assert found.tables[0].account() == {"title": 1, "header": 2, "record": 3}


def test_two_lists_side_by_side(tmp_path: Path) -> None:
    rows = [
        ["通讯录"],
        ["序号", "姓名", "电话", "序号", "姓名", "电话"],
        [1, "张三", 13800001234, 3, "王五", 13800001236],
        [2, "李四", 13800001235, None, None, None],
    ]
    found = read(xlsx(tmp_path / "a.xlsx", rows), MEMBERS)
    assert [(row.number, row.value("name"), row.value("phone")) for row in found.rows] == [
        (3, "张三", "13800001234"),
        (4, "李四", "13800001235"),
        (3, "王五", "13800001236"),
    ]
    assert found.rows[2].values["name"].place.address == "E3"
    assert found.accounts[0].kinds == {"title": 1, "header": 1, "record": 2}


def test_headings_again_on_every_page(tmp_path: Path) -> None:
    head = ["序号", "姓名", "电话"]
    rows = [head, [1, "张三", 13800001234], ["小计", "1人"], head, [2, "李四", 13800001235]]
    found = read(xlsx(tmp_path / "a.xlsx", rows), MEMBERS)
    assert [row.value("name") for row in found.rows] == ["张三", "李四"]
    assert found.tables[0].account() == {"header": 1, "record": 2, "subtotal": 1, "repeated_header": 1}


def test_another_list_with_other_columns_further_down(tmp_path: Path) -> None:
    rows = [
        ["姓名", "电话"],
        ["张三", 13800001234],
        [],
        ["二组"],
        ["电话", "性别", "姓名"],
        [13800001235, "女", "李四"],
    ]
    found = read(xlsx(tmp_path / "a.xlsx", rows), MEMBERS)
    assert [(row.value("name"), row.value("sex"), row.value("phone")) for row in found.rows] == [
        ("张三", None, "13800001234"),
        ("李四", "f", "13800001235"),
    ]
    assert len(found.tables) == 2


def test_two_columns_for_one_field_are_asked_not_guessed(tmp_path: Path) -> None:
    rows = [["姓名", "电话", "电话"], ["张三", 13800001234, 13800001235]]
    path = xlsx(tmp_path / "a.xlsx", rows)
    found = read(path, MEMBERS)
    assert found.rows[0].value("phone") is None
    assert [(one.key, one.state, one.candidates) for one in found.tables[0].questions] == [
        ("电话@B", "ambiguous", ("phone",)),
        ("电话@C", "ambiguous", ("phone",)),
    ]
    answered = read(path, MEMBERS, mapping={"电话@C": "phone", "电话@B": None})
    assert answered.rows[0].value("phone") == "13800001235"
    assert answered.tables[0].questions == []


def test_the_same_person_twice(tmp_path: Path) -> None:
    rows = [
        ["姓名", "电话", "专长"],
        ["张三", 13800001234, "破拆"],
        ["张三", 13800001234, "破拆"],
        ["张三", 13800001234, "潜水"],
    ]
    found = read(xlsx(tmp_path / "a.xlsx", rows), MEMBERS)
    assert [row.repeats for row in found.rows] == [None, 2, None]
    assert said(found) == [("A3", "row.twice"), ("A4", "row.same_key")]
    assert [row.ok for row in found.rows] == [True, True, False]


def test_words_of_duties_and_names_that_sound_like_sums(tmp_path: Path) -> None:
    rows = [
        ["姓名", "职务", "电话"],
        ["张三", "审核人", 13800001234],
        ["李四", "填表人", 13800001235],
        ["总计划", "组长", 13800001236],
    ]
    found = read(xlsx(tmp_path / "a.xlsx", rows), MEMBERS)
    assert [row.value("name") for row in found.rows] == ["张三", "李四", "总计划"]


def test_a_form_that_was_not_filled_to_its_end(tmp_path: Path) -> None:
    rows = [
        ["序号", "姓名", "电话"],
        ["示例", "张某", 13800000000],
        [1, "张三", 13800001234],
        [2, None, None],
        ["3", None, None],
        ["以下空白"],
        [None, "第1页 共1页"],
    ]
    found = read(xlsx(tmp_path / "a.xlsx", rows), MEMBERS)
    assert [row.value("name") for row in found.rows] == ["张三"]
    assert found.tables[0].account() == {"header": 1, "record": 1, "note": 3, "blank": 2}
    assert found.all_faults == []
