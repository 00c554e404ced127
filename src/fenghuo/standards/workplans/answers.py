"""What a draft of a work plan is made of. Every piece keeps the words that it came from: text[start:end]."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class UnitKind(StrEnum):
    """`named`: one unit by its name. The others are words for many, which the register has to tell."""

    NAMED = "named"
    TOWNSHIPS = "townships"
    DEPARTMENTS = "departments"
    COMMITTEES = "committees"
    ENTERPRISES = "enterprises"
    SCHOOLS = "schools"
    COMMANDS = "commands"
    SUPERIORS = "superiors"
    ALL = "all"


class DueKind(StrEnum):
    """By `last`; between `first` and `last`; on that day; from `first`; undated: 适时, or no such day, or no year."""

    BY = "by"
    DURING = "during"
    ON = "on"
    FROM = "from"
    UNDATED = "undated"


class Comparison(StrEnum):
    EXACTLY = "exactly"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    BETWEEN = "between"
    ABOUT = "about"


class Recurrence(StrEnum):
    ONCE = "once"
    EACH_TWO_YEARS = "each_two_years"
    EACH_YEAR = "each_year"
    EACH_HALF_YEAR = "each_half_year"
    EACH_TERM = "each_term"
    EACH_QUARTER = "each_quarter"
    EACH_TWO_MONTHS = "each_two_months"
    EACH_MONTH = "each_month"
    EACH_HALF_MONTH = "each_half_month"
    EACH_WEEK = "each_week"
    EACH_DAY = "each_day"


class Why(StrEnum):
    """What the reader of a plan is not sure of; the sentences stand in words.py."""

    EMPTY = "empty"
    NOT_CHINESE = "not_chinese"
    NO_HEADINGS = "no_headings"
    NOT_A_PLAN = "not_a_plan"
    CUT = "cut"
    NO_TITLE = "no_title"
    NO_YEAR = "no_year"
    OTHER_YEAR = "other_year"
    CHAPTER_MISSING = "chapter_missing"
    CLAUSE_MISSING = "clause_missing"
    NUMBER_TWICE = "number_twice"
    NO_UNIT = "no_unit"
    DATE_READ_TWO_WAYS = "date_read_two_ways"
    NO_SUCH_DAY = "no_such_day"


@dataclass(frozen=True, slots=True)
class UnitWords:
    """`inherited`: named in an earlier sentence or row, and taken to go on. `certain`: read without guessing."""

    words: str
    start: int
    end: int
    kind: UnitKind
    certain: bool = True
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """`other`: the last day by the other reading, where the words have two. All None where no day follows."""

    words: str
    start: int
    end: int
    kind: DueKind
    first: date | None = None
    last: date | None = None
    certain: bool = True
    other: date | None = None


@dataclass(frozen=True, slots=True)
class Quota:
    """`low` None: no least; `high` None: no most; both None: only how often is said, not how many (每月开展).

    `unit`: the word that counts (人, 次, %). `every`: the words of the recurrence, "" when it is once.
    """

    words: str
    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    unit: str
    comparison: Comparison
    recurrence: Recurrence = Recurrence.ONCE
    every: str = ""


@dataclass(frozen=True, slots=True)
class DraftTarget:
    """One sentence with one subject. `heading`: of its item (一是加快…工作), "" without.

    `tidy`: its text without broken lines, blanks and page numbers. `receiving`: to whom it is reported or filed.
    """

    text: str
    start: int
    end: int
    heading: str = ""
    tidy: str = ""
    lead: tuple[UnitWords, ...] = ()
    supporting: tuple[UnitWords, ...] = ()
    receiving: tuple[UnitWords, ...] = ()
    dues: tuple[Due, ...] = ()
    quotas: tuple[Quota, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftClause:
    """`number`: 2.3 for clause (三) of chapter 二. `label`: as it was written."""

    number: str
    label: str
    title: str
    text: str
    start: int
    end: int
    targets: tuple[DraftTarget, ...]


@dataclass(frozen=True, slots=True)
class DraftChapter:
    number: str
    title: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """`number`: of clause or chapter. `words`: of the text. start and end are None where it is about all of it."""

    code: Why
    number: str = ""
    words: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class DraftPlan:
    title: str
    year: int | None
    chapters: tuple[DraftChapter, ...] = field(default=())
    clauses: tuple[DraftClause, ...] = field(default=())
    doubts: tuple[Doubt, ...] = field(default=())
