"""`fenghuo migrate`: Django's own, but for an empty database, which gets its tables at once."""

from typing import Any

from django.core.management.commands import migrate
from django.db import DEFAULT_DB_ALIAS

from fenghuo.kernel.access.tables import is_empty, make_tables


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        whole = not (options["app_label"] or options["plan"] or options["check_unapplied"] or options["fake"])
        if whole and options["database"] == DEFAULT_DB_ALIAS and is_empty():
            make_tables()
        super().handle(*args, **options)
