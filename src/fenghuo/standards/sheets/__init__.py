"""Lists as counties keep them in Excel: reading what is sent, marking the sender's own workbook, writing lists out.

Pure: reads only the files that it is handed, and knows neither a clock nor a database.
"""

from .book import LIMITS, Book, Limits, Sheet
from .faults import Fault, Refused, messages, sentence
from .fields import Field, Kind, Layout
from .marking import mark_copy
from .opening import open_workbook
from .places import Place
from .reading import read_tables
from .summary import Marked
from .table import Heading, Line, Reading, Row, SheetAccount, Table, Value
from .values import Position, Scalar, Unreadable, read_value
from .words import cleaned
from .writing import heading_of, write_book

__all__ = [
    "LIMITS",
    "Book",
    "Fault",
    "Field",
    "Heading",
    "Kind",
    "Layout",
    "Limits",
    "Line",
    "Marked",
    "Place",
    "Position",
    "Reading",
    "Refused",
    "Row",
    "Scalar",
    "Sheet",
    "SheetAccount",
    "Table",
    "Unreadable",
    "Value",
    "cleaned",
    "heading_of",
    "mark_copy",
    "messages",
    "open_workbook",
    "read_tables",
    "read_value",
    "sentence",
    "write_book",
]
