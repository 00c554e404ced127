"""The addresses of Fenghuo and one more: 200 people as a plain Django template lists them."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from fenghuo.config.urls import urlpatterns as ours
from fenghuo.kernel.registers.asking import found_rows, read_query
from fenghuo.kernel.registers.declaring import Column, register_named
from fenghuo.kernel.web.acting import acting

ROWS = """{% load i18n %}{% for row, cells in rows %}<tr>
{% for column, value in cells %}<td>
{% if forloop.first %}<a href="{% url 'registers:row' 'people' row.pk %}">{{ value }}</a>
{% if row.record.demo %}<span class="tag">{% translate "Demo" %}</span>{% endif %}
{% elif column.name == "mobile" %}{% if value %}<a class="tel" href="tel:{{ value }}">{{ value }}</a>{% endif %}
{% else %}{{ value|default_if_none:"" }}{% endif %}</td>{% endfor %}
<td>{% if row.record.checked_at %}
<span title="{{ row.record.checked_by }}">{{ row.record.checked_at|date:"Y-m-d" }}</span>
{% else %}{% translate "never" %}{% endif %}</td></tr>{% endfor %}"""
PAGE = """{% extends "web/base.html" %}{% block content %}<table><tbody>{{ rows }}</tbody></table>{% endblock %}"""


def cells(rows: Iterable[Any], columns: Sequence[Column]) -> list[tuple[Any, list[tuple[Column, str]]]]:
    return [(row, [(column, column.kind.show(column.value(row))) for column in columns]) for row in rows]


@acting
def plain(request: HttpRequest, actor: Any) -> HttpResponse:
    register = register_named("people")
    assert register is not None
    asked = read_query(register, actor, {}, ())
    rows = cells(list(found_rows(register, actor, asked)[:200]), asked.columns)
    made = engines["django"].from_string(ROWS).render({"rows": rows}, request)
    return HttpResponse(engines["django"].from_string(PAGE).render({"rows": made}, request))


urlpatterns = [path("plain/", plain), *ours]
