from fenghuo.kernel.access.rights import Role, grant

grant(
    "seals.read",
    roles=(Role.ADMINISTRATOR, Role.DUTY_LEADER, Role.COMMANDER, Role.HEAD, Role.AUDITOR),
    scopes=("journal.read",),
)
grant("roots.keep", scopes=("roots.write",))
