"""The tables of this room as text for the docs, drawn from the data themselves."""

from collections.abc import Iterable

from fenghuo.standards.submission_kinds import submission_rules

from .states import RECEIVERS_VERBS, SENDERS_VERBS, SUBMISSION_STATES

BEGIN, END = "<!-- drawn from the data: scripts/draw_submissions.py -->", "<!-- end -->"


def drawn() -> str:
    """Everything between the marks in docs/algorithms/submissions.md."""
    return "\n\n".join((BEGIN, _states(), _picture(), _kinds(), END))


def _states() -> str:
    rows = ((row.start, row.verb.rstrip("_"), row.end, _who(row.verb)) for row in SUBMISSION_STATES.rows)
    return _table(("state", "verb", "leads to", "by"), rows)


def _who(verb: str) -> str:
    if verb in SENDERS_VERBS:
        return "sender"
    return "receiver" if verb in RECEIVERS_VERBS else "follows by itself"


def _picture() -> str:
    lines = [f"    {row.start} --> {row.end}: {row.verb.rstrip('_')}" for row in SUBMISSION_STATES.rows]
    return "\n".join(("```mermaid", "stateDiagram-v2", *lines, "```"))


def _kinds() -> str:
    rows = (
        (
            row.id,
            row.zh,
            " ".join(sorted(row.senders)),
            row.to,
            " ".join((*row.needed, *(f"{name}?" for name in row.optional))),
            row.due or "–",
            row.silence or "–",
            row.cited,
        )
        for row in submission_rules().rows
    )
    return _table(("kind", "称谓", "from", "to", "enclosed", "due by", "silence", "basis"), sorted(rows))


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, ("---",) * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
