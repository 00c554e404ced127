"""Taking the contact book, or a part of it, out of the house: who did, when, how and how many people."""

from django.db import transaction

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.guard import require
from fenghuo.kernel.journal.recording import record

from ..selectors.book import Asked, Entry, entries

FORMS = ("vcard", "workbook", "pdf")


@transaction.atomic
def take_book(asked: Asked, *, by: Actor, form: str) -> list[Entry]:
    """What the actor may see and asked for, put on record as taken; one person's card is taken the same way.

    `form`: one of FORMS. Raises: NotAllowed.
    """
    require(by, "contacts.take")
    if form not in FORMS:
        raise ValueError(f"unknown form {form}")
    found = list(entries(by, asked))
    if by.unit_id is not None:
        record("organisation.book_taken", by, about=[by.unit_id], public={"form": form, "people": len(found)})
    return found
