from fenghuo.kernel.access.rights import Role, grant
from fenghuo.kernel.documents.reading import readable_with

DESK = (Role.DUTY_OFFICER, Role.DUTY_LEADER, Role.COMMANDER, Role.HEAD, Role.CLERK)

grant("contacts.message", roles=DESK)
grant("contacts.take", roles=(*DESK, Role.ADMINISTRATOR))  # out of the house: printed, as cards, as a workbook
grant("organisations.tend", roles=(Role.HEAD, Role.CLERK, Role.ADMINISTRATOR))  # is reminded of what is lacking

# The duties of a unit on paper: for whoever may look into what the unit holds.
readable_with("unit", "registry.read")
