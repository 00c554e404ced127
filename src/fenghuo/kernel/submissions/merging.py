"""What here points at people, units and their records, and what becomes of it when two of them are merged."""

from fenghuo.kernel.registry.pointing import moves, stays

# A course goes on with the unit that is left; its record's unit goes with it.
moves(
    *("submissions.Submission.sender", "submissions.Submission.receiver", "submissions.Submission.paper"),
    "submissions.Batch.unit",
)
stays(
    "the post goes with its person",
    "submissions.Round.sent_by",
    "submissions.Round.answered_by",
    "submissions.Review.done_by",
    "submissions.Remark.made_by",
    "submissions.Remark.answered_by",
    "submissions.Batch.post",
)
