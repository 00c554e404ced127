"""Views that somebody in a post calls: `acting` hands them the Actor, or leads to signing in."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from fenghuo.kernel.access.actor import Actor


def acting[**P](
    view: Callable[Concatenate[HttpRequest, Actor, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Call the view with the actor of the session's post; without an account or a valid post, say what to do."""

    def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            # Part of a page that is open since yesterday: it keeps what it shows; a sign-in page is no part of it.
            if request.headers.get("HX-Request"):
                return HttpResponse(status=403)
            return redirect_to_login(request.get_full_path())
        actor: Actor | None = getattr(request, "actor", None)
        if actor is None:
            return render(request, "web/no_post.html", status=403)
        return view(request, actor, *args, **kwargs)

    update_wrapper(checked, view)
    return checked
