"""The connections to the mail server: one, or several at once where the provider allows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from queue import Empty, LifoQueue

from ..journal import Dispatch
from ..ports import Envelope, HandingOver, Mailer, Receipt


class Carriers:
    """Takes messages to the server over at most *connections* lines; close them when the run ends.

    With one line a message is sent before `take` returns; with more it is under way until `back` gives it.
    """

    def __init__(self, connections: int, open_mailer: Callable[[], Mailer]) -> None:
        self._open_mailer = open_mailer
        self._free: LifoQueue[Mailer] = LifoQueue()
        self._threads = ThreadPoolExecutor(connections, "mail") if connections > 1 else None
        self._under_way: dict[Future[Receipt], Dispatch] = {}
        self._most = connections

    def take(self, dispatch: Dispatch, envelope: Envelope, handing_over: HandingOver) -> None:
        """Send *envelope*; `back` tells what came of it. Only while `has_room`."""
        if self._threads is None:
            done: Future[Receipt] = Future()
            done.set_result(self._send(envelope, handing_over))
            self._under_way[done] = dispatch
        else:
            self._under_way[self._threads.submit(self._send, envelope, handing_over)] = dispatch

    @property
    def has_room(self) -> bool:
        """Whether a line is free."""
        return len(self._under_way) < self._most

    @property
    def busy(self) -> bool:
        """Whether something is under way, or came back and was not asked for yet."""
        return bool(self._under_way)

    def back(self, *, all_of_them: bool = False) -> Iterator[tuple[Dispatch, Receipt]]:
        """What has come back, and with *all_of_them* what is still to come; else waits only until there is room."""
        while self._under_way:
            must_wait = all_of_them or not self.has_room
            done, _ = wait(self._under_way, None if must_wait else 0, FIRST_COMPLETED)
            if not done:
                return
            for future in done:
                yield self._under_way.pop(future), future.result()

    def one_at_a_time(self) -> None:
        """From now on use a single line: the server found us too many."""
        self._most = 1

    def hang_up(self) -> None:
        """Take leave of the server on every free line; the next message opens a new one."""
        while True:
            try:
                self._free.get_nowait().close()
            except Empty:
                return

    def close(self) -> None:
        """Wait for what is under way, and hang up. What came back is still to be asked for."""
        if self._threads is not None:
            self._threads.shutdown()
        self.hang_up()

    def _send(self, envelope: Envelope, handing_over: HandingOver) -> Receipt:
        try:
            mailer = self._free.get_nowait()
        except Empty:
            mailer = self._open_mailer()
        try:
            return mailer.send(envelope, handing_over)
        finally:
            self._free.put(mailer)
