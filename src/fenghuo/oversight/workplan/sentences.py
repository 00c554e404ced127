"""What the history says of work plans and proofs."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fenghuo.kernel.journal.naming import name_verbs
from fenghuo.kernel.journal.telling import Told, sentence
from fenghuo.kernel.submissions.kinds import name_of
from fenghuo.kernel.web.words import listed

from .outlook_words import paper_word


def _because(told: Told, said: str) -> str:
    """With the reason, where one was given."""
    reason = told.said("reason")
    return _("%(said)s (reason: %(reason)s)") % {"said": said, "reason": reason} if reason else said


@sentence("workplan.created", sample={"number": "WP-2026-0001", "title": "2026年应急管理工作要点", "year": 2026})
def created(told: Told) -> str:
    return _("The work plan %(number)s was drafted: %(title)s") % {
        "number": told.said("number"),
        "title": told.said("title"),
    }


@sentence("workplan.loaded", sample={"clauses": 18, "targets": 43})
def loaded(told: Told) -> str:
    said = {name: told.said(name) for name in ("clauses", "targets")}
    return _("Loaded from a file: %(clauses)s clauses, %(targets)s targets") % said


@sentence("workplan.drafted", sample={"clauses": 18, "targets": 44})
def drafted(told: Told) -> str:
    said = {name: told.said(name) for name in ("clauses", "targets")}
    return _("Read from a pasted text: %(clauses)s clauses, %(targets)s targets") % said


@sentence("workplan.copied", sample={"from": "WP-2025-0001", "year": 2026})
def copied(told: Told) -> str:
    return _("Copied from %(from)s for the year %(year)s") % {"from": told.said("from"), "year": told.said("year")}


@sentence("workplan.changed", sample={"reason": "措辞更正"})
def changed(told: Told) -> str:
    return _because(told, _("Title or preamble of the work plan were changed"))


@sentence("workplan.put_in_force", sample={"year": 2026, "version": 1, "targets": 43})
def put_in_force(told: Told) -> str:
    said = {name: told.said(name) for name in ("year", "version", "targets")}
    return _("The work plan %(year)s, version %(version)s, came into force with %(targets)s targets") % said


@sentence("workplan.replaced", sample={"number": "WP-2026-0002"})
def replaced(told: Told) -> str:
    return _("Replaced by the version %(number)s") % {"number": told.said("number")}


@sentence("workplan.dropped")
def dropped(told: Told) -> str:
    return _("The draft of the work plan was dropped")


@sentence("workplan.clause_added", sample={"clause": "2.3 增强预案实战性", "reason": ""})
def clause_added(told: Told) -> str:
    return _because(told, _("Clause added: %(clause)s") % {"clause": told.said("clause")})


@sentence("workplan.clause_changed", sample={"clause": "2.3 增强预案实战性", "reason": ""})
def clause_changed(told: Told) -> str:
    return _because(told, _("Clause changed: %(clause)s") % {"clause": told.said("clause")})


@sentence("workplan.clause_withdrawn", sample={"clause": "2.3 增强预案实战性", "reason": "机构改革"})
def clause_withdrawn(told: Told) -> str:
    return _because(told, _("Clause withdrawn with its targets: %(clause)s") % {"clause": told.said("clause")})


@sentence("workplan.target_added", sample={"target": "2.3 乡镇演练 1 次", "reason": "汛期加练"})
def target_added(told: Told) -> str:
    return _because(told, _("Target added: %(target)s") % {"target": told.said("target")})


@sentence(
    "workplan.target_changed",
    sample={"target": "3.3 综合队", "reason": "汛情", "quota_from": "1", "quota_to": "2", "due_from": "2026-07-31"},
)
def target_changed(told: Told) -> str:
    parts = [_("Target changed: %(target)s") % {"target": told.said("target")}]
    if told.said("quota_to"):
        parts.append(_("quota %(a)s → %(b)s") % {"a": told.said("quota_from"), "b": told.said("quota_to")})
    if told.said("due_to"):
        parts.append(_("due %(a)s → %(b)s") % {"a": told.said("due_from"), "b": told.said("due_to")})
    return _because(told, "; ".join(parts))


@sentence("workplan.target_withdrawn", sample={"target": "2.3 乡镇演练 1 次", "reason": "上级调整"})
def target_withdrawn(told: Told) -> str:
    return _because(told, _("Target withdrawn: %(target)s") % {"target": told.said("target")})


@sentence("workplan.exported", sample={"paper": "circular.docx", "day": "2026-09-30"})
def exported(told: Told) -> str:
    said = {"paper": paper_word(told.said("paper")), "day": told.said("day")}
    return _("%(paper)s was made, as it stood on %(day)s") % said


@sentence("workplan_proof.created", sample={"number": "D-2026-0001", "kind": "work_rules"})
def proof_created(told: Told) -> str:
    return _("The document %(number)s was entered: %(kind)s") % {
        "number": told.said("number"),
        "kind": name_of(told.said("kind")),
    }


@sentence("workplan_proof.archived")
def proof_archived(told: Told) -> str:
    return _("Put into the archive: what it proved counts no longer")


@sentence(
    "workplan.letter_sent", sample={"number": "DB-2026-0001", "to": "草堂街道办事处", "clauses": ["3.3"], "targets": 1}
)
def letter_sent(told: Told) -> str:
    return _("Supervision letter %(number)s to %(to)s about clause %(clauses)s") % {
        "number": told.said("number"),
        "to": told.said("to"),
        "clauses": listed(told.public.get("clauses", ())),
    }


@sentence("workplan.letter_withdrawn", sample={"reason": "误发"})
def letter_withdrawn(told: Told) -> str:
    return _because(told, _("The supervision letter was withdrawn"))


@sentence("workplan.reminded", sample={"units": 14, "targets": 3})
def reminded(told: Told) -> str:
    said = {name: told.said(name) for name in ("units", "targets")}
    return _("Reminded of what is due: %(units)s units, %(targets)s targets") % said


name_verbs(
    "workplan",
    gettext_lazy("Work plan"),
    {
        "created": gettext_lazy("plan drafted"),
        "loaded": gettext_lazy("loaded from a file"),
        "copied": gettext_lazy("copied forward"),
        "changed": gettext_lazy("changed"),
        "put_in_force": gettext_lazy("put in force"),
        "replaced": gettext_lazy("replaced"),
        "dropped": gettext_lazy("dropped"),
        "clause_added": gettext_lazy("clause added"),
        "clause_changed": gettext_lazy("clause changed"),
        "clause_withdrawn": gettext_lazy("clause withdrawn"),
        "target_added": gettext_lazy("target added"),
        "target_changed": gettext_lazy("target changed"),
        "target_withdrawn": gettext_lazy("target withdrawn"),
        "drafted": gettext_lazy("read from a pasted text"),
        "letter_sent": gettext_lazy("supervision letter sent"),
        "letter_withdrawn": gettext_lazy("supervision letter withdrawn"),
        "reminded": gettext_lazy("reminded"),
        "exported": gettext_lazy("circular or appraisal made"),
    },
)
name_verbs(
    "workplan_proof",
    gettext_lazy("Document as proof"),
    {"created": gettext_lazy("entered as proof"), "archived": gettext_lazy("put into the archive")},
)
