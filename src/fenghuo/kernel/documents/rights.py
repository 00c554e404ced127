from fenghuo.kernel.access.rights import Role, grant

grant("files.watch", roles=(Role.ADMINISTRATOR,))  # what waits for the virus scanner
