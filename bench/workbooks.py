"""Workbooks of people for the benches of imports."""

from io import BytesIO

from openpyxl import Workbook

FAULTS = 200  # rows that are wrong, of every 20,000
HEADINGS = ("姓名", "单位", "职务", "手机号码", "办公电话", "邮箱")


def people(rows: int, unit: str, *, mail: str = "p") -> bytes:
    """One in a hundred has a telephone that is none. `mail`: another letter makes each row a change."""
    book = Workbook(write_only=True)
    page = book.create_sheet("人员")
    page.append(HEADINGS)
    for place in range(rows):
        mobile = "138" if place % (20_000 // FAULTS) == 0 else f"138{place:08}"
        page.append([f"李{place}", unit, "", mobile, "029-84812345", f"{mail}{place}@example.org"])
    written = BytesIO()
    book.save(written)
    return written.getvalue()
