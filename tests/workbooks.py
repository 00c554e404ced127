"""Bringing workbooks in tests: by page and by machine, and what comes back."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from fenghuo.kernel.registers.models import Import

type Rows = Sequence[Sequence[object]]


def xlsx(rows: Rows) -> bytes:
    book = Workbook()
    page = book.worksheets[0]
    for row in rows:
        page.append(list(row))
    return saved(book)


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def opened(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def bring(client: Client, register: str, content: bytes, name: str = "list.xlsx") -> Import:
    """By page; the import as the dry run left it."""
    file = SimpleUploadedFile(name, content)
    answer = client.post(reverse("registers:imports", args=[register]), {"file": file})
    assert answer.status_code == 302, answer.content.decode()
    return Import.objects.order_by("-pk")[0]


def act(client: Client, verb: str, brought: Import, **said: str) -> Import:
    answer = client.post(reverse(f"registers:{verb}", args=[brought.register, brought.pk]), said)
    assert answer.status_code == 302, answer.content.decode()
    brought.refresh_from_db()
    return brought


def by_machine(
    client: Client,
    key: str,
    register: str,
    content: bytes,
    *,
    check: bool = False,
    headers: Mapping[str, str] | None = None,
) -> tuple[int, dict[str, Any]]:
    path = f"/api/v1/registers/{register}/import" + ("?check=true" if check else "")
    head = {"Authorization": f"Bearer {key}", **(headers or {})}
    answer = client.post(path, {"file": SimpleUploadedFile("list.xlsx", content)}, headers=head)
    return answer.status_code, answer.json()


def counted(counts: Mapping[str, int]) -> tuple[int, int, int, int]:
    """New, changed, unchanged, wrong."""
    return counts["new"], counts["changed"], counts["unchanged"], counts["wrong"]
