"""A line between browser and server that can be cut: a TCP relay which counts what goes up."""

import socket
import threading
from contextlib import suppress


class CutLine:
    """`up`: bytes that the browser has sent. From `cut_after` of them on the line is dead, until `mend`."""

    def __init__(self, port: int) -> None:
        self.up, self.cut_after = 0, -1
        self._to, self._lines, self._lock = port, set[socket.socket](), threading.Lock()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def is_cut(self) -> bool:
        return 0 <= self.cut_after <= self.up

    def mend(self) -> None:
        self.up, self.cut_after = 0, -1

    def close(self) -> None:
        self._door.close()
        self._end_all()

    def _serve(self) -> None:
        while True:
            try:
                browser, _peer = self._door.accept()
            except OSError:
                return
            if self.is_cut:
                browser.close()
                continue
            server = socket.create_connection(("127.0.0.1", self._to))
            self._lines |= {browser, server}
            threading.Thread(target=self._relay, args=(browser, server, True), daemon=True).start()
            threading.Thread(target=self._relay, args=(server, browser, False), daemon=True).start()

    def _relay(self, source: socket.socket, target: socket.socket, upwards: bool) -> None:
        with suppress(OSError):
            while content := source.recv(65536):
                if upwards:
                    with self._lock:
                        self.up += len(content)
                if self.is_cut:
                    self._end_all()
                    return
                target.sendall(content)
        for line in (source, target):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def _end_all(self) -> None:
        for line in list(self._lines):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()
        self._lines.clear()
