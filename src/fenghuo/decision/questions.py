"""What a decision says of a question that it cannot answer: which field, what was given, and the way out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """`field`: where in the question, as `seconds[3][2]`; `zh`, `en`: what is allowed there, and what to do."""

    field: str
    given: object
    zh: str
    en: str

    def said(self, language: str) -> str:
        return self.zh if language.startswith("zh") else self.en


class BadQuestion(ValueError):
    """Nothing was reckoned. `faults`: at least one."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(f"{fault.field}: {fault.en} (given: {fault.given!r})" for fault in faults))
        self.faults = faults
