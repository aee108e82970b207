"""A name server on the loopback that knows what a test tells it."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.resolver
import dns.rrset


@dataclass(slots=True)
class NameServer:
    """One that runs: what it knows by name and kind, and what it was asked."""

    port: int = 0
    records: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    silent: bool = False

    def resolver(self) -> dns.resolver.Resolver:
        """A resolver that asks only this server."""
        resolver = dns.resolver.Resolver(configure=False)
        resolver.nameservers, resolver.port = ["127.0.0.1"], self.port
        return resolver


@contextmanager
def name_server() -> Iterator[NameServer]:
    """A name server at a free UDP port of the loopback."""
    state = NameServer()

    class Question(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            packet, line = self.request
            query = dns.message.from_wire(packet)
            name = query.question[0].name.to_text(omit_final_dot=True).lower()
            kind = dns.rdatatype.to_text(query.question[0].rdtype)
            state.asked.append(f"{kind} {name}")
            if state.silent:
                return
            reply = dns.message.make_response(query)
            reply.flags |= dns.flags.RA
            if found := state.records.get((name, kind)):
                reply.answer.append(dns.rrset.from_text(f"{name}.", 60, "IN", kind, *found))
            elif name not in {known for known, _ in state.records}:
                reply.set_rcode(dns.rcode.NXDOMAIN)
            line.sendto(reply.to_wire(), self.client_address)

    with socketserver.ThreadingUDPServer(("127.0.0.1", 0), Question) as server:
        server.daemon_threads = True
        state.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield state
        finally:
            server.shutdown()
            thread.join()
