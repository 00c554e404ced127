"""Several remarks on one paper are answered in one form and one act; what is left blank is named, the rest is kept."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from fenghuo.kernel.access.errors import Invalid
from fenghuo.kernel.submissions import services
from fenghuo.kernel.submissions.models import Remark, Submission
from fenghuo.kernel.submissions.services import Said
from tests.county import County
from tests.essays import Essays


@pytest.fixture
def returned(essays: Essays, county: County) -> tuple[Submission, list[Remark]]:
    sent = essays.send()
    remarks = [Said("缺第三页", "issued_text"), Said("联系电话已停用"), Said("没有盖章")]
    services.return_(sent, by=county.actor("a", "clerk"), reason="材料不全", remarks=remarks)
    return sent, list(Remark.objects.order_by("pk"))


def test_all_are_answered_and_sent_again_in_one_act(
    returned: tuple[Submission, list[Remark]], sign_in: Callable[..., Client]
) -> None:
    sent, remarks = returned
    page = reverse("submissions:submission", args=[sent.record.number])
    village = sign_in("village", "clerk")
    shown = village.get(page).content.decode()
    assert shown.count('name="answer_') == 3
    said = {f"answer_{one.pk}": f"第{n}条已改" for n, one in enumerate(remarks)} | {"item_issued_text": "paper"}
    assert village.post(f"{page}resubmit/", said).status_code == 302
    sent.refresh_from_db()
    assert (sent.state, sent.round) == ("submitted", 2)
    assert list(Remark.objects.order_by("pk").values_list("answer", flat=True)) == [
        "第0条已改",
        "第1条已改",
        "第2条已改",
    ]


def test_what_is_left_blank_is_named_and_what_was_typed_is_kept(
    returned: tuple[Submission, list[Remark]], sign_in: Callable[..., Client]
) -> None:
    sent, remarks = returned
    page = reverse("submissions:submission", args=[sent.record.number])
    said = {f"answer_{remarks[0].pk}": "第一条已改", f"answer_{remarks[1].pk}": " ", "item_issued_text": "paper"}
    refused = sign_in("village", "clerk").post(f"{page}resubmit/", said)
    shown = refused.content.decode()
    assert refused.status_code == 422
    assert "第一条已改" in shown
    assert 'id="paper" data-live' not in shown  # what arrives meanwhile does not sweep it away
    assert 'id="paper" data-live' in sign_in("village", "clerk").get(page).content.decode()
    assert [f'id="id_answer_{one.pk}_error"' in shown for one in remarks] == [False, True, True]
    sent.refresh_from_db()
    assert (sent.state, sent.round) == ("returned", 1)


def test_machines_answer_in_the_same_act_and_hear_which_are_left(
    returned: tuple[Submission, list[Remark]], county: County
) -> None:
    sent, (first, second, third) = returned
    village = county.actor("village", "clerk")
    with pytest.raises(Invalid) as refused:
        services.resubmit(sent, by=village, answers={first.pk: "已补"})
    assert [one.field for one in refused.value.faults] == [f"answer_{second.pk}", f"answer_{third.pk}"]
    services.answer_remarks(sent, {second.pk: "已改", third.pk: "已盖"}, by=village)
    assert services.resubmit(sent, by=village, answers={first.pk: "已补"}).round == 2
