from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fenghuo.kernel.journal.naming import name_verbs
from fenghuo.kernel.journal.telling import Told, sentence


@sentence("video.added", sample={"name": "涝河大桥"})
def video_added(told: Told) -> str:
    return _("Video added: %(name)s") % {"name": told.said("name")}


@sentence("video.removed", sample={"name": "涝河大桥"})
def video_removed(told: Told) -> str:
    return _("Video removed: %(name)s") % {"name": told.said("name")}


name_verbs(
    "video",
    gettext_lazy("Videos"),
    {
        "added": gettext_lazy("adding a video"),
        "removed": gettext_lazy("removing a video"),
    },
)
