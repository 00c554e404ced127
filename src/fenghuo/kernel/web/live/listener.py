"""Who listens: the actor of the session's post, looked up when the stream opens and again every minute."""

from http.cookies import CookieError, SimpleCookie
from importlib import import_module

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.models import Account

from ..sessions import actor_of


def actor_of_cookies(cookies: str) -> Actor | None:
    """The actor of a browser's session, None without a valid one. Called in a thread."""
    try:
        found = SimpleCookie(cookies).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return None
    if found is None:
        return None
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(found.value)
    account = get_user(request)
    if not isinstance(account, Account) or not account.is_active:
        return None
    return actor_of(request.session, account)
