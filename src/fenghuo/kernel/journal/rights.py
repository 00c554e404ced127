from fenghuo.kernel.access.rights import Role, grant

# Who keeps the system running looks into the journal too, as far as their unit sees (capabilities: install, back up,
# audit); an auditor reads all of it and changes nothing.
READERS = (Role.AUDITOR, Role.ADMINISTRATOR)

grant("journal.read_private", roles=(Role.DUTY_LEADER, Role.COMMANDER, Role.HEAD, Role.AUDITOR))
grant("journal.search", roles=READERS, scopes=("journal.read",))
grant("journal.export", roles=READERS)
