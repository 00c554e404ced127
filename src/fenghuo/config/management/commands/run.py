import socket
import threading
import time
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, connections

from fenghuo.config.demo import RealRecords, is_loaded, load, sign_ins
from fenghuo.config.server.intake import intake_door
from fenghuo.config.server.preparing import CannotStart, check_folder, check_port, prepare_database, prepare_files
from fenghuo.config.server.tree import Child, Tree
from fenghuo.config.server.watching import Watch
from fenghuo.kernel.keeping.in_use import InUse, serving

PATIENCE = 300.0  # seconds
EVERYWHERE = ("", "0.0.0.0", "::")  # noqa: S104 - only compared


class Command(BaseCommand):
    help = "Serve: web, worker and sequencer as one process tree; Ctrl-C or SIGTERM ends all within seconds"
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true", help="load the demo county when nothing is there yet")
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--reload", action="store_true", help="start again when the code changes")
        parser.add_argument("--workers", type=int, default=1, help="web processes (one on SQLite)")

    def handle(self, *args: Any, **options: Any) -> None:
        self._say(f"data folder: {settings.DATA}")
        try:
            check_folder(settings.DATA)
            with serving():
                self._serve(options)
        except (CannotStart, InUse) as error:
            raise CommandError(str(error)) from error

    def _serve(self, options: dict[str, Any]) -> None:
        began = time.monotonic()
        host, port = options["host"], options["port"]
        check_port(host, port)
        prepare_database()
        prepare_files()
        if options["demo"]:
            self._demo()
        workers = self._workers(options["workers"])
        vendor = connection.display_name
        connections.close_all()
        with intake_door() as door:
            self._say(f"database: {vendor}")
            self._say(f"address: http://{host}:{port}")
            threading.Thread(target=self._say_when_ready, args=(host, port, began), daemon=True).start()
            web = ["fenghuo.config.server.web", host, str(port), door.getsockname()]
            children = [
                Child("intake", ["fenghuo.config.server.intake", str(door.fileno())], (door.fileno(),)),
                *(Child(f"web {number}", web) for number in range(1, workers + 1)),
                Child("worker", ["fenghuo.config.server.worker"]),
            ]
            Tree(children, watch=Watch() if options["reload"] else None).run()

    def _say_when_ready(self, host: str, port: int, began: float) -> None:
        """Once somebody answers there; before that a browser would be refused."""
        there = "localhost" if host in EVERYWHERE else host
        while time.monotonic() - began < PATIENCE:
            with suppress(OSError), socket.create_connection((there, port), timeout=1):
                self._say(f"ready after {time.monotonic() - began:.1f} s")
                return
            time.sleep(0.1)

    def _demo(self) -> None:
        try:
            if not is_loaded():
                load()
            self._say("demo county; sign in as one of:")
            for post, username, password in sign_ins():
                self._say(f"  {username:<9} {password}  {post}")
        except RealRecords as error:
            self._say(f"no demo county: {error}")

    def _workers(self, wanted: int) -> int:
        if wanted < 1:
            raise CommandError("--workers must be at least 1")
        if wanted > 1 and connection.vendor == "sqlite":
            self._say("SQLite has one web process; use PostgreSQL (DATABASE_URL) for several")
            return 1
        return wanted

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
