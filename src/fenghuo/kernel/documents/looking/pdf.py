"""PDF: can it be opened, has it text, does it carry what runs by itself. What does is taken out of a copy."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

from .answers import Found
from .pages import page_to, pages_with_text

# Actions that do something outside the page (ISO 32000-2, 12.6.4); what merely goes to a place or opens a link stays.
ACTIONS = {
    "/JavaScript": "script",
    "/Launch": "launch",
    "/ImportData": "form",
    "/SubmitForm": "form",
    "/GoToE": "embedded",
    "/Rendition": "media",
    "/RichMediaExecute": "media",
}
ANNOTATIONS = {
    "/FileAttachment": "embedded",
    "/RichMedia": "media",
    "/Screen": "media",
    "/Movie": "media",
    "/3D": "media",
}
DEEPEST = 12


def check(path: Path, out: Path, thumb: Path) -> Found:
    """The copy without what runs is at `out` when `taken_out` names something."""
    try:
        with pikepdf.open(path) as pdf:
            found = _opened(pdf, out)
    except pikepdf.PasswordError:
        return {"fault": "pdf_encrypted"}
    except (pikepdf.PdfError, RuntimeError, ValueError, RecursionError):
        return {"fault": "pdf_broken"}
    if "fault" in found:
        return found
    shown = out if found["taken_out"] else path
    try:
        found["thumb"] = page_to(shown, 0, thumb, small=True)
        found["pictures_only"] = not pages_with_text(shown)
    except (RuntimeError, ValueError, OSError):
        return {"fault": "pdf_broken"}
    return found


def _opened(pdf: pikepdf.Pdf, out: Path) -> Found:
    pages = len(pdf.pages)
    if pages == 0:
        return {"fault": "pdf_broken"}
    signed = _signed(pdf)
    taken_out = sorted(set(_take_out(pdf)))
    if taken_out and signed:
        return {"fault": "pdf_signed_active"}
    if taken_out:
        pdf.save(out, deterministic_id=True)  # brought twice, it is one file
    return {"pages": pages, "taken_out": taken_out}


def _signed(pdf: pikepdf.Pdf) -> bool:
    form: Any = pdf.Root.get("/AcroForm")
    return isinstance(form, pikepdf.Dictionary) and bool(int(form.get("/SigFlags", 0)) & 1)


def _take_out(pdf: pikepdf.Pdf) -> Iterator[str]:
    """The words for what was there."""
    root: Any = pdf.Root
    names: Any = root.get("/Names")
    if isinstance(names, pikepdf.Dictionary):
        for key, word in (("/JavaScript", "script"), ("/EmbeddedFiles", "embedded")):
            if key in names:
                del names[key]
                yield word
    form: Any = root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and "/XFA" in form:
        del form["/XFA"]
        yield "form"
    for page in pdf.pages:
        yield from _annotations(page.obj)
    for one in pdf.objects:
        yield from _inside(one, 0)


def _annotations(page: Any) -> Iterator[str]:
    listed = page.get("/Annots")
    if not isinstance(listed, pikepdf.Array):
        return
    kept = []
    for one in listed:
        word = ANNOTATIONS.get(str(one.get("/Subtype", ""))) if isinstance(one, pikepdf.Dictionary) else None
        if word:
            yield word
        else:
            kept.append(one)
    if len(kept) < len(listed):
        page["/Annots"] = pikepdf.Array(kept)


def _inside(one: Any, depth: int) -> Iterator[str]:
    """Clear actions in this object and in what is written directly into it; references are objects of their own."""
    if depth > DEEPEST or not isinstance(one, pikepdf.Dictionary | pikepdf.Array | pikepdf.Stream):
        return
    if isinstance(one, pikepdf.Array):
        for item in one:
            if isinstance(item, pikepdf.Dictionary | pikepdf.Array) and not item.is_indirect:
                yield from _inside(item, depth + 1)
        return
    word = ACTIONS.get(str(one.get("/S", "")))
    if word is None and "/JS" in one:
        word = "script"
    if word:
        for key in [*one.keys()]:
            del one[key]
        yield word
        return
    if "/AF" in one:
        del one["/AF"]
        yield "embedded"
    for key in [*one.keys()]:
        value = one.get(key)
        if isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect:
            yield from _inside(value, depth + 1)
