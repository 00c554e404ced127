"""What plans count towards a promise."""

from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.measures.registering import Measure, Option, add

from ..words import WHO_WORDS, plan_kind_choices
from . import covered, filed, rounds

KIND = Option("kind", _("Kinds of plan"), lambda: dict(plan_kind_choices()), several=True)
WHO = Option("who", _("Whose plans"), lambda: WHO_WORDS, several=True)
FILED = (filed.count_plans, filed.plan_pieces, filed.plan_lacks)
COVERED = (covered.count, covered.pieces, covered.lacks)
ROUNDS = (rounds.count_rounds, rounds.round_pieces, rounds.round_lacks)

add(
    Measure(filed.VALID, _("plans filed and in force"), *FILED, options=(KIND,)),
    Measure(filed.FILED, _("plans filed in the time"), *FILED, options=(KIND,)),
    Measure(covered.BLOCK, _("share of plans filed, in the block"), *COVERED, share=True, options=(WHO,)),
    Measure(covered.LINE, _("share of plans filed, in the line"), *COVERED, share=True, options=(WHO,)),
    Measure("plans.check_rounds", _("checks of plans on the spot"), *ROUNDS),
)
