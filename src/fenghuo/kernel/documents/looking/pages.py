"""Pages of a PDF as pictures. pdfium is built without JavaScript; forms are not started."""

from pathlib import Path

import pypdfium2

from .limits import LOOKED_PAGES, MOST_PIXELS, PAGE_WIDTH, THUMB_WIDTH


def page_to(path: Path, number: int, out: Path, *, small: bool = False) -> bool:
    """Draw page `number` (from 0) into `out`: JPEG when small, else WebP.

    Raises: RuntimeError, ValueError, OSError.
    """
    with pypdfium2.PdfDocument(path) as pdf:
        if not 0 <= number < len(pdf):
            return False
        page = pdf[number]
        width, height = page.get_size()
        if not (0 < width < 20_000 and 0 < height < 20_000):
            return False
        scale = (THUMB_WIDTH if small else PAGE_WIDTH) / width
        scale = min(scale, (MOST_PIXELS / (width * height)) ** 0.5)
        if small:
            scale = min(scale, 2 * THUMB_WIDTH / height)
        drawn = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
        if small:
            drawn.save(out, "JPEG", quality=80)
        else:
            drawn.save(out, "WEBP", quality=75, method=1)  # the usual 4 takes three times as long for a tenth less
    return True


def pages_with_text(path: Path) -> bool:
    """Whether any of the first pages holds text that can be searched."""
    with pypdfium2.PdfDocument(path) as pdf:
        for number in range(min(len(pdf), LOOKED_PAGES)):
            page = pdf[number]
            text = page.get_textpage()
            said = text.get_text_range()
            text.close()
            page.close()
            if any(not sign.isspace() for sign in said):
                return True
    return False


def draw(path: Path, first: int, end: int, folder: Path) -> int:
    """Pages `first` to before `end` (from 0) as N.webp, N counted from 1; how many there are now."""
    for number in range(first, end):
        made = folder / f"{number + 1}.part"
        if not page_to(path, number, made):
            return number - first
        made.replace(folder / f"{number + 1}.webp")
    return end - first
