from fenghuo.kernel.access.rights import Role, grant
from fenghuo.kernel.documents.reading import readable_with

DESK = (Role.DUTY_OFFICER, Role.DUTY_LEADER, Role.COMMANDER, Role.HEAD, Role.CLERK)

grant("reports.receive", roles=DESK, scopes=("intake.write",))
grant("reports.read", roles=tuple(Role), scopes=("incidents.read", "intake.write"))
grant("reports.settle", roles=DESK, scopes=("incidents.write",))  # dismiss, hand over
grant("quarantine.settle", roles=(Role.DUTY_OFFICER, Role.DUTY_LEADER, Role.ADMINISTRATOR))
grant("incidents.read", roles=tuple(Role), scopes=("incidents.read", "incidents.write", "intake.write"))
grant("incidents.write", roles=DESK, scopes=("incidents.write",))
grant("casualties.read", roles=DESK)
grant("casualties.write", roles=DESK)

readable_with("report", "reports.read")
readable_with("incident", "incidents.read")
