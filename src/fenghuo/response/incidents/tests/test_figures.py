"""Figures keep their source and time; they are never added up."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fenghuo.kernel.access.errors import Invalid
from fenghuo.response.incidents import services
from fenghuo.response.incidents.figures import by_source, chosen, standing
from fenghuo.response.incidents.messages import SupplementMessage
from fenghuo.response.incidents.reading import read_message
from tests.county import County


def test_each_source_says_its_own(county: County) -> None:
    desk = county.actor("emo")
    police = county.report(figures={"injured": 3, "trapped": 1})
    ambulance = county.report(county.machine("120"), source="120", figures={"injured": 2})
    it = services.open_incident([police, ambulance], by=desk)
    sources = by_source(standing(it))
    assert {name: source.figures for name, source in sources.items()} == {
        "110": {"injured": 3, "trapped": 1},
        "120": {"injured": 2},
    }
    assert chosen(it, sources) == sources["110"]
    services.choose_figures(it, by=desk, source="120")
    it.refresh_from_db()
    assert chosen(it, by_source(standing(it))) == by_source(standing(it))["120"]
    with pytest.raises(Invalid) as refused:
        services.choose_figures(it, by=desk, source="119")
    assert "110" in str(refused.value)


def test_newer_words_of_one_source_replace_field_by_field(county: County) -> None:
    desk, now = county.actor("emo"), timezone.now()
    before, earlier = now - timedelta(minutes=5), now - timedelta(minutes=9)
    it = services.open_incident([county.report(figures={"injured": 3})], by=desk)
    services.set_figures(it, by=desk, source="医院", as_of=before, figures={"dead": 1, "injured": 2})
    services.set_figures(it, by=desk, source="医院", as_of=now, figures={"injured": None, "magnitude": 4.5})
    services.set_figures(it, by=desk, source="医院", as_of=earlier, figures={"dead": 7, "missing": 2})
    assert by_source(standing(it))["医院"].figures == {"dead": 1, "magnitude": 4.5, "missing": 2}


def test_a_separated_report_takes_its_figures_with_it(county: County) -> None:
    desk = county.actor("emo")
    it = services.open_incident([county.report(figures={"injured": 1})], by=desk)
    second = county.report(county.machine("120"), source="120", figures={"dead": 3})
    services.join_report(it, second, by=desk)
    services.choose_figures(it, by=desk, source=second.source)
    it.refresh_from_db()
    assert it.proposed_level == 3
    services.separate_report(it, second, by=desk, reason="另一起")
    it.refresh_from_db()
    assert list(by_source(standing(it))) == ["110"]
    assert it.proposed_level == 4


def test_later_facts_of_a_joined_report_count(county: County) -> None:
    desk, machine = county.actor("emo"), county.machine()
    report = county.report(machine, figures={"injured": 3})
    it = services.open_incident([report], by=desk)
    services.add_supplement(report, read_message(SupplementMessage, {"figures": {"dead": 3}}), by=machine)
    assert by_source(standing(it))["110"].figures == {"injured": 3, "dead": 3}
    it.refresh_from_db()
    assert it.proposed_level == 3


@pytest.mark.parametrize("figures", [{}, None])
def test_nothing_said(county: County, figures: dict[str, int] | None) -> None:
    it = services.open_incident([county.report()], by=county.actor("emo"))
    with pytest.raises(Invalid):
        services.set_figures(it, by=county.actor("emo"), source="x", as_of=timezone.now(), figures=figures or {})
