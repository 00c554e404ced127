"""Every clause of the seed plan has targets; those whose room does not exist yet stand in this list.

A room that registers its measure takes it out of the list here: the test fails until it does.
"""

import tomllib

from fenghuo.kernel.measures.registering import measures
from fenghuo.oversight.workplan.seed import seed_text

CLAUSES = [
    *("1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "3.1", "3.2", "3.3"),
    *("4.1", "4.2", "4.3", "4.4", "5.1", "5.2", "6.1", "6.2", "6.3"),
]
NOT_YET = {
    "campaigns.held",
    "command.equipment",
    "command.platforms",
    "duty.rostered",
    "evaluation.done",
    "exemplars.accepted",
    "exercises.held",
    "exercises.held_below",
    "experts.consulted",
    "hazards.closed",
    "monitoring.online",
    "portal.column",
    "rewards.awarded",
    "rewards.funds",
    "shelters.kept_up",
    "shelters.ready",
    "supplies.agreements",
    "supplies.least",
    "training.held",
    "warnings.covered",
}
SEED = tomllib.loads(seed_text())


def test_every_clause_has_a_target() -> None:
    assert [clause["number"] for clause in SEED["clause"]] == CLAUSES
    assert all(clause["target"] for clause in SEED["clause"])


def test_what_no_room_measures_yet() -> None:
    named = {target["measure"] for clause in SEED["clause"] for target in clause["target"]}
    assert named - set(measures()) == NOT_YET


def test_every_measure_of_a_room_is_asked_by_the_seed() -> None:
    """So that the demo shows all of them."""
    named = {target["measure"] for clause in SEED["clause"] for target in clause["target"]}
    assert set(measures()) - named == set()
