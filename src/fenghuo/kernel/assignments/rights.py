from fenghuo.kernel.access.rights import Role, grant

WORKING = (Role.DUTY_OFFICER, Role.DUTY_LEADER, Role.COMMANDER, Role.HEAD, Role.CLERK)

grant("assignments.read", roles=tuple(Role), scopes=("assignments.read", "assignments.write"))
grant("assignments.issue", roles=WORKING, scopes=("assignments.write",))  # issue and withdraw
grant("assignments.answer", roles=WORKING, scopes=("assignments.write",))
