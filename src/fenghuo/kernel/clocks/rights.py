from fenghuo.kernel.access.rights import Role, grant

LEADS = (Role.DUTY_LEADER, Role.COMMANDER, Role.HEAD)

grant("clocks.pause", roles=LEADS)
grant("clocks.extend", roles=LEADS)
grant("clocks.rules", roles=(Role.ADMINISTRATOR,))  # what the county sets itself, and the year's days off
