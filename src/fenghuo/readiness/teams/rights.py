from fenghuo.kernel.access.rights import Role, grant

DESK = (Role.DUTY_OFFICER, Role.DUTY_LEADER, Role.COMMANDER, Role.HEAD, Role.CLERK, Role.ADMINISTRATOR)

# Machines that may see incidents or give orders are told which teams could go.
FORCES = ("incidents.read", "incidents.write", "assignments.read", "assignments.write")

grant("teams.read", roles=tuple(Role), scopes=("registers.read", "registers.write", *FORCES))
grant(
    "teams.call", roles=DESK, scopes=("registers.write", "assignments.write")
)  # names and telephones of the people on call
grant("teams.write", roles=DESK, scopes=("registers.write",))
