"""What every page of the shell shows."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from fenghuo.kernel.access.models import Account, Post, Region
from fenghuo.kernel.registry.selectors import demo_accounts, desk_now

from .menu import menu_for
from .sessions import POST, posts_of


def shell(request: HttpRequest) -> dict[str, Any]:
    """Lazy where it costs: the values are only worked out when the page is a whole one with the shell."""
    return {"shell": Shell(request), "languages": settings.LANGUAGES}


class Shell:
    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.actor = getattr(request, "actor", None)
        self.now = timezone.localtime()

    @property
    def menu(self) -> list[Any]:
        return menu_for(self.actor, self._request.path) if self.actor else []

    @cached_property
    def _desk(self) -> tuple[Region | None, list[Post]]:
        return desk_now(timezone.localdate())

    @property
    def home(self) -> Region | None:
        return self._desk[0]

    @property
    def position(self) -> int:
        """From here on the live stream tells what is new on this page."""
        return int(getattr(self._request, "live_after", 0))

    @property
    def on_duty(self) -> list[Post]:
        return self._desk[1] if self.actor else []

    @property
    def posts(self) -> list[Post]:
        account = self._request.user
        return posts_of(account) if isinstance(account, Account) else []

    @property
    def post_id(self) -> int | None:
        return self.actor.post_id if self.actor else self._request.session.get(POST)

    @property
    def demo_here(self) -> bool:
        """Whether this installation holds the demo county (asked on the sign-in page)."""
        return bool(demo_accounts())

    @property
    def demo(self) -> bool:
        return bool(self.actor and self.actor.demo)
