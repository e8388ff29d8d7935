"""Letters go under TLS, to a server that has proved who it is."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult

from core.mail import Line, Mail, Server
from core.outbox import Unreachable
from tests import make
from tests.certificates import self_signed
from tests.receivers import MailBox, free_port

HERE, ELSEWHERE = "127.0.0.1", "127.0.0.2"  # the second is this machine too, but not by a name that says so
LETTER = Mail("warga@contoh.example", "Kabar", "Isi surat", "1@localhost")
WAYS = ["tls_context", "ssl_context"]  # STARTTLS, and TLS from the start


def box(tmp_path: Path, host: str, way: str = "", **options: Any) -> MailBox:
    if way:
        options[way] = self_signed(tmp_path, host).server()
    return MailBox(free_port(), host=host, options=options)


def send(to: MailBox, **changes: Any) -> None:
    server = Server.parse(to.url, "http://localhost")
    assert server
    with to.open(), Line(replace(server, **changes)) as line:
        line.send(LETTER, now=make.START)


@pytest.mark.parametrize("way", WAYS)
def test_a_certificate_that_nobody_trusts_is_refused(tmp_path: Path, way: str) -> None:
    found = box(tmp_path, ELSEWHERE, way)
    with pytest.raises(Unreachable, match="sertifikat server email tidak dipercaya"):
        send(found)
    assert found.letters == []


@pytest.mark.parametrize("way", WAYS)
def test_one_that_the_office_trusts_is_taken(tmp_path: Path, way: str) -> None:
    found = box(tmp_path, ELSEWHERE, way)
    send(found, ca=str(tmp_path / f"{ELSEWHERE}.pem"))
    assert found.secret == [True]


@pytest.mark.parametrize("way", WAYS)
def test_on_this_machine_any_certificate_will_do(tmp_path: Path, way: str) -> None:
    found = box(tmp_path, HERE, way)
    send(found)
    assert found.secret == [True]


@pytest.mark.parametrize("host", [HERE, ELSEWHERE])
def test_a_certificate_that_is_named_must_be_the_one(tmp_path: Path, host: str) -> None:
    another = tmp_path / "lain"
    another.mkdir()
    found = box(tmp_path, host, "tls_context")
    with pytest.raises(Unreachable, match="tidak dipercaya"):
        send(found, ca=str(self_signed(another, host).path))


def test_a_trusted_certificate_for_another_server_is_refused(tmp_path: Path) -> None:
    wrong = self_signed(tmp_path, "127.0.0.3")
    found = box(tmp_path, ELSEWHERE, tls_context=wrong.server())
    with pytest.raises(Unreachable, match="tidak dipercaya"):
        send(found, ca=str(wrong.path))


def test_a_password_is_told_under_tls_alone(tmp_path: Path) -> None:
    asked: list[bytes] = []

    def check(server: Any, session: Any, envelope: Any, mechanism: str, told: Any) -> AuthResult:
        asked.append(told.password)
        return AuthResult(success=True)

    known = {"user": "sukma", "password": "rahasia"}
    with pytest.raises(Unreachable, match="tidak menawarkan TLS"):
        send(box(tmp_path, ELSEWHERE, authenticator=check, auth_require_tls=False), **known)
    assert asked == []
    found = box(tmp_path, ELSEWHERE, "tls_context", authenticator=check)
    send(found, ca=str(tmp_path / f"{ELSEWHERE}.pem"), **known)
    assert (asked, found.secret) == ([b"rahasia"], [True])


def test_a_server_that_cannot_sign_us_in_gets_nothing_and_the_letter_waits(tmp_path: Path) -> None:
    found = box(tmp_path, HERE)
    with pytest.raises(Unreachable):
        send(found, user="sukma", password="rahasia")
    assert found.letters == []
