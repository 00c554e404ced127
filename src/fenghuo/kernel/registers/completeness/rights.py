from fenghuo.kernel.access.rights import Role, grant

# Who is reminded on Today of what the own unit lacks: not the desk, which has other things to do.
grant("completeness.tend", roles=(Role.CLERK, Role.HEAD, Role.ADMINISTRATOR))
