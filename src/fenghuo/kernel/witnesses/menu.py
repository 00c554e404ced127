from django.utils.translation import gettext_lazy as _

from fenghuo.kernel.web.menu import Entry, add

add(Entry(section="oversight", label=_("Seals"), url="witnesses:seals", icon="lock", order=80, action="seals.read"))
