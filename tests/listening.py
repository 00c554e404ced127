"""Listeners at the live stream without a server: the same ASGI call, its answers kept."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from fenghuo.kernel.access.actor import SYSTEM
from fenghuo.kernel.access.models import Account, Post
from fenghuo.kernel.journal.sequencer import number_waiting
from fenghuo.kernel.registry.services import create_account
from fenghuo.kernel.web.live import LiveStream
from tests.county import PASSWORD

PATIENCE = 20  # seconds until a test gives up


def sign_in(of: Post, **more: object) -> str:
    """The key of a new session of whoever holds this post."""
    account = Account.objects.filter(person=of.person).first()
    if account is None:
        create_account(of.person, by=SYSTEM, username=f"listener-{of.pk}", password=PASSWORD)
        account = Account.objects.get(person=of.person)
    session = SessionStore()
    session["_auth_user_id"] = str(account.pk)
    session["_auth_user_backend"] = "allauth.account.auth_backends.AuthenticationBackend"
    session["_auth_user_hash"] = account.get_session_auth_hash()
    session.update(more)
    session.create()
    return str(session.session_key)


def give_positions() -> None:
    """As the sequencer would on PostgreSQL."""
    while number_waiting():
        pass


async def do[R](call: Callable[[], R]) -> R:
    """Carry out a service in a thread, and give its entries their positions."""

    def work() -> R:
        try:
            done = call()
            give_positions()
            return done
        finally:
            connection.close()

    return await asyncio.to_thread(work)


@dataclass
class Ear:
    """What one listener was answered. `reads`: cleared while its client does not read."""

    status: int = 0
    headers: dict[bytes, bytes] = field(default_factory=dict)
    body: bytes = b""
    ended: bool = False
    reads: asyncio.Event = field(default_factory=asyncio.Event)
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    task: "asyncio.Task[None] | None" = None

    async def receive(self) -> Mapping[str, Any]:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Mapping[str, Any]) -> None:
        await self.reads.wait()
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], dict(message["headers"])
        else:
            self.body += message.get("body", b"")
            self.ended = self.ended or not message.get("more_body", False)

    def events(self, kind: str = "entry") -> list[tuple[int, dict[str, Any]]]:
        """(position, data) of each event of this kind, as they came."""
        found = []
        for text in self.body.decode().split("\n\n")[:-1]:
            lines = dict(line.partition(": ")[::2] for line in text.split("\n"))
            if lines.get("event") == kind:
                found.append((int(lines["id"]), json.loads(lines["data"])))
        return found

    def records(self) -> list[int]:
        return [record for _position, data in self.events() for record in data["records"]]

    async def until(self, true: Callable[["Ear"], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not true(self):
                await asyncio.sleep(0.01)

    async def hears(self, record: int) -> None:
        await self.until(lambda ear: record in ear.records())


def call(live: LiveStream, session: str, query: str = "", path: str = "/live/", **headers: str) -> Ear:
    """Begin to listen, or ask; `headers` with _ for -."""
    ear = Ear()
    ear.reads.set()
    said = {"cookie": f"sessionid={session}"} | {name.replace("_", "-"): value for name, value in headers.items()}
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in said.items()],
    }
    ear.task = asyncio.ensure_future(live(scope, ear.receive, ear.send))
    return ear


async def listen(live: LiveStream, session: str, query: str = "", **headers: str) -> Ear:
    """A listener whose stream is open."""
    ear = call(live, session, query, **headers)
    await ear.until(lambda ear: b"retry:" in ear.body or ear.status >= 400)
    return ear


async def ask(live: LiveStream, session: str, query: str = "") -> Ear:
    ear = call(live, session, query, path="/live/poll/")
    await ear.until(lambda ear: ear.ended)
    return ear


def run(work: Callable[[LiveStream], Awaitable[None]]) -> None:
    """`work` with a live stream of its own, in a loop of its own. What was written before has its position."""
    give_positions()

    async def main() -> None:
        async with _live() as live:
            await work(live)

    asyncio.run(main())


@asynccontextmanager
async def _live() -> Any:
    live = LiveStream()
    try:
        yield live
    finally:
        await live.close()
        thread = live.hub._thread
        if thread is not None:
            await asyncio.to_thread(thread.join, PATIENCE)
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
