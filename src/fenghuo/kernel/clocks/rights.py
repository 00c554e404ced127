from fenghuo.kernel.access.rights import Role, grant

DESK = (Role.DUTY_OFFICER, Role.DUTY_LEADER, Role.COMMANDER, Role.HEAD, Role.CLERK)

grant("clocks.read", roles=tuple(Role))
grant("clocks.explain", roles=DESK)  # say why a duty of the own unit was late
