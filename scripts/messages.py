"""Translations without a gettext program: Babel reads Python, and templates through Django's own templatize.

No option: bring the catalogue up to date. --compile: make the .mo. --check: name what is missing, and fail.
--signs: write Chinese sentences with Chinese signs (full-width comma, colon, brackets), as official papers do.
"""

import re
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
    write(catalog)


def write(catalog: Catalog) -> None:
    PO.parent.mkdir(parents=True, exist_ok=True)
    text = BytesIO()
    write_po(text, catalog, width=0, sort_output=True, no_location=True, omit_header=False, ignore_obsolete=True)
    steady = [
        line for line in text.getvalue().decode().split("\n") if "-Date: " not in line and "Generated-By" not in line
    ]
    PO.write_text("\n".join(steady))


WIDE = {ord(sign): chr(ord(sign) + 0xFEE0) for sign in ",;:!?()"}
CHINESE = "[\u4e00-\u9fa5\u3001-\u3011\ue000-\uf8ff]"  # a placeholder stands there as one sign of its own
SIGN = re.compile(rf"(?<={CHINESE})[,;:!?] ?|[,;:!?](?=[\u4e00-\u9fa5])")
BRACKETS = re.compile(r"\(([^()]*)\)")


def chinese_signs(text: str) -> str:
    """Full-width signs beside Chinese characters; times, ratios, code and placeholders stay as they are."""
    if not re.search("[\u4e00-\u9fa5]", text):
        return text
    held: list[str] = []

    def hold(match: re.Match[str]) -> str:
        held.append(match[0])
        return chr(0xE000 + len(held) - 1)

    said = re.sub(r"%\(\w+\)[a-z]|%%|\{\w*\}|https?://\S+", hold, text)
    said = BRACKETS.sub(lambda match: match[0].translate(WIDE) if re.search(CHINESE, match[1]) else match[0], said)
    said = SIGN.sub(lambda match: match[0].strip().translate(WIDE), said)
    return re.sub("[\ue000-\uf8ff]", lambda match: held[ord(match[0]) - 0xE000], said)


def write_chinese_signs() -> None:
    catalog = kept()
    for message in catalog:
        words: Any = message.string
        if message.id:
            message.string = tuple(map(chinese_signs, words)) if isinstance(words, tuple) else chinese_signs(words)
    write(catalog)


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
    if "--signs" in sys.argv:
        write_chinese_signs()
    elif "--compile" in sys.argv:
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
