"""A character that PostgreSQL takes nowhere, in an address: said to machines, never a page that broke."""

import pytest
from django.test import Client

from fenghuo.kernel.access.models import Account
from tests.county import County


@pytest.mark.parametrize(
    "path", ["incidents?kind=%00", "incidents?q=a%00b", "journal?about=%00", "assignments?state=%00"]
)
def test_machines_are_told(county: County, client: Client, path: str) -> None:
    key = county.key("emo", "incidents.read", "journal.read", "assignments.read")
    answer = client.get(f"/api/v1/{path}", headers={"Authorization": f"Bearer {key}"})
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert "U+0000" in answer.json()["detail"]


def test_pages_do_not_see_it(county: County, client: Client) -> None:
    post = county.account("desk")
    client.force_login(Account.objects.get(person=post.person), "allauth.account.auth_backends.AuthenticationBackend")
    for path in ("/reports/?q=%00", "/incidents/?q=a%00b&kind=%00", "/clocks/?rule=%00"):
        assert client.get(path).status_code == 200, path
