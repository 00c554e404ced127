"""schemathesis reads the description and sends what it allows, and what it does not: nothing breaks the API."""

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, assume, settings
from ninja.utils import normalize_path
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.generation.feedback import FeedbackSources
from schemathesis.pytest._test_builder import build_operation_test
from schemathesis.python._constants.orchestrator import make_constants_value_source
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from fenghuo.gateway.api import api
from fenghuo.kernel.access.rights import SCOPES
from fenghuo.kernel.web.machine.schemas import bodies
from fenghuo.response.incidents.api.incidents import ChangesOut
from tests.county import County

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


def operations() -> list[tuple[str, str]]:
    """Method and path of each, from the routers alone: whoever only collects the tests need not wait for the rest."""
    return sorted(
        (method, re.sub(r"{\w+:", "{", normalize_path(f"/api/v1/{router.prefix}/{path}").removesuffix("/")))
        for router in api._get_bound_routers()
        for path, view in router.path_operations.items()
        for operation in view.operations
        for method in operation.methods
        if operation.include_in_schema
    )


@cache
def description() -> dict[str, Any]:
    return api.get_openapi_schema(path_prefix="/api/v1/")  # takes two seconds


@cache
def schema() -> tuple[Any, FeedbackSources]:
    """What schemathesis reads in the description, and in the code behind it."""
    read = schemathesis.openapi.from_dict(deepcopy(description()))
    read.app = get_wsgi_application()
    return read, FeedbackSources(constants_value_source=make_constants_value_source(read))


@pytest.fixture
def headers(county: County) -> Iterator[dict[str, str]]:
    """A real WSGI request closes what connections it may: not the test's own, as with Django's test client."""
    county.report()
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield {"Authorization": f"Bearer {county.key('emo', *SCOPES)}"}
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much],
)
def send(case: "schemathesis.Case[Any]", headers: dict[str, str]) -> None:
    # The number “changes” leads to another operation, which is described by itself.
    assume(case.formatted_path == case.path or case.formatted_path not in description()["paths"])
    case.call_and_validate(headers=headers, checks=CHECKS)


@pytest.mark.parametrize(("method", "path"), operations())
def test_whatever_is_sent_the_answer_is_as_described(method: str, path: str, headers: dict[str, str]) -> None:
    """As `schema.parametrize()` does it, which makes its cases for all operations while tests are collected."""
    load_all_checks()
    read, feedback = schema()
    operation = read[path][method]
    sending = build_operation_test(
        config=read.config, operation=operation, test_func=send, given_kwargs={}, feedback=feedback
    )
    sending(headers=headers)


def test_every_operation_is_tried() -> None:
    described = [(method.upper(), path) for path, found in description()["paths"].items() for method in found]
    assert operations() == sorted(described)


def test_every_body_has_an_example_that_can_be_read() -> None:
    schemas = description()["components"]["schemas"]
    for name, model in bodies().items():
        (example,) = schemas[name]["examples"]
        message = model.model_validate_json(json.dumps(example))
        assert message.model_fields_set, name
        if model.model_fields:  # else what it may hold is told elsewhere: the fields of a register
            assert not message.model_extra, (name, message.model_extra)
    assert ChangesOut.model_validate(schemas["ChangesOut"]["examples"][0]).items


def test_every_operation_is_explained() -> None:
    for path, operations in description()["paths"].items():
        for method, operation in operations.items():
            assert operation.get("description"), (method, path)


def test_every_reference_of_the_description_leads_somewhere() -> None:
    names = set(description()["components"]["schemas"])

    def walk(node: object) -> None:
        if isinstance(node, dict):
            if isinstance(target := node.get("$ref"), str):
                assert target.rpartition("/")[2] in names, target
            for item in node.values():
                walk(item)
        elif isinstance(node, list):
            for item in node:
                walk(item)

    walk(description())
