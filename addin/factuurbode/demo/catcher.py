"""A mail server that keeps everything and sends nothing on: the far end of the demonstration."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from aiosmtpd.smtp import SMTP

HOST = "127.0.0.1"


class MailCatcher:
    """Listens on a free port of this computer for the time of a `with` block; a message becomes an .eml in *folder*."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = 0
        self._keeper = _Keeper(folder)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="mail catcher", daemon=True)

    def __enter__(self) -> Self:
        """Start to listen; `port` is known from here on."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._thread.start()
        self.port = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End every connection and stop."""
        asyncio.run_coroutine_threadsafe(self._quiet(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def messages(self) -> tuple[Path, ...]:
        """The files of the messages caught so far, in the order in which they came."""
        return self._keeper.kept()

    async def _listen(self) -> int:
        self._server = await self._loop.create_server(self._connection, HOST, 0)
        return int(self._server.sockets[0].getsockname()[1])

    def _connection(self) -> SMTP:
        return SMTP(self._keeper, hostname="localhost", enable_SMTPUTF8=True, loop=self._loop)

    async def _quiet(self) -> None:
        self._server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)


class _Keeper:
    """aiosmtpd's handler; it runs in the server's thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept: list[Path] = []
        self._lock = threading.Lock()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: ARG002, N802 - aiosmtpd's
        """Keep the message before saying that it is kept."""
        with self._lock:
            path = self._folder / f"{len(self._kept) + 1:04}.eml"
            path.write_bytes(envelope.content)
            self._kept.append(path)
        return "250 2.0.0 Ok: caught"

    def kept(self) -> tuple[Path, ...]:
        """The files so far."""
        with self._lock:
            return tuple(self._kept)
