"""A private CUPS on a free port of the loopback, with a printer that fails on request. Needs no root, and bears it.

The queue has no driver: a document reaches the backend as it was sent, so that a test can compare it.
"""

from __future__ import annotations

import errno
import grp
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_PROGRAM = "/usr/sbin/cupsd"
_PATIENCE = 120.0
# The backend waits for a change by opening a pipe, which the test opens from the other side: no polling.
_BACKEND = r"""#!/bin/sh
[ $# = 0 ] && { echo 'direct shop "Bakkerij" "Printer of the tests"'; exit 0; }
fault=$(cat '@FOLDER@/fault')
wait_for_person() {
    echo "STATE: +$1" >&2
    echo "ERROR: $2" >&2
    read -r _ < '@FOLDER@/person'
    echo "STATE: -$1" >&2
}
case $fault in
    paper) wait_for_person media-empty-error 'Het papier is op';;
    offline) wait_for_person offline-report 'De printer reageert niet';;
    fail) echo 'ERROR: De fuser is te heet' >&2; exit 1;;
    stop) echo 'ERROR: De printer is gestopt' >&2; exit 4;;
    cancel) exit 5;;
    hold) exit 3;;
esac
temporary='@FOLDER@/paper'/.$1
if [ -n "$6" ]; then cat "$6" > "$temporary"; else cat > "$temporary"; fi
printf '%s\n' "$2" "$3" "$4" "$5" > '@FOLDER@/jobs'/"$1"
mv "$temporary" '@FOLDER@/paper'/"$1"
"""
_FILES = """
ServerRoot {folder}/etc
ServerBin {folder}/lib
DataDir /usr/share/cups
RequestRoot {folder}/spool
TempDir {folder}/spool/tmp
CacheDir {folder}/cache
StateDir {folder}/state
ErrorLog {folder}/log/error_log
AccessLog {folder}/log/access_log
PageLog {folder}/log/page_log
Printcap {folder}/printcap
Sandboxing relaxed
{user}
"""
_SERVER = """
Listen 127.0.0.1:{port}
Browsing No
DefaultAuthType None
WebInterface No
LogLevel debug
PreserveJobHistory Yes
PreserveJobFiles No
ErrorPolicy {policy}
JobRetryInterval 1
JobRetryLimit 2
<Location />
  Order allow,deny
  Allow localhost
</Location>
<Location /admin>
  Order allow,deny
  Allow localhost
</Location>
<Policy default>
  JobPrivateAccess default
  JobPrivateValues default
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""


@dataclass(frozen=True, slots=True)
class PrintServer:
    """A CUPS that runs, with the queue `printer`; `server` is its address for `CUPS_SERVER`."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes]
    printer: str = "Winkel"

    @property
    def server(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self.port}"

    def papers(self) -> list[bytes]:
        """Everything that came out of the printer, in order."""
        return [path.read_bytes() for path in self._numbered("paper")]

    def options(self) -> list[tuple[str, str, str, str]]:
        """User, title, copies and options of each printed job, as the backend got them."""
        return [
            (lines[0], lines[1], lines[2], lines[3])
            for lines in (path.read_text(encoding="utf-8").split("\n") for path in self._numbered("jobs"))
        ]

    def fault(self, kind: str) -> None:
        """From the next job on: `paper`, `offline` (until `mend`), `fail`, `stop`, `hold`, `cancel`, or `` for none."""
        (self.folder / "fault").write_text(kind, encoding="ascii")

    def mend(self) -> None:
        """Put paper in, or switch the printer on, for the job that waits for it (or will in a moment)."""
        until = time.monotonic() + _PATIENCE
        while (pipe := _writable(self.folder / "person")) is None:
            if time.monotonic() > until:
                raise RuntimeError("no job waits for a person")
            time.sleep(0.01)
        self.fault("")
        os.write(pipe, b"done\n")
        os.close(pipe)

    def run(self, *command: str) -> str:
        """The output of a CUPS command against this server."""
        environment = {**os.environ, "CUPS_SERVER": self.server, "LC_ALL": "C.UTF-8"}
        return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout

    def add_queue(self, name: str) -> None:
        """Another queue to the same printer."""
        self.run("lpadmin", "-p", name, "-E", "-v", "shop:/counter")

    def stop(self) -> None:
        """End the scheduler."""
        self.process.terminate()
        self.process.wait(20)

    def _numbered(self, folder: str) -> list[Path]:
        return sorted(
            (path for path in (self.folder / folder).iterdir() if path.name.isdigit()), key=lambda path: int(path.name)
        )


