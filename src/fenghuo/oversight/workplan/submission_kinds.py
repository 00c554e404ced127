"""The papers that carry a proof."""

from django.urls import reverse

from fenghuo.kernel.submissions.kinds import SubmissionKind, add

from .proof_kinds import PROOF_KINDS
from .services.proofs import check, enclosed


def _begin(kind: str) -> str:
    return f"{reverse('workplan:new_proof')}?kind={kind}"


add(
    *(
        SubmissionKind(name, check=check, paper="workplan_proof", enclosed=enclosed, begin=_begin)
        for name in PROOF_KINDS
    )
)
