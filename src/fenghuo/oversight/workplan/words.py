"""How states, quotas and scopes are said; a state by word, shape and colour."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.access.models.units import UnitKind
from fenghuo.kernel.measures.registering import Word, measure_of
from fenghuo.kernel.web.words import listed, subject_name

from .models import Every, Quota, Target
from .reckoning import Reading, Stand
from .scopes import Named

SIGNS: dict[Stand, str] = {
    Stand.DONE: "●",
    Stand.UNDER_WAY: "◐",
    Stand.OPEN: "○",
    Stand.OVERDUE: "◆",
    Stand.FREE: "–",
    Stand.UNKNOWN: "?",
    Stand.UNMEASURED: "…",
}
WORDS: dict[Stand, Word] = {
    Stand.DONE: pgettext_lazy("target", "reached"),
    Stand.UNDER_WAY: pgettext_lazy("target", "under way"),
    Stand.OPEN: pgettext_lazy("target", "nothing yet"),
    Stand.OVERDUE: pgettext_lazy("target", "overdue"),
    Stand.FREE: pgettext_lazy("target", "nothing is asked"),
    Stand.UNKNOWN: pgettext_lazy("target", "not known for this day"),
    Stand.UNMEASURED: pgettext_lazy("target", "not measured yet"),
}
GROUPS: dict[str, str | Promise] = {
    UnitKind.TOWNSHIP: gettext_lazy("Townships and street offices"),
    UnitKind.DEPARTMENT: gettext_lazy("Departments"),
    "county": gettext_lazy("County bodies"),
    UnitKind.COMMITTEE: gettext_lazy("Villages and communities"),
    "others": gettext_lazy("Enterprises, schools, others"),
}
COUNTY = (UnitKind.GOVERNMENT, UnitKind.EMERGENCY_OFFICE, UnitKind.COMMAND_BODY)


def group_of(kind: str) -> str:
    if kind in COUNTY:
        return "county"
    return kind if kind in GROUPS else "others"


def column_name(unit: Unit) -> str:
    """As short as a column: 甘亭 for 甘亭街道办事处."""
    name = unit.short_name or unit.name
    if unit.kind == UnitKind.TOWNSHIP:
        name = unit.region.name
        for ending in ("街道", "镇", "乡"):
            if len(name) > len(ending) + 1:
                name = name.removesuffix(ending)
    elif unit.kind == UnitKind.DEPARTMENT:
        name = name.removeprefix("区").removeprefix("县").removesuffix("分局")
    return name[:8]


def stand_word(stand: Stand) -> str:
    return str(WORDS[stand])


def figure(target: Target, reading: Reading) -> str:
    """3/4; of a share 3/14, with its percentage apart; "" where there is none."""
    if reading.stand in (Stand.UNMEASURED, Stand.UNKNOWN, Stand.FREE):
        return ""
    return f"{reading.value}/{reading.quota}"


def quota_said(target: Target) -> str:
    """At least 1; at least 80 %; at least 1 every quarter."""
    if target.quota_kind == Quota.PERCENT:
        said = _("at least %(n)s %%") % {"n": target.quota}
    else:
        said = ngettext("at least %(n)s", "at least %(n)s", target.quota) % {"n": target.quota}
    if target.together:
        said = _("%(quota)s in sum") % {"quota": said}
    if target.every == Every.ONCE:
        return said
    return _("%(quota)s, %(every)s") % {"quota": said, "every": Every(target.every).label}


def quota_short(target: Target) -> str:
    """≥1, ≥90%, ≥1 each quarter, for a line of the matrix; "" where once is meant."""
    once = target.quota == 1 and target.quota_kind == Quota.NUMBER
    said = "" if once else f"≥{target.quota}{'%' if target.quota_kind == Quota.PERCENT else ''}"
    if target.every == Every.ONCE:
        return said
    return " ".join(part for part in (said, str(Every(target.every).label)) if part)


def scope_said(target: Target, named: Named) -> str:
    """Who has to reach it."""
    parts = [str(UnitKind(kind).label) for kind in target.kinds.split() if kind in UnitKind.values]
    parts += [unit.name for unit in named.scope]
    said = listed(parts)
    if target.block is not None:
        said = _("%(who)s in %(block)s") % {"who": said, "block": target.block.name}
    if target.lines:
        lines = listed(subject_name(line) for line in target.lines.split())
        said = _("%(who)s of the line %(lines)s") % {"who": said, "lines": lines}
    return said


def measure_said(target: Target) -> str:
    """What is counted, with what the target says to the measure."""
    measure = measure_of(target.measure)
    if measure is None:
        return _("not measured yet")
    parts = [str(measure.name)]
    for option in measure.options:
        value = str(target.options.get(option.name, ""))
        if not value:
            continue
        words = value.split() if option.choices is not None and option.several else [value]
        choices = option.choices() if option.choices is not None else {}
        parts.append(f"{option.label}: {_listed(str(choices.get(word, word)) for word in words)}")
    return " · ".join(parts)


def _listed(words: Iterable[str]) -> str:
    return listed(words)
