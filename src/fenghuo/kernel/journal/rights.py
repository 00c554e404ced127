from fenghuo.kernel.access.rights import Role, grant

grant("journal.read_private", roles=(Role.DUTY_LEADER, Role.COMMANDER, Role.HEAD))
