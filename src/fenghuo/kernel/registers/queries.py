"""What machines ask of a list."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from fenghuo.kernel.access.actor import Actor

from .asking import Asked, read_query
from .declaring import Register


class RowsQuery(Schema):
    """Besides these, each filter of the register by its name."""

    q: Annotated[str, Field(max_length=100)] = ""
    region: Annotated[str, Field(max_length=12)] = ""
    state: str = ""
    sort: str = ""
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    cursor: str = ""


def asked_by(request: HttpRequest, register: Register, actor: Actor, query: RowsQuery) -> Asked:
    """Raises: NotAllowed, Invalid."""
    said = {"q": query.q, "region": query.region, "state": query.state, "sort": query.sort}
    said |= {one.name: request.GET.get(one.name, "") for one in register.filters}
    readable = [column.name for column in register.columns_for(actor)]
    return read_query(register, actor, said, readable)
