"""What stands on the paper, whether Word or PDF makes it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import NotFound

from ..declaring import Column, Register, Row
from ..kinds import Choice, Day, Degrees, Lines, Many, Place, Telephone, UnitNamed, Whole
from ..presenting import row_title
from ..writing import asked_of

EMPTY, CROSSED, NO_BREAK = "□", "■", "\u00a0"
ROWS = 11  # lines of a landscape A4 page that leave room to write, also below headings of two lines
WIDEST = 13  # what fits side by side on it, in the measure of `_width`
FEW = 6  # choices that are printed as boxes in a line; more of them stand in the notes
MANY = 50  # choices that stand nowhere on the paper: whoever fills it in says it in words
SHORT = 24  # characters of all choices together


@dataclass(frozen=True, slots=True)
class Box:
    """One thing asked. `choices`: words to cross; `value`: what is known already. `width` in parts of the line."""

    label: str
    needed: bool
    width: float
    choices: tuple[str, ...] = ()
    value: str = ""
    crossed: tuple[str, ...] = ()
    tall: bool = False

    @property
    def heading(self) -> str:
        return f"{self.label} *" if self.needed else self.label

    @property
    def words(self) -> tuple[str, ...]:
        """What is printed where one writes: each choice with its box, or the value."""
        if not self.choices:
            return (self.value,)
        return tuple(f"{CROSSED if word in self.crossed else EMPTY}{NO_BREAK}{word}" for word in self.choices)


@dataclass(frozen=True, slots=True)
class Paper:
    """`wide`: a table for several rows on a landscape page; else one card a page. `known`: with a row's values."""

    title: str
    under: str
    boxes: tuple[Box, ...]
    notes: tuple[str, ...]
    wide: bool
    known: bool


def empty_paper(register: Register, by: Actor) -> Paper:
    """The form to fill in for new rows. Raises: NotFound when nothing is entered by hand."""
    columns = asked_of(register, by, new=True) if register.create is not None else ()
    if not columns:
        raise NotFound(_("Nothing is entered into this register by hand."))
    wide = sum(_width(column) for column in columns) <= WIDEST
    boxes = tuple(_box(column, cards=not wide) for column in columns)
    title = _("%(register)s: form to fill in") % {"register": register.title}
    return Paper(title, "", boxes, tuple(_notes(columns, boxes)), wide=wide, known=False)


def row_paper(register: Register, row: Row, by: Actor) -> Paper:
    """What is kept of one row, to be checked by hand, with room for what is otherwise."""
    columns = tuple(column for column in register.columns_for(by) if column.kept)
    boxes = tuple(_box(column, cards=True, row=row) for column in columns)
    title = _("%(register)s: to check by hand") % {"register": register.title}
    notes = (_("Cross what is right; where it is not, write what is. Then enter the changes in the register."),)
    return Paper(title, row_title(register, row), boxes, notes, wide=False, known=True)


def _box(column: Column, *, cards: bool, row: Row | None = None) -> Box:
    words = _choices(column)
    if len(words) > MANY or not (cards or _fit(words)):
        words = ()
    value = ""
    crossed: tuple[str, ...] = ()
    if row is not None:
        found = column.value(row)
        value = column.kind.show(found)
        chosen = found if isinstance(column.kind, Many) else [found]
        crossed = tuple(column.kind.show([one] if isinstance(column.kind, Many) else one) for one in chosen if one)
    tall = isinstance(column.kind, Lines)
    return Box(str(column.label), column.needed, _width(column), words, value, crossed, tall)


def _choices(column: Column) -> tuple[str, ...]:
    return tuple(str(word) for _slug, word in column.kind.choices()) if isinstance(column.kind, Choice) else ()


def _fit(words: tuple[str, ...]) -> bool:
    return len(words) <= FEW and sum(map(len, words)) <= SHORT


def _width(column: Column) -> float:
    kind = column.kind
    if isinstance(kind, Lines):
        return 4
    if isinstance(kind, Choice):
        return 2.5 if _fit(_choices(column)) else 1.5
    if isinstance(kind, Whole):
        return 0.8
    if isinstance(kind, UnitNamed | Place | Telephone):
        return 1.6
    return 1.2 if isinstance(kind, Day | Degrees) or kind.most <= 60 else 2


def _notes(columns: tuple[Column, ...], boxes: tuple[Box, ...]) -> Iterator[str]:
    if any(column.needed for column in columns):
        yield _("What is marked with * must be filled in. Leave empty what you do not know; do not guess.")
    if any(box.choices for box in boxes):
        yield _("Cross the box of what fits: □ becomes ☒.")
    if any(isinstance(column.kind, Day) for column in columns):
        yield _("Days with year, month and day, for example 2026-05-12.")
    if any(isinstance(column.kind, Telephone) for column in columns):
        yield _("Mobile numbers have 11 digits; other numbers with their area code, for example 029-84812345.")
    if any(isinstance(column.kind, Degrees) for column in columns):
        yield _("Longitude and latitude in degrees (WGS 84), for example 108.6085 and 34.0021.")
    if any(isinstance(column.kind, UnitNamed | Place) for column in columns):
        yield _("Units and places by their full official names.")
    for column, box in zip(columns, boxes, strict=True):
        words = _choices(column)
        if len(words) > MANY:
            yield _("%(column)s: in your own words, separated by commas.") % {"column": column.label}
        elif words and not box.choices:
            yield _("%(column)s: one of %(words)s") % {"column": column.label, "words": " / ".join(words)}
        if column.help:
            yield _("%(column)s: %(help)s") % {"column": column.label, "help": column.help}
