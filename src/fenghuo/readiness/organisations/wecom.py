"""The contact book in the form in which WeCom (企业微信) takes one in by workbook.

Certainty K: the headings are those of the template of its administration page (通讯录 → 批量导入) as best known; the
vendor changes it from time to time and publishes no standard. Whoever imports compares the headings with the template
that the page offers on that day; a column that it does not know can be deleted.
"""

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO

from fenghuo.standards.sheets.fields import Field, Layout
from fenghuo.standards.sheets.writing import write_book

from .selectors.book import Entry

LAYOUT = Layout(
    fields=(
        Field("name", ("姓名",)),
        Field("account", ("账号",)),
        Field("alias", ("别名",)),
        Field("title", ("职务",)),
        Field("department", ("部门",)),
        Field("sex", ("性别",)),
        Field("mobile", ("手机",), kind="phone"),
        Field("phone", ("座机",), kind="phone"),
        Field("email", ("邮箱",)),
    ),
    key=("account",),
    title=("企业微信通讯录", "WeCom contact book"),
)


def workbook(entries: Iterable[Entry]) -> bytes:
    """An .xlsx in which no text acts as a formula."""
    made = BytesIO()
    write_book(made, LAYOUT, _rows(entries))
    return made.getvalue()


def _rows(entries: Iterable[Entry]) -> Iterator[Mapping[str, str]]:
    for entry in entries:
        place = [entry.town.name] if entry.town else []
        yield {
            "name": entry.person.name,
            # The same for the same person each time: a second import changes, and does not double.
            "account": f"fenghuo{entry.pk}",
            "title": entry.title,
            "department": "/".join(name.replace("/", "／") for name in [*place, entry.unit.name]),
            "mobile": entry.person.mobile,
            "phone": entry.person.phone,
            "email": entry.person.email,
        }
