"""What can be wrong with a row of rules: where it stands, what it says, why that cannot be, what may stand there."""

from dataclasses import dataclass

WHY = {
    "not_utf8": "the file is not written in UTF-8",
    "no_id": "a row needs an id",
    "long_id": "an id has at most 32 characters, without blanks",
    "missing_columns": "these columns are missing",
    "unknown": "this word is not known here",
    "bad_span": "no span: a number with m, h, d, wd, mo or y, a schedule, or at_once",
    "too_long": "the span is longer than a hundred years",
    "zero_span": "a span of zero minutes, hours, working days, months or years: write at_once",
    "zero_step": "it repeats without a step, so it would never end",
    "never_ends": "it repeats at once, so it would never end",
    "bad_schedule": "no such schedule",
    "bad_time": "no time of day",
    "bad_date": "no date",
    "backwards": "it ends before it is in force",
    "overlap": "two rows of this id are in force on the same days",
    "impossible": "no number is both",
    "bad_condition": "no condition",
    "bad_region": "no region code",
    "bad_extension": "an extension is a number of days: 60d or 20wd",
    "shift_minutes": "only days, months and years and fixed dates can move off a day of rest",
    "own_law": "what a county sets itself is not law: the source is COUNTY and the certainty is ?",
    "empty": "it must not be empty",
    "long": "it is too long",
    "control": "it holds a sign that cannot be stored (U+0000)",
    "no_csv": "the file cannot be read as CSV",
}


@dataclass(frozen=True, slots=True)
class Flaw:
    """`line` of the file, or 0; `allowed`: what may stand there instead, or the other row's days."""

    line: int
    rule: str
    column: str
    value: str
    code: str
    allowed: str = ""

    def __str__(self) -> str:
        where = f"line {self.line}, " if self.line else ""
        rather = f"; allowed: {self.allowed}" if self.allowed else ""
        return f"{where}rule {self.rule or '?'}, column {self.column}, value {self.value!r}: {WHY[self.code]}{rather}"


class BadRules(ValueError):
    """Rows that cannot be in force; `flaws` names each."""

    def __init__(self, *flaws: Flaw) -> None:
        super().__init__("\n".join(map(str, flaws)))
        self.flaws = flaws


class Wrong(ValueError):
    """Of one value, while a row is read; the reader adds where it stands."""

    def __init__(self, code: str, value: str, allowed: str = "") -> None:
        super().__init__(code)
        self.code, self.value, self.allowed = code, value, allowed
