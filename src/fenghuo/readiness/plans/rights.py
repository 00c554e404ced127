from fenghuo.kernel.access.rights import Role, grant
from fenghuo.kernel.documents.reading import readable_with

DESK = (Role.DUTY_OFFICER, Role.DUTY_LEADER, Role.COMMANDER, Role.HEAD, Role.CLERK, Role.ADMINISTRATOR)

grant("plans.read", roles=tuple(Role), scopes=("registers.read", "registers.write"))
grant("plans.write", roles=DESK, scopes=("registers.write",))
grant("plans.remind", roles=DESK, scopes=())

# Who organises a check, visits, and answers for what was found; sight and the unit decide the rest.
grant("plan_checks.read", roles=tuple(Role), scopes=("registers.read",))
grant(
    "plan_checks.organise",
    roles=(Role.DUTY_LEADER, Role.COMMANDER, Role.HEAD, Role.CLERK, Role.ADMINISTRATOR),
    scopes=(),
)
grant("plan_checks.check", roles=(*DESK, Role.MEMBER), scopes=())
grant("plan_checks.correct", roles=DESK, scopes=())
grant("plan_checks.verify", roles=DESK, scopes=())

readable_with("plan", "plans.read")
readable_with("plan_check_item", "plan_checks.read")
