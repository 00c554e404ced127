from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.web.addresses import has_page
from fenghuo.kernel.web.menu import Entry, add

add(Entry(section="readiness", label=_("Teams"), url="teams:teams", icon="helmet", order=50, action="teams.read"))

has_page("team", "teams:team")
