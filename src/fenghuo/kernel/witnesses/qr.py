"""A root as a QR code: drawn into the page, since the policy allows no picture that a script or style makes."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

QUIET = 4  # modules of white around it, as ISO/IEC 18004 asks


def matrix(text: str, border: int = 0) -> list[list[bool]]:
    """The code row by row, dark or not. `border`: modules of white around it."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=border)
    code.add_data(text)
    code.make(fit=True)
    rows: list[list[bool]] = code.get_matrix()
    return rows


def svg(text: str, label: str) -> SafeString:
    """One path of unit squares; how large it is shown is the style sheet's."""
    rows = matrix(text, QUIET)
    squares = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return format_html(
        '<svg class="qr" viewBox="0 0 {} {}" role="img" aria-label="{}" shape-rendering="crispEdges">'
        '<rect width="100%" height="100%" fill="#fff"/><path d="{}" fill="#000"/></svg>',
        len(rows),
        len(rows),
        label,
        squares,
    )
