"""Yes and no, and words out of a list."""

from ..book import Raw, Shown
from ..fields import Field, choice_word
from ..words import halved
from .read import Read, Unreadable

YES = frozenset(
    ["是", "有", "√", "✓", "✔", "☑", "对", "y", "yes", "true", "1", "真", "已", "已有", "具备", "●", "■", "v"]
)
NO = frozenset(
    [
        "否",
        "无",
        "没有",
        "×",
        "✗",
        "✘",
        "x",
        "错",
        "n",
        "no",
        "false",
        "0",
        "假",
        "未",
        "不是",
        "不",
        "不具备",
        "○",
        "□",
    ]
)


def read_boolean(raw: Raw) -> Read:
    """Raises: Unreadable."""
    if isinstance(raw, Shown):
        raw = raw.value
    if isinstance(raw, bool):
        return Read(raw)
    if isinstance(raw, str | int | float):
        word = halved(str(raw)).lower()
        if word in YES:
            return Read(True)
        if word in NO:
            return Read(False)
    raise Unreadable("boolean.none")


def read_choice(text: str, field: Field) -> Read:
    """The value whose words these are. Raises: Unreadable."""
    value = field.value_of.get(choice_word(text))
    if value is None:
        raise Unreadable("choice.unknown", allowed=field.allowed)
    return Read(value)
