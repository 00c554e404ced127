"""A message to people chosen in the contact book: choose, read once more, send."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Conflict, Invalid
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.messaging.receivers import sms_number
from fenghuo.kernel.web.acting import acting
from fenghuo.kernel.web.forms import show_faults

from .. import services
from ..forms import MessageForm
from ..selectors.book import Asked, entries, people_by_key
from ..services.messaging import PEOPLE_MOST

MOST_DIGITS = 18  # of a key


@require_http_methods(["GET", "POST"])
@acting
def message(request: HttpRequest, actor: Actor) -> HttpResponse:
    """`people` and `unit` (for all of one) come from the contact book; with `text` it is sent."""
    require(actor, "contacts.message")
    chosen = _chosen(request, actor)
    if not chosen:
        messages.error(request, _("Choose at least one person."))
        return redirect("organisations:contacts")
    sending = "text" in request.POST
    form = MessageForm(request.POST if sending else None)
    if sending and form.is_valid():
        try:
            made = services.message_people(chosen, by=actor, text=form.cleaned_data["text"])
        except Invalid as refused:
            show_faults(form, refused)
        except Conflict as refused:
            form.add_error(None, str(refused.message))
        else:
            _say_sent(request, actor, len({one.person_id for one in made}))
            return redirect(f"{reverse('messaging:outbox')}?record={actor.unit_id}")
    people = people_by_key(actor, chosen)
    context = {
        "form": form,
        "people": people,
        "unreached": [one for one in people if not sms_number(one.mobile) and not one.email],
        "waits": not actor.may("messages.approve"),
        "too_many": PEOPLE_MOST if len(people) > PEOPLE_MOST else 0,
    }
    return render(request, "organisations/message.html", context, status=422 if form.errors else 200)


def _chosen(request: HttpRequest, actor: Actor) -> list[int]:
    """Keys of people, those of whole units included."""
    given = request.POST if request.method == "POST" else request.GET
    keys = _keys(given.getlist("people"))
    for unit in _keys(given.getlist("unit")):
        keys += [entry.pk for entry in entries(actor, Asked(unit=unit))]
    return list(dict.fromkeys(keys))


def _keys(given: list[str]) -> list[int]:
    return [int(key) for key in given if key.isascii() and key.isdigit() and len(key) <= MOST_DIGITS]


def _say_sent(request: HttpRequest, actor: Actor, n: int) -> None:
    if actor.may("messages.approve"):
        said = ngettext("The message goes to %(n)s person.", "The message goes to %(n)s people.", n)
    else:
        said = ngettext(
            "The message to %(n)s person waits until a leader approves it.",
            "The message to %(n)s people waits until a leader approves it.",
            n,
        )
    messages.success(request, said % {"n": n})
