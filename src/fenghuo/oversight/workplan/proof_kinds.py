"""The kinds of paper that prove a target and that no room makes: until the rooms of drills and experts are there,
theirs, too."""

PROOF_KINDS = (
    *("work_rules", "body_founded", "meeting_minutes", "office_rules", "office_minutes"),
    *("exercise_record_up", "expert_group", "expert_rules", "team_filing"),
)
