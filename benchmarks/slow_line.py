"""A line to a server on the loopback on which every byte takes a while, each way, in a process of its own.

    python benchmarks/slow_line.py PORT MILLISECONDS

Says its port on standard output and works until its standard input ends.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def slow_line(port: int, milliseconds: float) -> Iterator[int]:
    """The port of a line to *port* on which a byte takes *milliseconds* each way."""
    command = [sys.executable, __file__, str(port), str(milliseconds)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as line:
        assert line.stdin
        assert line.stdout
        yield int(line.stdout.readline())
        line.stdin.close()


async def _carry(source: asyncio.StreamReader, target: asyncio.StreamWriter, seconds: float) -> None:
    """Everything from *source* to *target*, later: as many pieces as come may be on their way at once."""
    under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    async def arrive() -> None:
        while True:
            moment, data = await under_way.get()
            await asyncio.sleep(moment - loop.time())
            if not data:
                break
            target.write(data)
        with suppress(OSError):
            target.close()

    arriving = asyncio.create_task(arrive())
    with suppress(OSError):
        while data := await source.read(65536):
            under_way.put_nowait((loop.time() + seconds, data))
    under_way.put_nowait((loop.time() + seconds, b""))
    await arriving


async def serve(port: int, seconds: float) -> None:
    """Carry until standard input ends."""

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there_reader, there_writer = await asyncio.open_connection("127.0.0.1", port)
        with suppress(asyncio.CancelledError):  # the benchmark is over
            await asyncio.gather(_carry(reader, there_writer, seconds), _carry(there_reader, writer, seconds))

    async with await asyncio.start_server(connected, "127.0.0.1", 0) as server:
        print(server.sockets[0].getsockname()[1], flush=True)
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), float(sys.argv[2]) / 1000))
