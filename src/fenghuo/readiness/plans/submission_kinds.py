"""The papers that carry a plan: the same checks and the same end for each of them."""

from fenghuo.kernel.submissions.kinds import SubmissionKind, add

from .services.submitting import check, enclosed, settle

NAMES = (
    *("plan_general", "plan_special", "plan_department", "plan_joint", "plan_central", "plan_township", "plan_village"),
    *("plan_unit_block", "plan_unit_line", "safety_plan_office", "safety_plan_line", "safety_authority_plan"),
)

add(*(SubmissionKind(name, check, settle, "plan", enclosed) for name in NAMES))
