from fenghuo.kernel.access.rights import Role, grant

# Who asks sees what covers only as far as its own room shows it.
grant("coverage.read", roles=tuple(Role), scopes=("registers.read", "incidents.read"))
