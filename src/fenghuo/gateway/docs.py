"""The API description as a page of our own: the usual viewers come from foreign servers and need inline scripts."""

import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .api import api


@dataclass(frozen=True, slots=True)
class Operation:
    method: str
    path: str
    about: str
    parameters: list[dict[str, Any]]
    body: str
    answers: list[tuple[str, str]]


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    description = api.get_openapi_schema()
    schemas = {name: _pretty(schema) for name, schema in sorted(description["components"]["schemas"].items())}
    context = {"operations": _operations(description), "schemas": schemas, "info": description["info"]}
    return render(request, "gateway/docs.html", context)


def _operations(description: dict[str, Any]) -> list[Operation]:
    return [
        Operation(
            method=method.upper(),
            path=path,
            about=said.get("description", said.get("summary", "")),
            parameters=said.get("parameters", []),
            body=_named(said.get("requestBody", {})),
            answers=[(str(status), _named(answer)) for status, answer in said["responses"].items()],
        )
        for path, methods in description["paths"].items()
        for method, said in methods.items()
    ]


def _named(said: dict[str, Any]) -> str:
    """The schema's name in a body or an answer, empty when there is none."""
    for content in said.get("content", {}).values():
        return str(content.get("schema", {}).get("$ref", "")).rpartition("/")[2]
    return ""


def _pretty(schema: dict[str, Any]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2)
