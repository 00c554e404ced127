from fenghuo.kernel.access.rights import Role, grant

grant("destruction.read", roles=(*(Role.DUTY_LEADER, Role.COMMANDER, Role.HEAD), *(Role.CLERK, Role.ADMINISTRATOR)))
grant("destruction.draft", roles=(*(Role.DUTY_LEADER, Role.COMMANDER, Role.HEAD), *(Role.CLERK, Role.ADMINISTRATOR)))
# Another person than the one who drafted it: see services.confirming.
grant("destruction.confirm", roles=(Role.COMMANDER, Role.HEAD))
grant("destruction.hold", roles=(Role.DUTY_LEADER, Role.COMMANDER, Role.HEAD))
