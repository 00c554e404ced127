"""Services that take many things at once: each is looked at alone, and one that is refused holds up no other."""

from collections.abc import Callable, Iterable, Sequence

from django.db import transaction

from .errors import Refused


def carry_out[I, R, T](
    batch: Iterable[I], check: Callable[[I], R], store: Callable[[list[R]], Iterable[T]]
) -> list[T | Refused]:
    """`check` each, which refuses it or says what to store; `store` all that are right at once. Answers in order."""
    checked: list[R | Refused] = []
    for item in batch:
        try:
            checked.append(check(item))
        except Refused as refused:
            checked.append(refused)
    right = [one for one in checked if not isinstance(one, Refused)]
    stored = iter(store(right) if right else ())
    return [one if isinstance(one, Refused) else next(stored) for one in checked]


def only[T](answers: Sequence[T | Refused]) -> T:
    """Of a batch of one. Raises: what it was refused with."""
    (answer,) = answers
    if isinstance(answer, Refused):
        raise answer
    return answer


def together[I, T](batch: Sequence[I], act: Callable[[Sequence[I]], list[T | Refused]]) -> list[T | Refused]:
    """`act` in a savepoint. When it refuses the batch as a whole, its halves by themselves, down to whom it concerns.

    For acts of several steps, the later of which may refuse what the earlier have stored.
    """
    try:
        with transaction.atomic():
            return act(batch)
    except Refused as refused:
        if len(batch) == 1:
            return [refused]
    half = len(batch) // 2
    return [*together(batch[:half], act), *together(batch[half:], act)]
