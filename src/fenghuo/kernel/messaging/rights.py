from fenghuo.kernel.access.rights import Role, grant

DESK = (Role.DUTY_OFFICER, Role.DUTY_LEADER, Role.COMMANDER, Role.HEAD, Role.CLERK)

grant("messages.read", roles=tuple(Role), scopes=("assignments.read", "assignments.write"))
grant("messages.write", roles=DESK, scopes=("assignments.write",))  # note a call, send again, let a failure rest
grant("messages.approve", roles=(Role.DUTY_LEADER, Role.COMMANDER, Role.HEAD))
grant("messages.settle", roles=(Role.DUTY_OFFICER, Role.DUTY_LEADER, Role.ADMINISTRATOR))
