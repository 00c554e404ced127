from fenghuo.kernel.access.rights import Role, grant
from fenghuo.kernel.documents.reading import readable_with

DESK = (Role.DUTY_OFFICER, Role.DUTY_LEADER, Role.COMMANDER, Role.HEAD, Role.CLERK, Role.ADMINISTRATOR)

grant("plans.read", roles=tuple(Role), scopes=("registers.read", "registers.write"))
grant("plans.write", roles=DESK, scopes=("registers.write",))
grant("plans.remind", roles=DESK, scopes=())

readable_with("plan", "plans.read")
