"""Every sentence that the code says is there, in both languages, with the same names in it."""

import re
from pathlib import Path
from string import Formatter

import pytest

from ..faults import Fault, messages

HERE = Path(__file__).parent.parent
CODE = re.compile(r'"((?:file|sheet|book|heading|row|value|cell|number|date|phone|identity|credit|position|boolean|choice|text|lost|summary)\.[a-z_]+)"')  # fmt: skip # noqa: E501
MADE = {
    "number.about",
    "number.at_least",
    "number.at_most",
    "number.more_than",
    "number.less_than",
}  # f"number.{about}"


def names(text: str) -> set[str]:
    return {name for _text, name, _format, _conversion in Formatter().parse(text) if name}


def test_every_code_has_its_sentence_and_every_sentence_its_code() -> None:
    said = {code for file in HERE.rglob("*.py") if "tests" not in file.parts for code in CODE.findall(file.read_text())}
    assert said | MADE == set(messages())


@pytest.mark.parametrize("code", sorted(messages()))
def test_both_languages_name_the_same(code: str) -> None:
    chinese, english = messages()[code]
    assert {name.removesuffix("_en") for name in names(english)} <= {*names(chinese), "given"}
    assert names(chinese) <= {name.removesuffix("_en") for name in names(english)} | {"given"}


def test_a_fault_that_the_caller_has_found_brings_its_own_words() -> None:
    fault = Fault(
        "unit.unknown", "某局", {"near": "某某局"}, texts=("没有“{given}”，是“{near}”吗？", "No {given}; {near}?")
    )
    assert fault.words("zh") == "没有“某局”，是“某某局”吗？"
    assert fault.message_en == "No 某局; 某某局?"


def test_what_was_given_is_cut_when_it_is_long() -> None:
    assert Fault("number.none", "很长" * 100).words("zh").startswith("“" + "很长" * 30 + "…”")
    assert "{" not in Fault("number.none", "{brace}").words("en").replace("{brace}", "")
