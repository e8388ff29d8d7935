"""Plain e-mail by the server that SMTP_URL names."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from typing import Self
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import UUID

from core.outbox import Permanent, Temporary, Unreachable

TIMEOUT_S = 15.0
LOCAL = {"localhost", "127.0.0.1", "::1"}
PERMANENT = range(500, 600)
# The operator reads these beside the letters that wait.
UNTRUSTED = "sertifikat server email tidak dipercaya (SMTP_URL: ?ca=/berkas.pem)"
NO_TLS = "server email tidak menawarkan TLS, jadi kata sandi tidak dikirim"


@dataclass(frozen=True)
class File:
    """What a letter brings with it; `kind` is its media type."""

    name: str
    kind: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    """A letter; `id` is the same however often it is sent, so that a receiver recognises a repetition."""

    to: str
    subject: str
    text: str
    id: str
    sender: str = ""
    files: tuple[File, ...] = ()


@dataclass(frozen=True)
class Server:
    """Where letters are handed in, and whose they are. `ca`: a file with the certificates that are trusted, instead of
    those that the system trusts; "" for these.
    """

    host: str
    port: int
    is_tls: bool
    user: str
    password: str
    sender: str
    ca: str = ""

    @classmethod
    def parse(cls, url: str, base_url: str) -> Self | None:
        """From SMTP_URL, as in smtp://user:password@host:587?from=office@host&ca=/file.pem; None where there is none.

        Without `from`, letters come from the user if that is an address, else from sukma@ our own host.
        """
        if not url:
            return None
        parts = urlsplit(url)
        user, is_tls = unquote(parts.username or ""), parts.scheme == "smtps"
        ours = f"sukma@{urlsplit(base_url).hostname}"
        query = parse_qs(parts.query)
        sender = query.get("from", [user if "@" in user else ours])[0]
        port = parts.port or (465 if is_tls else 587 if user else 25)
        password, ca = unquote(parts.password or ""), query.get("ca", [""])[0]
        return cls(str(parts.hostname), port, is_tls, user, password, sender, ca)

    def security(self) -> ssl.SSLContext:
        """The server must prove who it is; but one on this very machine, between which and us nobody can stand, often
        has a certificate of its own making.
        """
        context = ssl.create_default_context(cafile=self.ca or None)
        if self.host in LOCAL and not self.ca:
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        return context


class Line:
    """A connection to the server: opened for the first letter, kept for those after it. For one thread."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *fault: object) -> None:
        self.close()

    def send(self, mail: Mail, *, now: datetime) -> None:
        """Hand the letter in. Raises Permanent when its receiver is refused, Unreachable when the server takes nothing
        from us, Temporary for what may pass.
        """
        with _told():
            was_open = self._is_alive()
            try:
                self._hand_in(mail, now)
            except smtplib.SMTPSenderRefused:
                # Nothing of it was handed in yet, and some servers take only so many letters on one connection.
                if not was_open:
                    raise
                self.close()
                self._hand_in(mail, now)

    def close(self) -> None:
        """Part from the server. A bad parting must not look as if the letter before it had not gone."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            with suppress(OSError, smtplib.SMTPException):
                smtp.quit()
            smtp.close()

    def _hand_in(self, mail: Mail, now: datetime) -> None:
        if self._smtp is None:
            self._smtp = _opened(self._server)
        self._smtp.send_message(_letter(self._server, mail, now), self._server.sender, [mail.to])

    def _is_alive(self) -> bool:
        """Whether a connection is open and still answers: asked before a letter, so that none is lost to a dead one."""
        if self._smtp is None:
            return False
        with suppress(OSError, smtplib.SMTPException):
            if self._smtp.rset()[0] == 250:
                return True
        self.close()
        return False


def message_id(message: UUID, base_url: str) -> str:
    """What a letter is known by, everywhere and however often it is sent."""
    return f"{message}@{urlsplit(base_url).hostname}"


@contextmanager
def _told() -> Iterator[None]:
    """What went wrong, in the outbox's words."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused as refusal:
        raise _fault(next(iter(refusal.recipients.values()))[0]) from refusal
    except smtplib.SMTPDataError as refusal:
        raise _fault(refusal.smtp_code) from refusal
    except (smtplib.SMTPNotSupportedError, UnicodeError, ValueError) as refusal:
        raise Permanent(type(refusal).__name__) from refusal
    except smtplib.SMTPResponseException as refusal:  # the server's quarrel is with us, not with this letter
        raise Unreachable(f"SMTP {refusal.smtp_code}") from refusal
    except (OSError, smtplib.SMTPException) as fault:
        raise Unreachable(type(fault).__name__) from fault


def _opened(server: Server) -> smtplib.SMTP:
    """A session in which letters can be handed in: secret from listeners wherever the server can, and always before
    a password is told. Raises Unreachable for what is to be mended in the settings.
    """
    try:
        secure = server.security()
        if server.is_tls:
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT_S, context=secure)
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_S)
        try:
            _introduced(smtp, server, secure)
        except BaseException:
            smtp.close()
            raise
    except ssl.SSLCertVerificationError as fault:
        raise Unreachable(UNTRUSTED) from fault
    except (smtplib.SMTPNotSupportedError, UnicodeError) as fault:  # of the sign-in
        raise Unreachable(type(fault).__name__) from fault
    return smtp


def _introduced(smtp: smtplib.SMTP, server: Server, secure: ssl.SSLContext) -> None:
    smtp.ehlo()
    if not server.is_tls and smtp.has_extn("starttls"):
        smtp.starttls(context=secure)
    elif not server.is_tls and server.user and server.host not in LOCAL:
        raise Unreachable(NO_TLS)
    if server.user:
        smtp.login(server.user, server.password)


def _letter(server: Server, mail: Mail, now: datetime) -> EmailMessage:
    letter = EmailMessage(policy=SMTP)
    letter["From"] = formataddr((mail.sender, server.sender))
    letter["To"] = mail.to
    letter["Subject"] = mail.subject
    letter["Date"] = format_datetime(now)
    letter["Message-ID"] = f"<{mail.id}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(mail.text, charset="utf-8", cte="quoted-printable")
    for file in mail.files:
        main, _slash, sub = file.kind.partition("/")
        letter.add_attachment(file.content, maintype=main, subtype=sub, filename=file.name)
    return letter


def _fault(code: int) -> Exception:
    return (Permanent if code in PERMANENT else Temporary)(f"SMTP {code}")
