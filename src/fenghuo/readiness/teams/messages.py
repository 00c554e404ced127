"""What machines may say of a team (interfaces.md, Registers), and how it reaches the services."""

from typing import Annotated, Literal, Self

from django.utils.translation import gettext as _
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from fenghuo.geo.coordinates import to_wgs84
from fenghuo.kernel.access.errors import Fault, Invalid
from fenghuo.kernel.access.models import Person
from fenghuo.kernel.registry.selectors import region_by_code
from fenghuo.kernel.web.machine.cursors import LARGEST_KEY
from fenghuo.kernel.web.machine.messages import Moment, Part, example

from .services import OnCall, Piece, TeamValues

type Degrees = Annotated[float, Field(allow_inf_nan=False, ge=-180, le=180)]


class PieceSaid(Part):
    """`measure`: the word it is counted in."""

    name: str
    count: int
    measure: str = ""


class LocationSaid(Part):
    """`outside`: it really lies outside the county."""

    latitude: Degrees
    longitude: Degrees
    crs: Literal["wgs84", "gcj02", "bd09"] = "wgs84"
    outside: bool = False

    def wgs84(self) -> tuple[float, float]:
        if self.crs == "wgs84" or abs(self.latitude) > 90:
            return self.latitude, self.longitude
        return to_wgs84(self.latitude, self.longitude, self.crs)


class ContactSaid(Part):
    """A person of the registry by key, or a name with a telephone."""

    person: Annotated[int, Field(ge=1, le=LARGEST_KEY)] | None = None
    name: str = ""
    phone: str = ""
    title: str = ""


class StateSaid(Part):
    """`since`: when it came to be so; absent, now."""

    state: str
    reason: str = ""
    since: Moment | None = None
    until: Moment | None = None


class TeamSaid(Part):
    """What is absent is left as it is; null is unknown. `region`: a code, absent that of the unit."""

    model_config = example(people=14, state={"state": "unavailable", "reason": "车辆检修"})

    name: str = ""
    kind: str = ""
    region: str = ""
    people: int | None = None
    location: LocationSaid | None = None
    capabilities: list[str] = []
    equipment: list[PieceSaid] = []
    note: str = ""
    contacts: list[ContactSaid] = []
    state: StateSaid | None = None

    @model_validator(mode="after")
    def not_empty(self) -> Self:
        if not self.model_fields_set:
            raise PydanticCustomError("nothing_said", "say at least one field")
        return self

    def values(self) -> TeamValues:
        """For create_team and change_team. Raises: Invalid, for a region that does not exist."""
        values: TeamValues = {}
        said = self.model_fields_set
        if "name" in said:
            values["name"] = self.name
        if "kind" in said:
            values["kind"] = self.kind
        if "capabilities" in said:
            values["capabilities"] = self.capabilities
        if "people" in said:
            values["people"] = self.people
        if "note" in said:
            values["note"] = self.note
        if "equipment" in said:
            values["equipment"] = [Piece(one.name, one.count, one.measure) for one in self.equipment]
        if "location" in said:
            values["latitude"], values["longitude"] = self.location.wgs84() if self.location else (None, None)
            values["outside"] = self.location.outside if self.location else False
        if "region" in said:
            region = region_by_code(self.region)
            if region is None or region.valid_to is not None:
                raise Invalid(Fault("region", _("there is no region with this code"), self.region[:50]))
            values["region"] = region
        return values

    def on_call(self) -> list[OnCall]:
        """For set_contacts. Raises: Invalid, for people who do not exist."""
        people = Person.objects.in_bulk([one.person for one in self.contacts if one.person is not None])
        faults = [
            Fault(f"contacts.{place}.person", _("There is no such person, or you may not see them."), one.person)
            for place, one in enumerate(self.contacts)
            if one.person is not None and one.person not in people
        ]
        faults += [
            Fault(f"contacts.{place}.person", _("Choose a person or write a name and telephone, not both."), one.person)
            for place, one in enumerate(self.contacts)
            if one.person is not None and (one.name or one.phone)
        ]
        if faults:
            raise Invalid(*faults)
        return [
            OnCall(person=people[one.person], title=one.title)
            if one.person is not None
            else OnCall(name=one.name, phone=one.phone, title=one.title)
            for one in self.contacts
        ]


class NewTeam(TeamSaid):
    """`unit`: the code of the unit it belongs to."""

    model_config = example(
        name="草堂应急队",
        kind="general",
        unit="610118007000",
        people=12,
        location={"latitude": 34.05, "longitude": 108.6},
        capabilities=["evacuation", "medical"],
        equipment=[{"name": "水泵", "count": 2, "measure": "台"}],
        contacts=[{"name": "李四", "phone": "13800000000", "title": "队长"}],
    )

    name: str
    kind: str
    unit: str
