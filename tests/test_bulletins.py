"""The test set of calls and bulletins is read without a mistake; what it does not say is not found."""

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
