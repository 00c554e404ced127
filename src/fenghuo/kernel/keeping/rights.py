from fenghuo.kernel.access.rights import Role, grant

grant("backups.manage", roles=(Role.ADMINISTRATOR,))
