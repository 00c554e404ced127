"""What the journal says of regions, units, people, posts and keys."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fenghuo.kernel.access.rights import Role
from fenghuo.kernel.journal.naming import name_verbs
from fenghuo.kernel.journal.telling import Told, sentence

RENAMED = {"from": "户县", "to": "鄠邑区", "from_code": "610125000000"}


def _role(told: Told) -> str:
    role = told.said("role")
    return told.said("title") or (str(Role(role).label) if role in Role.values else role)


@sentence("region.created", sample={"code": "610118000000", "name": "鄠邑区"})
def region_created(told: Told) -> str:
    return _("The region %(name)s was entered (%(code)s)") % {"name": told.said("name"), "code": told.said("code")}


@sentence("region.renamed", sample=RENAMED)
@sentence("unit.renamed", sample=RENAMED)
def renamed(told: Told) -> str:
    return _("Renamed from %(old)s to %(new)s") % {"old": told.said("from"), "new": told.said("to")}


@sentence("region.counted", sample={"people": 1830, "as_of": "2025-12-31"})
def region_counted(told: Told) -> str:
    people = told.public.get("people")
    if people is None:
        return _("Nobody knows any more how many people live in %(name)s") % {"name": told.subject}
    words = {"name": told.subject, "people": people, "day": told.said("as_of")}
    if not words["day"]:
        return _("%(people)s people live in %(name)s") % words
    return _("%(people)s people live in %(name)s, as of %(day)s") % words


@sentence("region.placed", sample={"at": ["108.608500", "34.107200"]})
def region_placed(told: Told) -> str:
    at = told.public.get("at")
    if not isinstance(at, list) or not at:
        return _("Nobody knows any more where %(name)s lies") % {"name": told.subject}
    return _("%(name)s lies at %(at)s") % {"name": told.subject, "at": ", ".join(map(str, at))}


@sentence("region.moved", titles=("甲村", "乙街道"))
def region_moved(told: Told) -> str:
    return _("%(region)s now belongs to %(parent)s") % {"region": told.subject, "parent": told.titles[-1]}


@sentence("region.ended", sample={"on": "2020-12-31"})
@sentence("unit.ended", sample={"on": "2020-12-31"})
def ended(told: Told) -> str:
    if len(told.titles) > 1:
        return _("%(name)s ended on %(day)s and went over to %(successor)s") % {
            "name": told.subject,
            "day": told.said("on"),
            "successor": told.titles[1],
        }
    return _("%(name)s ended on %(day)s") % {"name": told.subject, "day": told.said("on")}


@sentence("unit.created", sample={"code": "610118000000-EMO", "name": "应急管理局", "kind": "emergency_office"})
def unit_created(told: Told) -> str:
    return _("The unit %(name)s was entered (%(code)s)") % {"name": told.said("name"), "code": told.said("code")}


@sentence("unit.changed", sample={"fields": ["phone"]})
def unit_changed(told: Told) -> str:
    if told.said("from"):
        return _("Renamed from %(old)s to %(new)s") % {"old": told.said("from"), "new": told.said("to")}
    return _("Particulars of the unit were changed")


@sentence("region.confirmed")
@sentence("unit.confirmed")
@sentence("person.confirmed")
def looked_at(told: Told) -> str:
    return _("Looked at: all is right")


@sentence("person.archived")
def person_archived(told: Told) -> str:
    return _("Put into the archive; all posts ended")


@sentence("person.restored")
def person_restored(told: Told) -> str:
    return _("Taken back from the archive")


@sentence("post.retitled", sample={"role": "clerk", "title": "应急专干", "from": "干事"}, titles=("张三", "局"))
def post_retitled(told: Told) -> str:
    return _("The post is now called %(title)s, before that %(old)s") % {
        "title": told.said("title") or "–",
        "old": told.said("from") or "–",
    }


@sentence("unit.lines_set", sample={"subjects": ["fire"]})
def lines_set(told: Told) -> str:
    return _("The subjects it is responsible for were set: %(subjects)s") % {
        "subjects": ", ".join(told.public.get("subjects", []))
    }


@sentence("unit.supervision_set", sample={"subjects": ["fire"], "main": "fire"})
def supervision_set(told: Told) -> str:
    return _("Its supervising departments were set: %(units)s") % {"units": ", ".join(told.titles[1:]) or "–"}


@sentence("person.added", titles=("张三", "应急管理局"))
def person_added(told: Told) -> str:
    return _("A person was entered at %(unit)s") % {"unit": told.titles[-1]}


@sentence("person.changed", sample={"fields": ["mobile"]})
def person_changed(told: Told) -> str:
    return _("Particulars of a person were changed")


@sentence("post.given", sample={"role": "duty_officer", "title": "", "since": "2026-01-01"}, titles=("张三", "局"))
def post_given(told: Told) -> str:
    return _("Appointed as %(role)s at %(unit)s") % {"role": _role(told), "unit": told.titles[-1]}


@sentence("post.ended", sample={"role": "duty_officer", "on": "2026-12-31"}, titles=("张三", "局"))
def post_ended(told: Told) -> str:
    return _("The post of %(role)s at %(unit)s ended on %(day)s") % {
        "role": _role(told),
        "unit": told.titles[-1],
        "day": told.said("on"),
    }


@sentence("account.created")
def account_created(told: Told) -> str:
    return _("May sign in from now on")


@sentence("token.created", sample={"token": "110", "scopes": ["intake.write"]})
def token_created(told: Told) -> str:
    return _("The access key “%(token)s” was given out") % {"token": told.said("token")}


@sentence("token.revoked", sample={"token": "110"})
def token_revoked(told: Told) -> str:
    return _("The access key “%(token)s” was revoked") % {"token": told.said("token")}


name_verbs(
    "region",
    gettext_lazy("Regions"),
    {
        "created": gettext_lazy("entering a region"),
        "renamed": gettext_lazy("renaming a region"),
        "counted": gettext_lazy("population of a region"),
        "moved": gettext_lazy("moving a region"),
        "ended": gettext_lazy("end of a region"),
    },
)
name_verbs(
    "unit",
    gettext_lazy("Units"),
    {
        "created": gettext_lazy("entering a unit"),
        "renamed": gettext_lazy("renaming a unit"),
        "ended": gettext_lazy("end of a unit"),
        "lines_set": gettext_lazy("setting its subjects"),
        "supervision_set": gettext_lazy("setting its supervising departments"),
    },
)
name_verbs(
    "person",
    gettext_lazy("People"),
    {
        "added": gettext_lazy("entering a person"),
        "changed": gettext_lazy("changing a person's particulars"),
    },
)
name_verbs(
    "post",
    gettext_lazy("Posts"),
    {
        "given": gettext_lazy("appointment"),
        "ended": gettext_lazy("end of a post"),
    },
)
name_verbs(
    "account",
    gettext_lazy("Accounts"),
    {
        "created": gettext_lazy("giving an account"),
    },
)
name_verbs(
    "token",
    gettext_lazy("Access keys of machines"),
    {
        "created": gettext_lazy("giving out a key"),
        "revoked": gettext_lazy("revoking a key"),
    },
)


@sentence("person.merged", sample={"fields": ["mobile"], "rows": 3}, titles=("张三", "张三"))
@sentence("unit.merged", sample={"fields": ["phone"], "rows": 3}, titles=("草堂街道办事处", "草堂街道办"))
def merged(told: Told) -> str:
    return _("%(gone)s was merged into %(kept)s; rows that went over: %(rows)s") % {
        "gone": told.titles[-1],
        "kept": told.titles[0],
        "rows": told.said("rows"),
    }


@sentence("person.separated", sample={"back": 3, "stayed": 1}, titles=("张三", "张三"))
@sentence("unit.separated", sample={"back": 3, "stayed": 1}, titles=("草堂街道办事处", "草堂街道办"))
def separated(told: Told) -> str:
    return _("%(gone)s was separated again from %(kept)s; went back: %(back)s, changed since and left: %(stayed)s") % {
        "gone": told.titles[-1],
        "kept": told.titles[0],
        "back": told.said("back"),
        "stayed": told.said("stayed"),
    }


@sentence("person.told_apart", titles=("张三", "张三"))
@sentence("unit.told_apart", titles=("草堂小学", "草堂村小学"))
def told_apart(told: Told) -> str:
    return _("Looked at: %(one)s and %(other)s are not the same") % {"one": told.titles[0], "other": told.titles[-1]}
