"""Who acted, as somebody types it: a person, one of their posts, a machine, or the system."""

import re
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.errors import Fault, Invalid
from fenghuo.kernel.access.models import Post, Token
from fenghuo.kernel.journal.reach import Reach
from fenghuo.kernel.journal.wanted import Who
from fenghuo.kernel.registry.selectors import find_people

from .words import listed

MOST = 10
MARKED = re.compile(r"#(T?)(\d{1,18})(?:-(\d{1,18}))?\s*$")
SYSTEM = ("system", "the system", "系统")


@dataclass(frozen=True, slots=True)
class Option:
    """`value` is what stands in the field when it is chosen: words for people, and behind # the key that is meant."""

    value: str
    note: str = ""


def options(reach: Reach, typed: str) -> list[Option]:
    """What a beginning could mean. At most 3 queries."""
    typed = typed.strip()
    if not typed:
        return []
    if typed.casefold() in SYSTEM:
        return [Option(_("the system"))]
    people = find_people(reach.actor, typed, MOST)
    posts = Post.objects.filter(person__in=[person.pk for person in people]).select_related("unit").order_by("since")
    found = []
    for person in people:
        own = [post for post in posts if post.person_id == person.pk]
        found.append(Option(f"{person.name} #{person.pk}", _("all posts")))
        found += [Option(f"{person.name} {post} #{person.pk}-{post.pk}", _during(post)) for post in own]
    tokens = Token.objects.filter(name__icontains=typed, unit__record__in=reach.records()).select_related("unit")
    found += [Option(f"{token.name} #T{token.pk}", token.unit.name) for token in tokens.order_by("pk")[:MOST]]
    return found


def who_meant(reach: Reach, said: str) -> Who:
    """Raises: Invalid; what does not exist and what may not be seen are answered alike. At most 2 queries."""
    said = said.strip()
    if said.casefold() in SYSTEM or said == _("the system"):
        return Who(system=True)
    if marked := MARKED.search(said):
        machine, key, post = marked[1], int(marked[2]), marked[3]
        if machine and Token.objects.filter(pk=key, unit__record__in=reach.records()).exists():
            return Who(token=key)
        posts = () if machine else _posts(reach, key)
        if post and int(post) in posts:
            return Who(person=key, posts=(int(post),))
        if posts and not post:
            return Who(person=key, posts=posts)
        raise _unknown(said)
    people = find_people(reach.actor, said, MOST)
    named = [person for person in people if person.name == said] or people
    if len(named) == 1:
        return Who(person=named[0].pk, posts=_posts(reach, named[0].pk))
    if not named:
        raise _unknown(said)
    shown = listed(f"{person.name} #{person.pk}({person.record.unit or '–'})" for person in named)
    raise Invalid(Fault("who", _("Several people fit, choose one: %(names)s") % {"names": shown}, said))


def _posts(reach: Reach, person: int) -> tuple[int, ...]:
    """All posts that somebody holds or held; nobody acts without one. None of who may not be seen."""
    held = Post.objects.filter(person=person, person__record__in=reach.records())
    return tuple(held.order_by("pk").values_list("pk", flat=True))


def _unknown(said: str) -> Invalid:
    message = _("Nobody and no machine that you may see is called so: %(said)s") % {"said": said[:64]}
    return Invalid(Fault("who", message, said))


def _during(post: Post) -> str:
    until = post.until.isoformat() if post.until and post.until < timezone.localdate() else ""
    return f"{post.since.isoformat()} – {until}"
