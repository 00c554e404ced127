from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


class JournalConfig(AppConfig):
    name = "fenghuo.kernel.journal"
    label = "journal"

    def ready(self) -> None:
        from .append_only import install

        autodiscover_modules("sentences")
        # After every migrate: Django's remake of a SQLite table drops its triggers without a word.
        post_migrate.connect(install, dispatch_uid="journal-append-only")
