"""Plain e-mail by the server that SMTP_URL names."""

import smtplib
import ssl
from contextlib import suppress
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


@dataclass(frozen=True)
class Mail:
    """A letter; `id` is the same however often it is sent, so that a receiver recognises a repetition."""

    to: str
    subject: str
    text: str
    id: str
    sender: str = ""


@dataclass(frozen=True)
class Server:
    """Where letters are handed in, and whose they are."""

    host: str
    port: int
    is_tls: bool
    user: str
    password: str
    sender: str

    @classmethod
    def parse(cls, url: str, base_url: str) -> Self | None:
        """From SMTP_URL, as in smtp://user:password@host:587?from=office@host; None where there is none.

        Without `from`, letters come from the user if that is an address, else from sukma@ our own host.
        """
        if not url:
            return None
        parts = urlsplit(url)
        user, is_tls = unquote(parts.username or ""), parts.scheme == "smtps"
        ours = f"sukma@{urlsplit(base_url).hostname}"
        sender = parse_qs(parts.query).get("from", [user if "@" in user else ours])[0]
        port = parts.port or (465 if is_tls else 587 if user else 25)
        return cls(str(parts.hostname), port, is_tls, user, unquote(parts.password or ""), sender)


def send(server: Server, mail: Mail, *, now: datetime) -> None:
    """Hand the letter in. Raises Permanent when its receiver is refused, Unreachable when the server takes nothing
    from us, Temporary for what may pass.
    """
    try:
        smtp = _opened(server)
        try:
            smtp.send_message(_letter(server, mail, now), server.sender, [mail.to])
        finally:
            with suppress(OSError, smtplib.SMTPException):  # a bad parting must not look as if the letter had not gone
                smtp.quit()
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


def message_id(message: UUID, base_url: str) -> str:
    """What a letter is known by, everywhere and however often it is sent."""
    return f"{message}@{urlsplit(base_url).hostname}"


def _opened(server: Server) -> smtplib.SMTP:
    """A session in which a letter can be handed in: secret from listeners wherever the server can, and always before
    a password is told.
    """
    secure = ssl.create_default_context()
    if server.is_tls:
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT_S, context=secure)
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_S)
    try:
        smtp.ehlo()
        if not server.is_tls and smtp.has_extn("starttls"):
            smtp.starttls(context=secure)
        elif not server.is_tls and server.user and server.host not in LOCAL:
            raise smtplib.SMTPException("no TLS, so no password")
        if server.user:
            smtp.login(server.user, server.password)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _letter(server: Server, mail: Mail, now: datetime) -> EmailMessage:
    letter = EmailMessage(policy=SMTP)
    letter["From"] = formataddr((mail.sender, server.sender))
    letter["To"] = mail.to
    letter["Subject"] = mail.subject
    letter["Date"] = format_datetime(now)
    letter["Message-ID"] = f"<{mail.id}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(mail.text, charset="utf-8", cte="quoted-printable")
    return letter


def _fault(code: int) -> Exception:
    return (Permanent if code in PERMANENT else Temporary)(f"SMTP {code}")
