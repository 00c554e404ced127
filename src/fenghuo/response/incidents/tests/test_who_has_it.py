"""An open page says who looks at it: once when it opens, then every 20 seconds, and never on and on."""

from django.test import Client
from django.urls import reverse

from fenghuo.kernel.access.models import Account
from tests.county import County


def test_the_answer_does_not_ask_again_at_once(county: County, client: Client) -> None:
    report, post = county.report(), county.account("desk")
    client.force_login(Account.objects.get(person=post.person), "allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(reverse("incidents:report", args=[report.pk])).content.decode()
    assert 'hx-trigger="every 20s, load"' in page
    for verb in ("look", "take"):
        answer = client.post(reverse(f"incidents:{verb}", args=[report.pk])).content.decode()
        assert 'hx-trigger="every 20s"' in answer, verb
