"""Translations without a gettext program: Babel reads Python, and templates through Django's own templatize.

No option: bring the catalogue up to date. --compile: make the .mo. --check: name what is missing, and fail.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "fenghuo"
PO = PACKAGE / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
KEYWORDS: dict[str, Any] = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def extract_django(file: BinaryIO, keywords: Any, comment_tags: Any, options: Any) -> Iterator[Any]:
    source = templatize(file.read().decode())
    # In brackets the indentation of the template no longer matters to the reader of Python.
    yield from extract_python(BytesIO(f"({source})".encode()), keywords, comment_tags, {"encoding": "utf-8"})


def extracted() -> Catalog:
    found = Catalog(domain="django", fuzzy=False)
    methods: list[tuple[str, Any]] = [("**.py", "python"), ("**/templates/**.html", extract_django)]
    for name, _line, message, comments, context in extract_from_dir(
        PACKAGE, method_map=methods, keywords=KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
    ):
        if "/tests/" not in f"/{name}":
            found.add(message, auto_comments=comments, context=context)
    return found


def kept() -> Catalog:
    if not PO.exists():
        return Catalog(locale="zh_Hans", domain="django", fuzzy=False)
    with PO.open("rb") as file:
        return read_po(file, locale="zh_Hans", domain="django")


def update() -> None:
    catalog = kept()
    catalog.update(extracted(), no_fuzzy_matching=True)
    catalog.fuzzy = False
    catalog.obsolete.clear()
    PO.parent.mkdir(parents=True, exist_ok=True)
    text = BytesIO()
    write_po(text, catalog, width=0, sort_output=True, no_location=True, omit_header=False, ignore_obsolete=True)
    steady = [
        line for line in text.getvalue().decode().split("\n") if "-Date: " not in line and "Generated-By" not in line
    ]
    PO.write_text("\n".join(steady))


def compile_catalog() -> None:
    with PO.with_suffix(".mo").open("wb") as file:
        write_mo(file, kept())


def faults() -> Iterator[str]:
    wanted = {(message.id, message.context) for message in extracted() if message.id}
    catalog = kept()
    have = {(message.id, message.context) for message in catalog if message.id}
    yield from (f"missing: {key[0]!r}" for key in wanted - have)
    yield from (f"no longer used: {key[0]!r}" for key in have - wanted)
    for message in catalog:
        if not message.id:
            continue
        words = message.string if isinstance(message.string, tuple | list) else [message.string]
        if not all(words):
            yield f"not translated: {message.id!r}"
        if message.fuzzy:
            yield f"fuzzy: {message.id!r}"
        yield from (f"{message.id!r}: {error}" for error in message.check(catalog))


def main() -> int:
    settings.configure(USE_I18N=True)
    django.setup()
    if "--compile" in sys.argv:
        compile_catalog()
    elif "--check" in sys.argv:
        found = sorted(faults())
        for fault in found:
            print(fault)
        return 1 if found else 0
    else:
        update()
    return 0


if __name__ == "__main__":
    sys.exit(main())
