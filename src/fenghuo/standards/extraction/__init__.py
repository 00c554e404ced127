"""Reading time, kind, figures and telephones out of Chinese text (接报、研判). Own rules; pure."""

from .figures import Count, Figures
from .found import Found
from .reading import Told, read_text

__all__ = ["Count", "Figures", "Found", "Told", "read_text"]
