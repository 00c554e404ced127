from fenghuo.kernel.access.rights import Role, grant

WORKING = (Role.DUTY_OFFICER, Role.DUTY_LEADER, Role.COMMANDER, Role.HEAD, Role.CLERK)

grant("submissions.read", roles=tuple(Role), scopes=("submissions.read", "submissions.write"))
grant("submissions.file", roles=WORKING, scopes=("submissions.write",))  # send, answer remarks, withdraw
grant("submissions.review", roles=WORKING, scopes=("submissions.write",))  # remark, return, accept, pass on
