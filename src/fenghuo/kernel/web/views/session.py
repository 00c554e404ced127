"""Choosing a post, a language, and in a demonstration somebody else's place."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_http_methods, require_POST

from fenghuo.kernel.access.models import Account
from fenghuo.kernel.registry.selectors import demo_accounts

from ..sessions import choose_post, posts_of


@require_http_methods(["GET", "POST"])
def post(request: HttpRequest) -> HttpResponse:
    if not isinstance(request.user, Account):
        return redirect(settings.LOGIN_URL)
    if request.method == "POST":
        pk = request.POST.get("post", "")
        if pk.isascii() and pk.isdigit() and choose_post(request.session, request.user, int(pk[:18])):
            return redirect("web:today")
    posts = posts_of(request.user)
    return render(request, "web/post.html" if posts else "web/no_post.html", {"posts": posts})


@require_http_methods(["GET", "POST"])
def demo(request: HttpRequest) -> HttpResponse:
    """One click takes another role. Only where the accounts are those of the demo county."""
    accounts = demo_accounts()
    if not accounts:
        raise Http404
    if request.method == "POST":
        chosen = next((one for one in accounts if one.person.account.username == request.POST.get("username")), None)
        if chosen is None:
            raise Http404
        request.session.flush()
        login(request, chosen.person.account, backend=settings.AUTHENTICATION_BACKENDS[-1])
        return redirect("web:today")
    return render(request, "web/demo.html", {"accounts": accounts})


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    code = request.POST.get("language", "")
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = redirect(back)
    if check_for_language(code) and code in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=365 * 24 * 3600,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response
