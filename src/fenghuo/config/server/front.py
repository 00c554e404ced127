"""The one ASGI front: live streams and reports by their own lanes, files from disk, everything else Django."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from servestatic import ServeStaticASGI

from fenghuo.gateway.lane import IntakeLane
from fenghuo.kernel.web.health import waits_at_most
from fenghuo.kernel.web.live import LiveStream

from .pooled import Pooled, Receive, Scope, Send

REPORTS = "/api/v1/reports"
LONGEST_REPORT = timedelta(seconds=10)  # until a report is stored, after which /readyz says that something is wrong
LIVE = ("/live/", "/live/poll/")


class Front:
    """ASGI callable. `intake`: the socket of the writer of reports. `stop` ends streams and lets accepted reports be
    stored."""

    def __init__(self, intake: str) -> None:
        self.pages = Pooled()
        self.live = LiveStream()
        self.intake = IntakeLane(intake)
        waits_at_most("reports", LONGEST_REPORT)(lambda _now: self.intake.waited())
        self.files: Any = _files(self.pages)

    async def stop(self) -> None:
        await self.live.close()
        await self.intake.close()
        self.pages.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._serves(scope)(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1000})

    def _serves(self, scope: Scope) -> Any:
        path = scope["path"]
        if path in LIVE and scope["method"] == "GET":
            return self.live
        if path == REPORTS and scope["method"] == "POST":
            return self.intake
        if path.startswith(settings.STATIC_URL):
            return self.files
        return self.pages


def _files(rest: Pooled) -> Any:
    """Hashed names are cached for good. While developing, files are looked for anew each time."""
    if settings.DEBUG:
        made = ServeStaticASGI(rest, autorefresh=True, max_age=0)
        made.add_files(str(settings.STATICFILES_DIRS[0]), prefix=settings.STATIC_URL)
        return made
    return ServeStaticASGI(
        rest,
        root=str(settings.STATIC_ROOT),
        prefix=settings.STATIC_URL,
        max_age=60,
        allow_all_origins=False,
        immutable_file_test=r"\.[0-9a-f]{12}\.",
    )
