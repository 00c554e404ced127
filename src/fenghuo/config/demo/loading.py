"""The demo county: every room's demo.py in order. Never beside real records."""

from importlib import import_module
from random import Random
from types import ModuleType

from django.apps import apps
from django.utils import timezone
from django.utils.module_loading import module_has_submodule

from fenghuo.kernel.access.models import Account, Post, Record
from fenghuo.kernel.registry.demo.county import PASSWORD, Demo

from .clearing import clear


class RealRecords(Exception):
    """There are records that are no demonstration."""

    def __init__(self, count: int) -> None:
        super().__init__(
            f"There are {count} real records here. The demo county is only loaded into, or dropped from, "
            "an installation without any: use another FENGHUO_DATA folder or database for it."
        )


def is_loaded() -> bool:
    return Record.objects.filter(demo=True).exists()


def load(seed: int = 610118) -> int:
    """Load the demo county anew; what a demo held before is dropped. How many records there are then.

    Raises: RealRecords.
    """
    if Record.objects.exists():
        drop()
    demo = Demo(Random(seed))  # noqa: S311 - the same county each time is the point
    for room in _rooms():
        room.load(demo)
    return Record.objects.count()


def drop() -> int:
    """Throw the demo county away, its journal too. How many records there were. Raises: RealRecords."""
    if real := Record.objects.filter(demo=False).count():
        raise RealRecords(real)
    count = Record.objects.count()
    clear()
    return count


def sign_ins() -> list[tuple[str, str, str]]:
    """(post, sign-in name, password) of every account of the demo county."""
    today = timezone.localdate()
    posts = Post.objects.filter(person__record__demo=True, since__lte=today).select_related("unit", "person__account")
    return [
        (str(post), post.person.account.username, PASSWORD)
        for post in posts.order_by("pk")
        if Account.objects.filter(person=post.person).exists()
    ]


def _rooms() -> list[ModuleType]:
    found = [
        import_module(f"{app.name}.demo")
        for app in apps.get_app_configs()
        if app.name.startswith("fenghuo.")
        and app.label != "config"
        and app.module
        and module_has_submodule(app.module, "demo")
    ]
    return sorted(found, key=lambda room: int(room.ORDER))
