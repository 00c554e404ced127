"""/api/v1: the rooms' routers under one roof, with sign-in, problem documents and the OpenAPI description."""

from importlib import import_module
from typing import Any

from django.apps import apps
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.renderers import BaseRenderer
from ninja.security import HttpBearer

from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Refused
from fenghuo.kernel.web.machine.bearer import actor_of
from fenghuo.kernel.web.machine.problems import CONTENT_TYPE, problem, problem_response, refusal, to_json
from fenghuo.kernel.web.machine.schemas import describe_bodies
from fenghuo.kernel.web.storage_faults import status_for

from . import reports  # noqa: F401 - adds the door for reports to its room's router


class Bearer(HttpBearer):
    """Puts the Actor of the token on the request."""

    def __call__(self, request: HttpRequest) -> Actor | None:
        actor = actor_of(request.headers.get("Authorization", ""))
        return actor.at(request.META.get("REMOTE_ADDR", "")) if actor else None

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:  # pragma: no cover - __call__ answers
        raise NotImplementedError


class Written(BaseRenderer):
    """As the answers of verbs are written: a time reads the same wherever it stands."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> str:
        return to_json(data)


class FenghuoAPI(NinjaAPI):
    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Errors are problem documents, and the description says so."""
        schema = super().get_openapi_schema(**options)
        describe_bodies(schema["components"]["schemas"])
        for path in schema["paths"].values():
            for operation in path.values():
                for status, response in operation.get("responses", {}).items():
                    content = response.get("content", {})
                    if int(status) >= 400 and "application/json" in content:
                        content[CONTENT_TYPE] = content.pop("application/json")
        return schema


api = FenghuoAPI(
    title="Fenghuo",
    version="1",
    description="What machines may rely on. Times carry their offset; positions in answers are WGS 84.",
    auth=Bearer(),
    renderer=Written(),
    urls_namespace="api",
    openapi_url="/openapi.json",
    docs_url=None,  # gateway.docs
)


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return problem_response(refusal(error))


@api.exception_handler(AuthenticationError)
def not_signed_in(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    detail = _("Send “Authorization: Bearer <token>” with a token that is valid.")
    return problem_response(problem(401, detail), {"WWW-Authenticate": "Bearer"})


@api.exception_handler(ValidationError)
def bad_input(request: HttpRequest, error: ValidationError) -> HttpResponse:
    faults = [
        Fault(
            field := ".".join(str(step) for step in one["loc"][1:] if step != "query"),
            one["msg"],
            one.get("input", request.GET.get(field)),
        )
        for one in error.errors
    ]
    return problem_response(problem(422, faults=faults))


@api.exception_handler(HttpError)
def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem_response(problem(error.status_code, str(error)))


@api.exception_handler(DatabaseError)
def not_stored(request: HttpRequest, error: DatabaseError) -> HttpResponse:
    status = status_for(error)
    if status is None:
        raise error
    return problem_response(problem(status, _("Nothing was stored. Send it again.")), {"Retry-After": "5"})


def mount_rooms() -> None:
    """Every room's api.py: `router` under `PREFIX`. The longest first: a room may replace one of the registers.

    `before`: a router whose addresses no room replaces, under the same `PREFIX`.
    """
    rooms = [
        import_module(f"{app.name}.api")
        for app in apps.get_app_configs()
        if app.name.startswith("fenghuo.") and app.module and module_has_submodule(app.module, "api")
    ]
    for room in rooms:
        if hasattr(room, "before"):
            api.add_router(room.PREFIX, room.before)
    for room in sorted((one for one in rooms if hasattr(one, "router")), key=lambda one: -len(one.PREFIX)):
        api.add_router(room.PREFIX, room.router)


mount_rooms()
