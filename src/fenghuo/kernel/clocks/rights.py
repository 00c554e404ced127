from fenghuo.kernel.access.rights import Role, grant

LEADS = (Role.DUTY_LEADER, Role.COMMANDER, Role.HEAD)
DESK = (*LEADS, Role.DUTY_OFFICER, Role.CLERK)

grant("clocks.read", roles=tuple(Role))
grant("clocks.explain", roles=DESK)  # say why a duty of the own unit was late
grant("clocks.pause", roles=LEADS)
grant("clocks.extend", roles=LEADS)
grant("clocks.rules", roles=(Role.ADMINISTRATOR,))  # what the county sets itself, and the year's days off
