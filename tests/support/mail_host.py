"""A provider of our own: Postfix and Dovecot on the loopback, as a bakery's provider runs them. Needs root.

Nothing can leave this computer: every domain but the few that are delivered here is an error.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import stat
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import trustme

USER, PASSWORD = "bakker@bakkerij.test", "geheim-123"
OAUTH_USER = "oauth@bakkerij.test"
CUSTOMER, BOUNCES = "klant.test", "kapot.test"
SIZE_LIMIT = 5_000_000
_PATIENCE = 120.0
_ROLES = ("relay", "submission", "tls", "wrong_name", "slow", "imap", "imaps", "introspection", "broken")

_DOVECOT = """
base_dir = {folder}/dovecot/run
state_dir = {folder}/dovecot/run
log_path = {folder}/dovecot/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{folder}/good.pem
ssl_key = <{folder}/good.pem
auth_mechanisms = plain login xoauth2 oauthbearer
auth_failure_delay = 0
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
auth_username_format = %Lu
mail_location = maildir:{folder}/boxes/%u/
first_valid_uid = 1
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {folder}/dovecot/oauth2.conf
}}
passdb {{
  driver = passwd-file
  args = {folder}/dovecot/users
}}
userdb {{
  driver = static
  args = uid={owner} gid={owner} home={folder}/boxes/%u
}}
namespace inbox {{
  inbox = yes
  mailbox Verzonden {{
    auto = subscribe
    special_use = \\Sent
  }}
}}
service imap-login {{
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
  }}
}}
service auth {{
  unix_listener {folder}/queue/private/auth {{
    mode = 0660
    user = postfix
    group = postfix
  }}
}}
"""
_OAUTH = """
introspection_mode = post
introspection_url = http://127.0.0.1:{introspection}/introspect
username_attribute = email
active_attribute = active
active_value = true
force_introspection = yes
client_id = bakkerij-test
client_secret = x
"""
_MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
mail_owner = postfix
setgid_group = postdrop
maillog_file = {folder}/mail.log
maillog_file_prefixes = {folder}
inet_interfaces = loopback-only
inet_protocols = ipv4
myhostname = smtp.bakkerij.test
mydestination =
local_recipient_maps =
mynetworks = 127.0.0.0/8
alias_maps =
alias_database =
biff = no
virtual_mailbox_domains = bakkerij.test, klant.test, bäckerei.test, xn--bckerei-5wa.test
virtual_mailbox_base = {folder}/boxes
virtual_mailbox_maps = regexp:{folder}/postfix/boxes
virtual_uid_maps = static:{owner}
virtual_gid_maps = static:{owner}
virtual_minimum_uid = 1
relay_domains = kapot.test
transport_maps = inline:{{ {{kapot.test=smtp:[127.0.0.1]:{broken}}} }}
default_transport = error:5.4.4 a computer for tests: no mail to the outside
relay_transport = error:5.4.4 a computer for tests: no mail to the outside
smtp_bind_address = 127.0.0.1
message_size_limit = {size_limit}
smtputf8_enable = yes
smtpd_tls_security_level = may
smtpd_tls_chain_files = {folder}/good.pem
smtpd_tls_auth_only = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = private/auth
smtpd_sasl_auth_enable = no
smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination
smtpd_recipient_restrictions = check_recipient_access regexp:{folder}/postfix/recipients
smtpd_sender_login_maps = regexp:{folder}/postfix/owners
smtpd_error_sleep_time = 0
smtpd_client_connection_count_limit = 0
smtpd_client_connection_rate_limit = 0
"""
_RECIPIENTS = """
/^tijdelijk@/  450 4.2.0 Greylisted, try again later
/^vol@/        452 4.2.2 Mailbox full
/^onbekend@/   550 5.1.1 User unknown
/^spam@/       554 5.7.1 Message rejected as spam
/^dicht@/      421 4.3.2 Too many connections, closing
"""
_BOXES = r"""
/@klant\.test$/  klant/
/@(b.+ckerei|xn--bckerei-5wa)\.test$/  idn/
/^bakker@bakkerij\.test$/  bakker@bakkerij.test/
/^oauth@bakkerij\.test$/  oauth@bakkerij.test/
"""
_MASTER = """
127.0.0.1:{relay} inet n - n - - smtpd
127.0.0.1:{submission} inet n - n - - smtpd
  -o smtpd_tls_security_level=encrypt
  -o smtpd_sasl_auth_enable=yes
  -o smtpd_client_restrictions=permit_sasl_authenticated,reject
  -o smtpd_sender_restrictions=reject_sender_login_mismatch
127.0.0.1:{tls} inet n - n - - smtpd
  -o smtpd_tls_wrappermode=yes
  -o smtpd_sasl_auth_enable=yes
  -o smtpd_client_restrictions=permit_sasl_authenticated,reject
  -o smtpd_sender_restrictions=reject_sender_login_mismatch
127.0.0.1:{wrong_name} inet n - n - - smtpd
  -o smtpd_tls_chain_files={folder}/wrong.pem
  -o smtpd_tls_security_level=encrypt
  -o smtpd_sasl_auth_enable=yes
127.0.0.1:{slow} inet n - n - - smtpd
  -o smtpd_client_message_rate_limit=3
  -o smtpd_client_event_limit_exceptions=
  -o mynetworks=192.0.2.0/24
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


@dataclass(frozen=True, slots=True)
class MailHost:
    """A provider that runs. `ports` are by role; `ca_file` is of the authority that signed its certificate.

    Ports: relay (plain, no sign-in), submission (STARTTLS and sign-in), tls (from the first byte), wrong_name (a
    certificate for somebody else), slow (three messages a minute, and nothing for the outside), imap and imaps. A
    sign-in with a token is judged by whoever answers at the port introspection (RFC 7662).
    """

    folder: Path
    ports: dict[str, int]
    host: str = "localhost"

    @property
    def ca_file(self) -> Path:
        """The certificate of the provider's own authority."""
        return self.folder / "ca.pem"

    def received(self, box: str = "klant", *, at_least: int = 1) -> list[bytes]:
        """The messages in a mailbox (klant is everybody at klant.test), at least *at_least*, when all are delivered."""
        self.deliver()
        found = self._in_box(box)
        assert len(found) >= at_least, f"{len(found)} of {at_least} in {box}: {self.log()[-2000:]}"
        return found

    def deliver(self) -> None:
        """Return when all that was taken is delivered, or sent back: Postfix takes it out of its queue after that."""
        waiting = [self.folder / "queue" / name for name in ("maildrop", "incoming", "active")]
        _wait_until(lambda: not any(file.is_file() for queue in waiting for file in queue.rglob("*")), self.log)

    def log(self) -> str:
        """What Postfix wrote down so far; it writes after it has answered."""
        path = self.folder / "mail.log"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def log_with(self, words: str, times: int) -> str:
        """What Postfix wrote down, once *words* stand in it *times* times."""
        _wait_until(lambda: self.log().count(words) >= times, self.log)
        return self.log()

    def forget(self) -> None:
        """Empty every mailbox, when all is delivered."""
        self.deliver()
        for path in self.folder.glob("boxes/**/*"):
            if path.is_file() and path.parent.name in ("new", "cur"):
                path.unlink()

    def _in_box(self, box: str) -> list[bytes]:
        places = (self.folder / "boxes" / box / place for place in ("new", "cur"))
        return [path.read_bytes() for place in places if place.is_dir() for path in sorted(place.iterdir())]


