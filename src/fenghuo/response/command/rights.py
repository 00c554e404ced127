from fenghuo.kernel.access.rights import Role, grant

grant("proposals.read", roles=tuple(Role), scopes=("incidents.read", "incidents.write"))
grant("board.read", roles=tuple(Role))
grant("videos.write", roles=(Role.DUTY_OFFICER, Role.DUTY_LEADER, Role.COMMANDER, Role.ADMINISTRATOR))
