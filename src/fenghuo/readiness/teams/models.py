"""Rescue teams (队伍): who they are, what they can do and with what, whom to call, and whether they can go."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.access.scoped import ScopedQuerySet


class TeamKind(models.TextChoices):
    GENERAL = "general", _("general")
    PROFESSIONAL = "professional", _("professional")
    VOLUNTEER = "volunteer", _("volunteer")


class TeamState(models.TextChoices):
    """Whether it can go at all. Whether it is busy is not kept here: that follows from its orders."""

    READY = "ready", _("ready")
    RESTING = "resting", _("resting")
    UNAVAILABLE = "unavailable", _("not available")


class Team(models.Model):
    """A team. Its name is its record's title; position WGS 84 degrees, that of its place when nobody gave another.

    A rest ends by itself at `state_until`; what is not available stays so until somebody says it is ready.
    """

    record = models.OneToOneField("access.Record", models.PROTECT, primary_key=True, related_name="as_team")
    kind = models.CharField(_("kind of team"), max_length=16, choices=TeamKind)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    position_estimated = models.BooleanField(_("position is that of the place, not of the base"), default=False)
    people = models.PositiveIntegerField(
        _("number of people"), null=True, blank=True, help_text="null: nobody has said"
    )
    note = models.TextField(_("note"), blank=True)
    state = models.CharField(_("state"), max_length=16, choices=TeamState, default=TeamState.READY)
    state_reason = models.CharField(_("reason"), max_length=200, blank=True)
    state_until = models.DateTimeField(_("until"), null=True, blank=True)
    state_since = models.DateTimeField(_("since"))

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="team_position_whole",
            ),
            models.CheckConstraint(
                condition=Q(state_until__isnull=True) | Q(state_until__gt=F("state_since")),
                name="team_state_ends_after",
            ),
        ]
        indexes = [models.Index(fields=["kind", "state"], name="team_kind_state")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.record.title

    def state_at(self, moment: datetime) -> TeamState:
        """The state at a moment from `state_since` on: a rest that is over has made it ready."""
        over = self.state_until is not None and self.state_until <= moment
        return TeamState.READY if self.state == TeamState.RESTING and over else TeamState(self.state)


class TeamCapability(models.Model):
    """What a team can do: a slug of standards/capabilities.csv."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="capability_rows")
    slug = models.CharField(_("capability"), max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["slug", "team"], name="team_capability_once")]

    def __str__(self) -> str:
        return f"{self.team_id}: {self.slug}"


class Equipment(models.Model):
    """What a team has, in the order in which it was written. `measure` is the word it is counted in (台, 套, 艘)."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="equipment_rows")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(_("equipment"), max_length=60)
    count = models.PositiveIntegerField(_("count"))
    measure = models.CharField(_("unit of measure"), max_length=12, blank=True)

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["team", "place"], name="team_equipment_place_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.count}{self.measure}"


class Contact(models.Model):
    """Whom to call for the team, the leader first: a person of the registry, or a name with a telephone."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="contact_rows")
    place = models.PositiveSmallIntegerField()
    person = models.ForeignKey("access.Person", models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=60, blank=True)
    phone = models.CharField(_("telephone"), max_length=32, blank=True)
    title = models.CharField(_("role in the team"), max_length=40, blank=True)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["team", "place"], name="team_contact_place_once"),
            models.UniqueConstraint(
                fields=["team", "person"], condition=Q(person__isnull=False), name="team_contact_person_once"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, name="", phone="")
                | Q(person__isnull=True) & ~Q(name="") & ~Q(phone=""),
                name="team_contact_person_or_telephone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team_id}: {self.place}"
