"""A plan as the TOML that load_plan reads."""

import json
from collections.abc import Iterable

from fenghuo.kernel.access.models import Unit
from fenghuo.kernel.measures.asking import Moment

from .models import Clause, Quota, Target, WorkPlan
from .scopes import named_in
from .selectors.plans import clauses_of, targets_of


def as_toml(plan: WorkPlan) -> str:
    """What is in force now, or stands in the draft. Loading it gives the same clauses and targets again."""
    lines = [f"title = {_text(plan.record.title)}", f"year = {plan.year}"]
    if plan.preamble:
        lines.append(f"preamble = {_text(plan.preamble)}")
    moment = Moment(plan.until, past=True) if plan.until is not None else Moment.now()
    by_clause: dict[int, list[Target]] = {}
    for target in targets_of(plan, moment):
        by_clause.setdefault(target.clause_id, []).append(target)
    for clause in clauses_of(plan):
        lines += _clause(clause)
        for target in by_clause.get(clause.pk, ()):
            lines += _target(target, plan)
    return "\n".join(lines) + "\n"


def _clause(clause: Clause) -> list[str]:
    said = [("number", clause.number), ("chapter", clause.chapter), ("title", clause.title), ("text", clause.text)]
    return ["", "[[clause]]", *(f"{name} = {_text(value)}" for name, value in said if value)]


def _target(target: Target, plan: WorkPlan) -> list[str]:
    named, own = named_in(target), plan.region.code
    said = [f"key = {_text(target.key)}", f"title = {_text(target.title)}"]
    if target.measure:
        said.append(f"measure = {_text(target.measure)}")
    if target.options:
        inside = ", ".join(f"{name} = {_text(str(value))}" for name, value in sorted(target.options.items()))
        said.append(f"options = {{ {inside} }}")
    for name, words in (("kinds", target.kinds.split()), ("lines", target.lines.split())):
        if words:
            said.append(f"{name} = {_list(words)}")
    if target.block is not None:
        said.append(f"block = {_text(target.block.code)}")
    for name, units in (("units", named.scope), ("lead", named.lead), ("support", named.support)):
        if units or (name == "units" and not target.kinds):
            said.append(f"{name} = {_list(_codes(units, own))}")
    if target.together:
        said.append("together = true")
    said.append(f"{'percent' if target.quota_kind == Quota.PERCENT else 'quota'} = {target.quota}")
    if target.every != "once":
        said.append(f"every = {_text(target.every)}")
    said.append(f'due = "{target.due:%m-%d}"')
    if target.weight != 1:
        said.append(f"weight = {target.weight}")
    return ["", "  [[clause.target]]", *(f"  {line}" for line in said)]


def _codes(units: Iterable[Unit], own: str) -> list[str]:
    """Departments of the plan's own region by the end of their code alone, so that another county can use it."""
    return [unit.code.removeprefix(own) if unit.code.startswith(f"{own}-") else unit.code for unit in units]


def _list(words: Iterable[str]) -> str:
    return f"[{', '.join(_text(word) for word in words)}]"


def _text(value: str) -> str:
    """A basic string: what JSON escapes, TOML reads, and DEL besides."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
