"""What an address asks of a siting: of which kind the next ones are, how many, and what is to become better."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from fenghuo.decision.siting import Aim
from fenghuo.geo.roads.access import MODES
from fenghuo.kernel.access.actor import Actor
from fenghuo.kernel.access.errors import Fault, Invalid, NotAllowed

from ..covering.asking import one_of, text_of
from ..covering.kinds import Cover, covers
from ..covering.places import towns

MOST_NEW, USUAL_NEW = 10, 3
MOST_MINUTES, USUAL_MINUTES = 240, 10
FROM = ("existing", "nothing")


@dataclass(frozen=True, slots=True)
class Asked:
    """`choice`: of the kind's filter. `new`: how many at most; `minutes`: for the aim cover; `town`: a code whose
    villages are served and may have one, "" for the whole county. `beside`: existing ones stay, or none is there yet.
    """

    cover: Cover
    choice: str
    aim: Aim
    new: int
    minutes: int
    mode: str
    beside: str
    town: str

    @property
    def query(self) -> str:
        """The address that asks the same."""
        said = {"of": self.cover.name, "choice": self.choice, "aim": self.aim.value, "new": self.new}
        said |= {"minutes": self.minutes, "mode": self.mode, "beside": self.beside, "town": self.town}
        return urlencode({name: value for name, value in said.items() if value != ""})


def read(actor: Actor, said: Mapping[str, Any]) -> Asked:
    """What is not said is taken as usual. Raises: NotAllowed (nothing to ask about), Invalid (names the field)."""
    offered = {cover.name: cover for cover in covers(actor)}
    if not offered:
        raise NotAllowed(_("There is nothing that you may see and that could cover a place."))
    cover = offered[one_of("of", text_of(said, "of"), list(offered), next(iter(offered)))]
    return Asked(
        cover=cover,
        choice=one_of("choice", text_of(said, "choice"), sorted(slug for slug, _word in cover.choices()), ""),
        aim=Aim(one_of("aim", text_of(said, "aim"), [aim.value for aim in Aim], Aim.MEDIAN.value)),
        new=_whole(said, "new", MOST_NEW, USUAL_NEW),
        minutes=_whole(said, "minutes", MOST_MINUTES, USUAL_MINUTES),
        mode=one_of("mode", text_of(said, "mode"), MODES, cover.mode),
        beside=one_of("beside", text_of(said, "beside"), FROM, FROM[0]),
        town=one_of("town", text_of(said, "town"), [code for code, _name in towns()], ""),
    )


def _whole(said: Mapping[str, Any], field: str, most: int, usual: int) -> int:
    text = text_of(said, field)
    if not text:
        return usual
    if not (text.isascii() and text.isdigit() and 0 < int(text[:9]) <= most):
        raise Invalid(Fault(field, _("must be a whole number from 1 to %(most)s") % {"most": most}, text[:20]))
    return int(text)
