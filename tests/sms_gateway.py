"""A simulated SMS gateway on a port of its own, with every ill that real ones have and a log of what it accepted."""

import json
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

SECRET = "secret-of-the-callbacks-42"


@dataclass
class Gateway:
    """`mode`: ok, error (200 with an error inside), busy (the same, to be tried again), 500, garbage, hang (nothing is
    accepted), deaf (accepted, and no answer ever comes). `delay_s`: before each answer."""

    mode: str = "ok"
    delay_s: float = 0.0
    hang_s: float = 30.0
    accepted: list[dict[str, str]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    requests: int = 0
    last_at: float = 0.0
    port: int = 0
    enough: dict[int, threading.Event] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)
    ending: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def times(self) -> Counter[str]:
        """How often each reference was accepted."""
        with self.lock:
            return Counter(one["reference"] for one in self.accepted)

    def when_accepted(self, count: int) -> threading.Event:
        with self.lock:
            event = self.enough.setdefault(count, threading.Event())
            if len(self.accepted) >= count:
                event.set()
        return event

    def accept(self, content: dict[str, str]) -> str:
        with self.lock:
            self.accepted.append(content)
            self.last_at = time.time()
            count = len(self.accepted)
            if event := self.enough.get(count):
                event.set()
        return f"G{count}"

    def toml(self, **more: str) -> str:
        """An sms.toml for it; `more` are lines put in place of a section's, "" takes the section out."""
        sections = {
            "top": f'url = "{self.url}/send"\nencoding = "json"',
            "headers": 'Authorization = "Bearer x"',
            "values": 'signature = "鄠邑应急"',
            "body": 'mobile = "{phone}"\ncontent = "【{signature}】{text}"\nreference = "{reference}"',
            "accepted": 'path = "code"\nvalues = [0]\nid = "data.id"',
            "again": 'path = "code"\nvalues = [7]',
            "query": f'url = "{self.url}/status?reference={{reference}}"\npath = "state"\nknown = ["accepted"]',
            "receipts": (
                'reference = "reference"\nid = "id"\nstatus = "status"\nat = "time"\n'
                'delivered = ["DELIVRD"]\nfailed = ["UNDELIV"]\nignored = ["ACCEPTD"]'
            ),
            "replies": 'id = "id"\nphone = "mobile"\ntext = "content"\nat = "time"',
            "callbacks": f'secret = "{SECRET}"\nanswer = "got it"',
        } | more
        top = sections.pop("top")
        return top + "".join(f"\n\n[{name}]\n{lines}" for name, lines in sections.items() if lines) + "\n"

    def write(self, path: Path, **more: str) -> None:
        path.write_text(self.toml(**more), encoding="utf-8")


@contextmanager
def sms_gateway() -> Iterator[Gateway]:
    """Runs while inside."""
    made = Gateway()
    server = _Server(("127.0.0.1", 0), _handler(made))
    made.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield made
    finally:
        made.ending.set()
        server.shutdown()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever sent may be killed, or have had enough: nothing to report."""


def _handler(it: Gateway) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            reference = parse_qs(urlsplit(self.path).query).get("reference", [""])[0]
            it.asked.append(reference)
            self._answer(200, {"state": "accepted" if it.times()[reference] else "unknown"})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers["Content-Type"].startswith("application/json"):
                content = json.loads(body)
            else:
                content = {name: values[0] for name, values in parse_qs(body.decode()).items()}
            it.requests += 1
            if it.delay_s:
                time.sleep(it.delay_s)
            match it.mode:
                case "ok":
                    self._answer(200, {"code": 0, "data": {"id": it.accept(content)}})
                case "error":
                    self._answer(200, {"code": 5, "message": "余额不足"})
                case "busy":
                    self._answer(200, {"code": 7, "message": "忙"})
                case "500":
                    self._answer(500, {"code": 0})
                case "garbage":
                    self._answer(200, "<html>sign in to the proxy</html>")
                case "hang":
                    it.ending.wait(it.hang_s)
                    self._leave()
                case "deaf":
                    it.accept(content)
                    self._leave()

        def _answer(self, status: int, content: Any) -> None:
            body = (content if isinstance(content, str) else json.dumps(content)).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def _leave(self) -> None:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)

        def log_message(self, *_said: Any) -> None:
            pass

    return Handler
