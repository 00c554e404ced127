"""What people write back by text message."""

import pytest

from fenghuo.kernel.assignments.digits import read_digits


@pytest.mark.parametrize(
    ("said", "verb", "code", "minutes"),
    [
        ("1", "acknowledge", "", None),
        ("１", "acknowledge", "", None),
        ("1 20", "acknowledge", "", 20),
        ("1,20分钟", "acknowledge", "", 20),
        ("1.", "acknowledge", "", None),
        ("2 40", "later", "", 40),
        ("3 车坏了", "decline", "", None),
        ("0012 1", "acknowledge", "0012", None),
        ("#0012 1 15", "acknowledge", "0012", 15),
        ("0012,3,路断了", "decline", "0012", None),
        ("4", "arrived", "", None),
        ("5 已疏通", "finish", "", None),
        ("收到", "acknowledge", "", None),
        ("收到,马上出发,20分钟到", "acknowledge", "", 20),
        ("无法前往,车辆故障", "decline", "", None),
        ("晚点到", "later", "", None),
    ],
)
def test_digits_and_plain_words(said: str, verb: str, code: str, minutes: int | None) -> None:
    read = read_digits(said)
    assert read is not None
    assert (read.verb, read.code, read.minutes) == (verb, code, minutes)


@pytest.mark.parametrize("said", ["", "你是谁", "6", "12", "13800000000", "2012年", "收到,但去不了", "TD", "1988"])
def test_nothing_is_guessed(said: str) -> None:
    assert read_digits(said) is None