@contextmanager
def print_server(*, policy: str = "stop-printer") -> Iterator[PrintServer]:
    """A CUPS for the time of the block. *policy* is what the scheduler does when its printer fails.

    Its folder is a short one of its own: the scheduler, when root, runs as other users who cannot enter pytest's.
    """
    folder = Path(tempfile.mkdtemp(prefix="cups-"))
    try:
        port = _prepare(folder, policy)
        server = PrintServer(folder, port, _start(folder))
        try:
            _await_scheduler(server)
            server.add_queue(server.printer)
            server.run("lpadmin", "-d", server.printer)
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


def _prepare(folder: Path, policy: str) -> int:
    """The files of a server, and the port it will listen on."""
    for part in ("etc/ppd", "lib/backend", "spool/tmp", "cache", "state/certs", "log", "paper", "jobs"):
        (folder / part).mkdir(parents=True)
    folder.chmod(0o755)
    (folder / "fault").write_text("", encoding="ascii")
    os.mkfifo(folder / "person")
    for part in ("filter", "daemon", "driver", "monitor", "notifier", "cgi-bin"):
        if (existing := Path("/usr/lib/cups") / part).is_dir():
            (folder / "lib" / part).symlink_to(existing)
    backend = folder / "lib/backend/shop"
    backend.write_text(_BACKEND.replace("@FOLDER@", str(folder)), encoding="ascii")
    root = os.getuid() == 0
    backend.chmod(0o700 if root else 0o755)  # one that only root may start runs as root, and may write here
    user = "SystemGroup root" if root else f"User {_user()}\nGroup {_group()}\nSystemGroup {_group()}"
    if root:
        printing = pwd.getpwnam("lp")
        for part in ("spool", "spool/tmp", "cache", "state", "state/certs"):
            os.chown(folder / part, 0, printing.pw_gid)
            (folder / part).chmod(0o770)
    port = _free_port()
    (folder / "etc/cups-files.conf").write_text(_FILES.format(folder=folder, user=user), encoding="ascii")
    (folder / "etc/cupsd.conf").write_text(_SERVER.format(port=port, policy=policy), encoding="ascii")
    return port


def _writable(pipe: Path) -> int | None:
    """The descriptor of *pipe*, or None as long as nobody reads from it."""
    try:
        return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
    except OSError as error:
        if error.errno != errno.ENXIO:
            raise
        return None


def _user() -> str:
    return pwd.getpwuid(os.getuid()).pw_name


def _group() -> str:
    return grp.getgrgid(os.getgid()).gr_name


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _start(folder: Path) -> subprocess.Popen[bytes]:
    with (folder / "log/output").open("wb") as output:
        return subprocess.Popen(
            [_PROGRAM, "-f", "-c", str(folder / "etc/cupsd.conf"), "-s", str(folder / "etc/cups-files.conf")],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )


def _await_scheduler(server: PrintServer) -> None:
    """Return when the scheduler takes connections; it offers no event for that."""
    until = time.monotonic() + _PATIENCE
    while server.process.poll() is None and time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", server.port)) == 0:
                return
        time.sleep(0.02)
    logs = "\n".join(path.read_text(errors="replace")[-2000:] for path in (server.folder / "log").iterdir())
    raise RuntimeError(f"the print server did not start: {logs}")
