"""What a text message in answer to an order says: a digit, perhaps the order's last four digits before it."""

import re
from dataclasses import dataclass

ANSWERS = {"1": "acknowledge", "2": "later", "3": "decline", "4": "arrived", "5": "finish"}
# Words that people write instead of the digit.
WORDS = (
    ("无法", "3"),
    ("不能", "3"),
    ("去不了", "3"),
    ("来不了", "3"),
    ("晚", "2"),
    ("稍后", "2"),
    ("已到", "4"),
    ("到达", "4"),
    ("到了", "4"),
    ("完成", "5"),
    ("结束", "5"),
    ("收到", "1"),
    ("出发", "1"),
    ("马上", "1"),
)
_CODE = r"#?(?P<code>\d{4})\s*[#,.:、\s]\s*"
_FORM = re.compile(rf"(?:{_CODE})?(?P<digit>[1-5])(?:\s*[#,.:、\s]\s*|\b|$)(?P<rest>.*)", re.DOTALL)
_MINUTES = re.compile(r"(?P<minutes>\d{1,4})\s*(?:分钟|分|min)?")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９，。：；＃　", "0123456789,.:;# ")


@dataclass(frozen=True, slots=True)
class Digits:
    """`code`: last four digits of the order meant, or ""; `minutes` only with on the way and later."""

    verb: str
    code: str
    minutes: int | None
    text: str


def read_digits(said: str) -> Digits | None:
    """None when it cannot be understood; nothing is guessed from a text that says two things."""
    text = said.strip().translate(_FULL_WIDTH)
    found = _FORM.fullmatch(text)
    if found is not None:
        rest = found["rest"].strip()
        return _with_rest(ANSWERS[found["digit"]], found["code"] or "", rest)
    code = re.match(_CODE, text)
    rest = text[code.end() :] if code else text
    meant = {digit for word, digit in WORDS if word in rest}
    if len(meant) != 1:
        return None
    return _with_rest(ANSWERS[meant.pop()], code["code"] if code else "", rest)


def _with_rest(verb: str, code: str, rest: str) -> Digits:
    minutes = None
    if verb in ("acknowledge", "later") and (found := _MINUTES.search(rest)):
        minutes = int(found["minutes"])
        minutes = minutes if minutes <= 24 * 60 else None
    return Digits(verb, code, minutes, rest[:500])
