from fenghuo.kernel.access.rights import Role, grant

EVERYBODY = tuple(Role)
KEEPERS = (Role.ADMINISTRATOR, Role.CLERK, Role.HEAD, Role.DUTY_OFFICER, Role.DUTY_LEADER)

grant("registry.read", roles=EVERYBODY, scopes=("registers.read",))
grant("registry.manage", roles=(Role.ADMINISTRATOR,), scopes=("registers.write",))
grant("registry.keep", roles=KEEPERS, scopes=("registers.write",))
grant("registry.accounts", roles=(Role.ADMINISTRATOR,))
