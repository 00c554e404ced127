"""The test set of calls and bulletins is read without a mistake; what it does not say is not found."""

from typing import Any

import pytest

from bench.bulletins import NOW, Bulletin, bulletins
from bench.extraction import compared
from fenghuo.kernel.registry.demo.gazetteer import demo_gazetteer
from fenghuo.response.incidents.extraction import guess_document, guess_from


@pytest.mark.parametrize("bulletin", list(bulletins()), ids=lambda bulletin: bulletin.text[:24])
def test_a_bulletin_is_read_as_a_careful_officer_would(bulletin: Bulletin) -> None:
    found = [guess_document(guess) for guess in guess_from(bulletin.text, NOW, demo_gazetteer())]
    assert len(found) == len(bulletin.incidents)
    for said, got in zip(bulletin.incidents, found, strict=True):
        for field, expected, value in compared(said, got):
            assert value == expected, (field, got)


FULL_WIDTH = {ord(sign): chr(ord(sign) + 0xFEE0) for sign in ",;:()!?0123456789"}


@pytest.mark.parametrize("bulletin", list(bulletins()), ids=lambda bulletin: bulletin.text[:24])
def test_full_width_signs_and_digits_are_read_alike(bulletin: Bulletin) -> None:
    written = bulletin.text.translate(FULL_WIDTH)
    plain = [guess_document(guess) for guess in guess_from(bulletin.text, NOW, demo_gazetteer())]
    found = [guess_document(guess) for guess in guess_from(written, NOW, demo_gazetteer())]
    for one, other in zip(plain, found, strict=True):
        assert [values(one), values(other)] == [values(one)] * 2


def values(document: dict[str, Any]) -> dict[str, Any]:
    place = (document["place"] or {}).get("value") or {}
    return {
        "time": (document["time"] or {}).get("value"),
        "place": place.get("region"),
        "kind": (document["kind"] or {}).get("value"),
        "figures": {name: found["value"] for name, found in document["figures"].items()},
        "phones": [found["value"] for found in document["phones"]],
    }


@pytest.mark.parametrize("bulletin", list(bulletins()), ids=lambda bulletin: bulletin.text[:24])
def test_every_value_carries_the_words_it_came_from(bulletin: Bulletin) -> None:
    for guess in guess_from(bulletin.text, NOW, demo_gazetteer()):
        told = guess.told
        values = [told.time, told.kind, guess.place, *told.figures.values(), *told.phones]
        for found in values:
            if found is not None:
                assert found.words
                assert found.words.strip() in bulletin.text
                assert 0 < found.confidence < 1
