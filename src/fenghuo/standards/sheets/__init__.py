"""Lists as counties keep them in Excel: reading what is sent, marking the sender's own workbook, writing lists out.

Pure: reads only the files that it is handed, and knows neither a clock nor a database.
"""

from .book import LIMITS, Book, Limits, Sheet
from .faults import Fault, Refused, messages, sentence
from .fields import Field, Kind, Layout
from .opening import open_workbook
from .places import Place
from .reading import read_tables
from .table import Heading, Line, Reading, Row, SheetAccount, Table, Value
from .values import Position, Scalar, Unreadable, read_value

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
    "messages",
    "open_workbook",
    "read_tables",
    "read_value",
    "sentence",
]
