"""The virus scanner of the installation, when it has one (FENGHUO_CLAMD)."""

from .clamd import Away, Verdict, scan_file

__all__ = ["Away", "Verdict", "scan_file"]
