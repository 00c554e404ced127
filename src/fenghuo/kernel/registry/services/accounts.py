from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.access.models import Account, Person
from fenghuo.kernel.journal.recording import record


@transaction.atomic
def create_account(person: Person, *, by: Actor, username: str, password: str, hashed: str = "") -> Account:
    """Let a person sign in. Raises: NotAllowed, NotFound, Invalid (name taken, password too weak).

    `hashed`: the password's hash when it is known already, as for the one password of the demo county.
    """
    require(by, "registry.accounts", person)
    if Account.objects.filter(username=username).exists():
        raise Invalid(Fault("username", _("This sign-in name is already in use."), username))
    account = Account(username=username, person=person)
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise Invalid(*[Fault("password", message) for message in error.messages]) from error
    if hashed:
        account.password = hashed
    else:
        account.set_password(password)
    account.save()
    record("account.created", by, about=[person], private={"username": username})
    return account
