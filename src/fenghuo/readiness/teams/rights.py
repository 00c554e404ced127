from fenghuo.kernel.access.rights import Role, grant

DESK = (Role.DUTY_OFFICER, Role.DUTY_LEADER, Role.COMMANDER, Role.HEAD, Role.CLERK, Role.ADMINISTRATOR)

grant("teams.read", roles=tuple(Role), scopes=("registers.read", "registers.write"))
grant("teams.call", roles=DESK, scopes=("registers.write",))  # names and telephones of the people on call
grant("teams.write", roles=DESK, scopes=("registers.write",))
