from fenghuo.kernel.access.rights import Role, grant

EVERYBODY = tuple(Role)

grant("registry.read", roles=EVERYBODY, scopes=("registers.read",))
grant("registry.manage", roles=(Role.ADMINISTRATOR,), scopes=("registers.write",))
grant("registry.accounts", roles=(Role.ADMINISTRATOR,))
