"""People who look at screens: each fetches a page again as the client does after an entry, until the time is over.

python -m bench.screens PORT PATH SECONDS, session keys as JSON on standard input. Prints JSON: how many pages came,
their p50 and p99 in milliseconds, and how many were turned away (503).
"""

import asyncio
import json
import random
import sys
import time

from .load import whole

PAUSE = 1.25  # seconds between two fetches of a page, and three times the last answer's time when that is longer
TIMES = 3.0


async def _look(port: int, path: str, key: str, end: float, spans: list[float], turned_away: list[str]) -> None:
    await asyncio.sleep(random.uniform(0, PAUSE))
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: sessionid={key}\r\n\r\n".encode()
    while (began := time.perf_counter()) < end:
        writer.write(request)
        got = b""
        while not whole(got):
            part = await reader.read(65536)
            if not part:
                raise ConnectionError("the server went away")
            got += part
        took = time.perf_counter() - began
        if got.startswith(b"HTTP/1.1 503"):
            turned_away.append(key)
        elif got.startswith(b"HTTP/1.1 200"):
            spans.append(took)
        else:
            raise ValueError(got[:80])
        await asyncio.sleep(max(PAUSE * random.uniform(0.75, 1.25), TIMES * took))
    writer.close()


async def _main(port: int, path: str, seconds: float, keys: list[str]) -> None:
    spans: list[float] = []
    turned_away: list[str] = []
    end = time.perf_counter() + seconds
    await asyncio.gather(*(_look(port, path, key, end, spans, turned_away) for key in keys))
    spans.sort()
    print(
        json.dumps(
            {
                "pages": len(spans),
                "p50_ms": round(spans[len(spans) // 2] * 1000, 1),
                "p99_ms": round(spans[int(len(spans) * 0.99)] * 1000, 1),
                "turned_away": len(turned_away),
            }
        )
    )


if __name__ == "__main__":
    asyncio.run(_main(int(sys.argv[1]), sys.argv[2], float(sys.argv[3]), json.load(sys.stdin)))