def can_run() -> bool:
    """Whether this computer can run one: Postfix and Dovecot are there, and we are root.

    Postfix works as other users, who must be able to come to its files; in a root folder that was made as a private
    temporary one they cannot.
    """
    programs = "/usr/sbin/postfix", "/usr/lib/dovecot/imap"
    open_to_all = Path("/").stat().st_mode & stat.S_IXOTH
    return os.geteuid() == 0 and bool(open_to_all) and all(Path(program).exists() for program in programs)


@contextmanager
def mail_host(folder: Path) -> Iterator[MailHost]:
    """A provider that runs until the block ends. *folder* has a short path that everyone may pass through."""
    host = MailHost(folder, dict(zip(_ROLES, _free_ports(len(_ROLES)), strict=True)))
    _certify(folder)
    _configure(host)
    postfix = ["/usr/sbin/postfix", "-c", str(folder / "postfix")]
    dovecot: subprocess.Popen[bytes] | None = None
    try:
        subprocess.run([*postfix, "start"], check=True, stdin=subprocess.DEVNULL, capture_output=True)
        dovecot = subprocess.Popen(  # after Postfix, in whose queue it has a door
            ["/usr/sbin/dovecot", "-F", "-c", str(folder / "dovecot.conf")],
            stdin=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for role in ("relay", "submission", "tls", "imap", "imaps"):
            await_listener(host.ports[role])
        _wait_until((folder / "queue" / "private" / "auth").exists, host.log)
        yield host
    finally:
        subprocess.run([*postfix, "stop"], check=False, stdin=subprocess.DEVNULL, capture_output=True)
        if dovecot is not None:
            dovecot.terminate()
            dovecot.wait(timeout=_PATIENCE)
        shutil.rmtree(folder, ignore_errors=True)


def _configure(host: MailHost) -> None:
    folder = host.folder
    for name in ("postfix", "queue", "data", "boxes", "dovecot/run"):
        (folder / name).mkdir(parents=True)
    folder.chmod(0o755)
    nobody, postfix = pwd.getpwnam("nobody"), pwd.getpwnam("postfix")
    os.chown(folder / "data", postfix.pw_uid, postfix.pw_gid)
    os.chown(folder / "boxes", nobody.pw_uid, -1)
    facts = {**host.ports, "folder": folder, "owner": nobody.pw_uid, "size_limit": SIZE_LIMIT}
    written = {
        "dovecot.conf": _DOVECOT.format(**facts),
        "dovecot/oauth2.conf": _OAUTH.format(**facts),
        "dovecot/users": f"{USER}:{{PLAIN}}{PASSWORD}::::::\n{OAUTH_USER}:{{PLAIN}}nooit-gebruikt::::::\n",
        "postfix/main.cf": _MAIN.format(**facts),
        "postfix/master.cf": _MASTER.format(**facts),
        "postfix/recipients": _RECIPIENTS,
        "postfix/owners": "/^(.+@bakkerij\\.test)$/  $1\n",
        "postfix/boxes": _BOXES,
    }
    for name, text in written.items():
        (folder / name).write_text(text, encoding="utf-8")


def _certify(folder: Path) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    for name, hosts in (("good", ("localhost", "127.0.0.1")), ("wrong", ("elders.example",))):
        path = folder / f"{name}.pem"
        path.write_bytes(authority.issue_cert(*hosts).private_key_and_cert_chain_pem.bytes())
        path.chmod(0o600)


def _free_ports(count: int) -> list[int]:
    """Ports that nobody uses; they are all held until the last one is known."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


def await_listener(port: int) -> None:
    """Return when a server listens at *port* of the loopback; none of them tells anybody."""

    def listens() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    _wait_until(listens, lambda: f"nobody listens at {port}")


def _wait_until(happened: Callable[[], bool], otherwise: Callable[[], str]) -> None:
    until = time.monotonic() + _PATIENCE
    while not happened():
        assert time.monotonic() < until, otherwise()[-2000:]
        time.sleep(0.02)
