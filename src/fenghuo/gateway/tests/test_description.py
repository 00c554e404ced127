"""schemathesis reads the description and sends what it allows, and what it does not: nothing breaks the API."""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, assume, settings
from schemathesis.checks import not_a_server_error
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
DESCRIPTION = api.get_openapi_schema(path_prefix="/api/v1/")  # takes two seconds
schema = schemathesis.openapi.from_dict(deepcopy(DESCRIPTION))
schema.app = get_wsgi_application()
PATHS = frozenset(DESCRIPTION["paths"])


@pytest.fixture
def headers(county: County) -> Iterator[dict[str, str]]:
    """A real WSGI request closes what connections it may: not the test's own, as with Django's test client."""
    county.report()
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield {"Authorization": f"Bearer {county.key('emo', *SCOPES)}"}
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much],
)
def test_whatever_is_sent_the_answer_is_as_described(case: "schemathesis.Case[Any]", headers: dict[str, str]) -> None:
    # The number “changes” leads to another operation, which is described by itself.
    assume(case.formatted_path == case.path or case.formatted_path not in PATHS)
    case.call_and_validate(headers=headers, checks=CHECKS)


def test_every_body_has_an_example_that_can_be_read() -> None:
    schemas = DESCRIPTION["components"]["schemas"]
    for name, model in bodies().items():
        (example,) = schemas[name]["examples"]
        message = model.model_validate_json(json.dumps(example))
        assert message.model_fields_set, name
        if model.model_fields:  # else what it may hold is told elsewhere: the fields of a register
            assert not message.model_extra, (name, message.model_extra)
    assert ChangesOut.model_validate(schemas["ChangesOut"]["examples"][0]).items


def test_every_operation_is_explained() -> None:
    for path, operations in DESCRIPTION["paths"].items():
        for method, operation in operations.items():
            assert operation.get("description"), (method, path)


def test_every_reference_of_the_description_leads_somewhere() -> None:
    names = set(DESCRIPTION["components"]["schemas"])

    def walk(node: object) -> None:
        if isinstance(node, dict):
            if isinstance(target := node.get("$ref"), str):
                assert target.rpartition("/")[2] in names, target
            for item in node.values():
                walk(item)
        elif isinstance(node, list):
            for item in node:
                walk(item)

    walk(DESCRIPTION)
