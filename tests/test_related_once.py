"""What many rows have in common is fetched once; the rows are the same as when everything is joined."""

import pytest
from django.db.models import QuerySet
from pytest_django import DjangoAssertNumQueries

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.models import Person, Unit
from fenghuo.kernel.access.once import related_once
from fenghuo.kernel.registry.services import add_person
from tests.county import County

pytestmark = pytest.mark.django_db


def joined() -> QuerySet[Person]:
    return Person.objects.select_related("record__unit__region", "record__region").order_by("pk")


def test_rows_of_one_unit_share_it(county: County, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for name in ("张三", "李四", "王五"):
        add_person(by=SYSTEM, name=name, unit=county.units["a"])
    said = [(one.name, one.record.unit, one.record.region) for one in joined()]
    with django_assert_num_queries(4):  # people with their records, units, their regions, regions
        once = list(related_once(joined()))
        assert [(one.name, one.record.unit, one.record.region) for one in once] == said
        units = [one.record.unit for one in once if one.record.unit_id == county.units["a"].pk]
        assert units[0] is not None
        assert units[0].region.name
    assert len(units) > 2
    assert all(unit is units[0] for unit in units)


def test_without_joins_nothing_is_changed(county: County) -> None:
    rows = Unit.objects.order_by("pk")
    assert related_once(rows) is rows
    assert list(related_once(rows.select_related("region"))) == list(rows)
