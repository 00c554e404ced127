"""Leave the sealer nothing to do, in an installation's environment: one seal more that claims all positions to come."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fenghuo.config.settings")
django.setup()

from django.utils import timezone  # noqa: E402

from fenghuo.kernel.journal.models import Seal  # noqa: E402

last = Seal.objects.order_by("-number").first()
number, position = (last.number, last.last) if last else (0, 0)
Seal.objects.create(
    number=number + 1_000_000,
    first=position + 1_000_000_000,
    last=2**61,
    count=1,
    algorithm="sha256",
    root="0" * 64,
    previous="0" * 64,
    hash="0" * 64,
    sealed_at=timezone.now(),
    leaves="",
)
