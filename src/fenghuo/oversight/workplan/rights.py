from fenghuo.kernel.access.rights import Role, grant
from fenghuo.kernel.documents.reading import readable_with

DESK = (Role.DUTY_OFFICER, Role.DUTY_LEADER, Role.COMMANDER, Role.HEAD, Role.CLERK, Role.ADMINISTRATOR)

grant("workplans.read", roles=tuple(Role), scopes=("measures.read",))
# Who keeps the plan is decided by the unit, too: its emergency office.
grant(
    "workplans.write",
    roles=(Role.DUTY_LEADER, Role.COMMANDER, Role.HEAD, Role.CLERK, Role.ADMINISTRATOR),
    scopes=(),
)
grant("proofs.write", roles=DESK, scopes=())

readable_with("workplan_proof", "workplans.read")
