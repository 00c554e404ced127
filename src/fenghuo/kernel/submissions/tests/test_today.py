"""Today of the sender: what was accepted lately stands there with its receipt, and then no longer."""

from datetime import timedelta

from django.utils import timezone

from fenghuo.kernel.submissions import services
from fenghuo.kernel.submissions.models import Submission
from fenghuo.kernel.submissions.today import NEWS
from fenghuo.kernel.web.today import Item, items_for
from tests.county import County
from tests.essays import Essays


def news(county: County) -> list[Item]:
    return [item for item in items_for(county.actor("enterprise", "clerk")) if item.done_at]


def test_a_receipt_is_news_for_some_days(essays: Essays, county: County) -> None:
    essays.enterprise(supervised="education")
    block, _line = essays.send_all(county.actor("enterprise", "clerk"), "essay", "essay_line", unit="enterprise")
    assert news(county) == []
    done = services.accept(block, by=county.actor("a", "clerk"))
    (said,) = news(county)
    assert done.receipt in said.note
    assert said.source == county.units["a"].name
    Submission.objects.filter(pk=block.pk).update(settled_at=timezone.now() - NEWS - timedelta(minutes=1))
    assert news(county) == []
