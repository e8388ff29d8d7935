"""Servers of somebody else's, run by the tests: they take in, refuse, fail and come back."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from aiosmtpd.controller import Controller


@dataclass
class MailBox:
    """An SMTP server that keeps what it takes; `answer` refuses a receiver, `answer_data` a letter.

    `options` are the controller's, TLS for example. It hangs up instead of answering the commands in `hangs_up`, each
    as often as it is there; `callers` are the connections that letters came by, `secret` whether these were under TLS.
    """

    port: int
    letters: list[EmailMessage] = field(default_factory=list)
    answer: str = ""
    answer_data: str = ""
    host: str = "127.0.0.1"
    options: dict[str, Any] = field(default_factory=dict)
    hangs_up: list[str] = field(default_factory=list)
    callers: list[Any] = field(default_factory=list)
    secret: list[bool] = field(default_factory=list)

    async def handle_RSET(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self._may_hang_up("RSET", server)
        return "250 OK"

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, sender: str, options: Any) -> str:  # noqa: N802
        if "421" in self.hangs_up and session.peer in self.callers:
            return "421 enough for one connection"
        envelope.mail_from = sender
        return "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, to: str, options: Any) -> str:  # noqa: N802
        if self.answer:
            return self.answer
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.answer_data:
            return self.answer_data
        self._may_hang_up("DATA", server)
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        self.callers.append(session.peer)
        self.secret.append(server.transport.get_extra_info("sslcontext") is not None)
        self._may_hang_up("after DATA", server)
        return "250 OK"

    def _may_hang_up(self, at: str, server: Any) -> None:
        if at in self.hangs_up:
            self.hangs_up.remove(at)
            server.transport.abort()
            raise ConnectionResetError

    @property
    def url(self) -> str:
        scheme = "smtps" if "ssl_context" in self.options else "smtp"
        return f"{scheme}://{self.host}:{self.port}/?from=kecamatan@mumbulsari.example"

    @contextmanager
    def open(self) -> Iterator[None]:
        controller = Controller(self, hostname=self.host, port=self.port, **self.options)
        controller.start()
        try:
            yield
        finally:
            controller.stop()


@dataclass
class WebBox:
    """An HTTP server that keeps what is posted to it; `status` is what it answers."""

    port: int = 0
    status: int = 201
    location: str = ""
    delay_s: float = 0.0  # before it answers
    posts: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @contextmanager
    def open(self) -> Iterator[None]:
        box = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                time.sleep(box.delay_s)
                box.posts.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
                self.send_response(box.status)
                if box.location:
                    self.send_header("Location", box.location)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.port = server.server_port
        thread = Thread(target=server.serve_forever, args=[0.05], daemon=True)
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


def mail_box() -> MailBox:
    """A server for e-mail, not yet open."""
    return MailBox(free_port())


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
