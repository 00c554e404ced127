from django.utils.translation import gettext as _

from fenghuo.kernel.journal.telling import Told, sentence


@sentence("video.added", sample={"name": "涝河大桥"})
def video_added(told: Told) -> str:
    return _("Video added: %(name)s") % {"name": told.said("name")}


@sentence("video.removed", sample={"name": "涝河大桥"})
def video_removed(told: Told) -> str:
    return _("Video removed: %(name)s") % {"name": told.said("name")}
