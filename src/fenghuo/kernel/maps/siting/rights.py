from fenghuo.kernel.access.rights import Role, grant

# Who asks sees what is there already only as far as its own room shows it.
grant("siting.read", roles=tuple(Role))
