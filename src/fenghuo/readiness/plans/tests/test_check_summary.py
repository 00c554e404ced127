"""What the workbook says equals a recount, row by row, that knows nothing of the summary."""

import random
from collections import Counter

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.readiness.plans.checks.services import (
    AnswerSaid,
    correct_finding,
    finish_item,
    keep_answers,
    verify_finding,
)
from fenghuo.readiness.plans.checks.sheets import summary_book
from fenghuo.readiness.plans.checks.summary import by_part, summary, total
from fenghuo.readiness.plans.models import CheckItem, CheckQuestion, Finding
from tests.county import County
from tests.workbooks import opened

from .check_rounds import all_said, begun, item_of, key


def test_the_workbook_equals_a_recount(county: County) -> None:
    lots = random.Random(8)
    round_ = begun(county)
    counts = Counter[str]()
    for unit in ("village", "community", "school"):
        item = item_of(round_, county, unit)
        values = [lots.choice(("yes", "no", "na")) for _one in all_said(item)]
        said = [AnswerSaid(one.question, value, key=key()) for one, value in zip(all_said(item), values, strict=True)]
        keep_answers(item, said, by=SYSTEM)
        finish_item(item, by=SYSTEM)
        counts["checked"] += sum(value != "na" for value in values)
        counts["found"] += values.count("no")
    for place, found in enumerate(Finding.objects.order_by("pk")):
        if place % 3:
            correct_finding(found, by=SYSTEM, text="已改")
            counts["corrected"] += 1
        if place % 3 == 2:
            verify_finding(found, by=SYSTEM)
            counts["verified"] += 1
    # A visit that is not finished counts for nothing yet.
    left = item_of(round_, county, "enterprise")
    keep_answers(left, all_said(left, no=("drill",)), by=SYSTEM)
    assert counts["verified"] > 0
    table = summary(SYSTEM, round_)
    words = dict(CheckQuestion.objects.filter(round=round_).values_list("question", "zh"))
    rows = list(opened(summary_book(table, words)).worksheets[0].values)
    (last,) = [row for row in rows if row[0] in ("Together", "合计")]
    wanted = (counts["checked"], counts["found"], counts["corrected"], counts["verified"])
    assert tuple(last[3:7]) == wanted
    body = [row for row in rows if row[2] in words.values()]
    assert tuple(sum(int(str(row[place])) for row in body) for place in range(3, 7)) == wanted
    for part in range(3):
        whole = total(by_part(table, part).values())
        assert (whole.checked, whole.found, whole.corrected, whole.verified) == wanted


def test_everybody_counts_what_they_see(county: County) -> None:
    round_ = begun(county)
    for item in CheckItem.objects.filter(round=round_).select_related("record__unit__region", "round__record"):
        keep_answers(item, all_said(item, no=("drill",)), by=SYSTEM)
        finish_item(item, by=SYSTEM)
    assert total(summary(county.actor("emo", "clerk"), round_).values()).found == 4
    assert total(summary(county.actor("education", "clerk"), round_).values()).found == 1
