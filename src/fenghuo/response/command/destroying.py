"""Addresses of cameras and meetings of an incident: who is in them may be a person."""

from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.destruction.rooms import Counts, Keys, Room, add

from .models import VideoLink


def _held(records: Keys) -> Counts:
    return {"videos": VideoLink.objects.filter(incident__in=records).count()}


def _remove(records: Keys, _order: int) -> Counts:
    count, _by_model = VideoLink.objects.filter(incident__in=records).delete()
    return {"videos": count}


add(Room(name="command", things={"videos": _("addresses of video")}, held=_held, remove=_remove))
