"""The post in which somebody acts: chosen at sign-in when they hold several, kept in the session."""

from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone

from fenghuo.kernel.access.actor import Actor, actor_for_post
from fenghuo.kernel.access.models import Account, Post
from fenghuo.kernel.registry.selectors import posts_held

POST = "post"


def posts_of(account: Account) -> list[Post]:
    """The posts the account's person holds today, oldest first. 1 query for each account that was loaded."""
    held: list[Post] | None = getattr(account, "_held", None)
    if held is None:
        held = list(posts_held(timezone.localdate()).filter(person_id=account.person_id).order_by("since", "pk"))
        account._held = held  # type: ignore[attr-defined]  # an account is loaded anew for each request
    return held


def actor_of(session: SessionBase, account: Account) -> Actor | None:
    """The actor of the chosen post; of the only or first one when none is chosen; None without a valid post."""
    posts = posts_of(account)
    chosen = next((post for post in posts if post.pk == session.get(POST)), posts[0] if posts else None)
    return actor_for_post(chosen) if chosen else None


def choose_post(session: SessionBase, account: Account, pk: int) -> bool:
    """Act in this post from now on; False when the account does not hold it."""
    if any(post.pk == pk for post in posts_of(account)):
        session[POST] = pk
        return True
    return False
