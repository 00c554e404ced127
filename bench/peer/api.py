"""The peer's door: read, check by schema, insert one row, answer. Once synchronous, once asynchronous."""

from datetime import datetime

from django.http import HttpRequest
from django.urls import path
from ninja import NinjaAPI, Schema

from .models import Row

api = NinjaAPI(docs_url=None, openapi_url=None)


class Location(Schema):
    address: str
    latitude: float
    longitude: float


class Message(Schema):
    source: str
    source_id: str
    received_at: datetime
    text: str
    kind: str
    location: Location
    figures: dict[str, int]


def row(message: Message) -> Row:
    place = message.location
    return Row(
        source=message.source,
        source_id=message.source_id,
        received_at=message.received_at,
        text=message.text,
        kind=message.kind,
        address=place.address,
        latitude=place.latitude,
        longitude=place.longitude,
        figures=message.figures,
    )


@api.post("/sync", response={201: dict[str, int]})
def keep(request: HttpRequest, message: Message) -> tuple[int, dict[str, int]]:
    made = row(message)
    made.save(force_insert=True)
    return 201, {"id": made.pk}


@api.post("/async", response={201: dict[str, int]})
async def akeep(request: HttpRequest, message: Message) -> tuple[int, dict[str, int]]:
    made = row(message)
    await made.asave(force_insert=True)
    return 201, {"id": made.pk}


urlpatterns = [path("", api.urls)]
