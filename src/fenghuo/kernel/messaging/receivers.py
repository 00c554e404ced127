"""Who a message is for, and how they can be reached."""

import re
import unicodedata
from dataclasses import dataclass

MOBILE = re.compile(r"1\d{10}")
ABROAD = re.compile(r"\+[1-9]\d{6,14}")
SEPARATORS = re.compile(r"[\s()./-]+")


@dataclass(frozen=True, slots=True)
class Receiver:
    """A person, a unit's duty desk, or just a telephone. `name` is what pages call them; it is personal."""

    name: str
    person_id: int | None = None
    unit_id: int | None = None
    phone: str = ""
    email: str = ""


def sms_number(phone: str) -> str:
    """The number as gateways want it: 13800000000, or +852… for one abroad; "" when it can get no SMS (a landline)."""
    number = SEPARATORS.sub("", unicodedata.normalize("NFKC", phone))
    home = re.sub(r"^(\+|00)?86(?=1\d{10}$)", "", number)
    if MOBILE.fullmatch(home):
        return home
    number = re.sub(r"^00", "+", number)
    return number if ABROAD.fullmatch(number) else ""
