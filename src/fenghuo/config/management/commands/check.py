from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.commands.check import Command as DjangoCheck

from fenghuo.config.safety import in_force, unsafe


class Command(DjangoCheck):
    help = "What is in force and what is unsafe, then Django's own checks"

    def handle(self, *labels: Any, **options: Any) -> None:
        for name, value in in_force().items():
            self.stdout.write(f"{name:<22} {value}")
        for warning in unsafe(Path(settings.DATA)):
            self.stdout.write(self.style.WARNING(f"unsafe: {warning}"))
        super().handle(*labels, **options)
