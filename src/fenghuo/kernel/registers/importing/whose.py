"""Whose an import is: the register, the actor who brought it as they are now, and whether they may."""

from dataclasses import replace

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor, actor_for_post, actor_for_token, post_is_held
from fenghuo.kernel.access.errors import NotAllowed, WrongState
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Post, Token

from ..declaring import Register, register_named
from ..models import Import


def require_importing(by: Actor, register: Register) -> None:
    """Raises: NotAllowed."""
    require(by, register.read)
    require(by, register.write)
    if register.create is None and register.change is None:
        raise NotAllowed(_("Nothing is entered into this register by hand."))
    if by.unit_id is None or (by.person_id is None and by.token_id is None):
        raise NotAllowed(_("Only somebody in a post, or a machine with a token, brings workbooks."))


def register_of(brought: Import) -> Register:
    """Raises: WrongState when the installation has it no more."""
    found = register_named(brought.register)
    if found is None:
        raise WrongState(_("There is no register of this name."))
    return found


def actor_of(brought: Import) -> Actor:
    """Who brought it, as they are now. Raises: NotAllowed (the post or token is no longer valid)."""
    gone = _("The post or token of whoever brought this file is no longer valid. Nothing more goes in.")
    if brought.token_id is not None:
        now = timezone.now()
        valid = Q(expires_at=None) | Q(expires_at__gt=now)
        token = Token.objects.select_related("unit__region", "unit__record")
        found = token.filter(valid, pk=brought.token_id, revoked_at=None).first()
        if found is None:
            raise NotAllowed(gone)
        return replace(actor_for_token(found), label=brought.label)
    post = Post.objects.select_related("unit__region", "unit__record").filter(pk=brought.post_id or 0).first()
    if post is None or not post_is_held(post, timezone.localdate()):
        raise NotAllowed(gone)
    return replace(actor_for_post(post), label=brought.label)  # the same words, whatever language this runs in
