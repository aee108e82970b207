"""A real keyring of the desktop: GNOME Keyring on a message bus of its own, with a home of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

_PATIENCE = 120.0
PROGRAMS = ("dbus-daemon", "gnome-keyring-daemon")


def can_run() -> bool:
    """Whether this computer has the programs."""
    return all(shutil.which(program) for program in PROGRAMS)


@contextmanager
def secret_service(folder: Path, *, unlocked: bool = True) -> Iterator[Mapping[str, str]]:
    """The environment in which programs find the keyring, which has an empty password and is open when *unlocked*."""
    runtime, home = folder / "run", folder / "home"
    for place in (runtime, home):
        place.mkdir(parents=True, mode=0o700)
    environment = {
        "XDG_RUNTIME_DIR": str(runtime),
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "share"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_CONFIG_HOME": str(home / "config"),
    }
    whole = {**os.environ, **environment}
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=whole,
        text=True,
    )
    try:
        assert bus.stdout
        environment["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
        whole.update(environment)
        order = ["gnome-keyring-daemon", "--foreground", "--components=secrets", *(["--unlock"] if unlocked else [])]
        daemon = subprocess.Popen(
            order, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=whole
        )
        assert daemon.stdin
        daemon.stdin.write(b"\n")  # its password, which is empty
        daemon.stdin.close()
        try:
            _wait_for_name(environment["DBUS_SESSION_BUS_ADDRESS"])
            yield environment
        finally:
            daemon.terminate()
            daemon.wait(_PATIENCE)
    finally:
        bus.terminate()
        bus.wait(_PATIENCE)
        if bus.stdout:
            bus.stdout.close()


def _wait_for_name(address: str) -> None:
    """Until somebody on the bus is the Secret Service."""
    from jeepney import DBusAddress, new_method_call  # type: ignore[import-untyped]
    from jeepney.io.blocking import open_dbus_connection  # type: ignore[import-untyped]

    dbus = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
    until = time.monotonic() + _PATIENCE
    with open_dbus_connection(bus=address) as connection:
        while time.monotonic() < until:
            asked = new_method_call(dbus, "NameHasOwner", "s", ("org.freedesktop.secrets",))
            if connection.send_and_get_reply(asked).body[0]:
                return
            time.sleep(0.05)
    raise TimeoutError("no Secret Service")
