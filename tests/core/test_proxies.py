"""Whose word on who asks is taken, and which names are answered to."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask, request

from core import config
from core.errors import Refused
from wsgi import create_app

TOLD = {"X-Forwarded-For": "198.51.100.9, 203.0.113.7", "X-Forwarded-Proto": "https", "X-Request-ID": "from-the-proxy"}


def house(folder: Path, **environ: str) -> Flask:
    app = create_app({"DATA_DIR": str(folder), **environ}, TESTING=True)
    app.add_url_rule("/siapa", view_func=lambda: f"{request.remote_addr} {request.is_secure}")
    return app


def asked(app: Flask, peer: str, **more: Any) -> Any:
    return app.test_client().get("/siapa", headers=TOLD, environ_base={"REMOTE_ADDR": peer}, **more)


@pytest.mark.parametrize("peer", ["10.1.2.3", "127.0.0.1", "::ffff:127.0.0.1"])
def test_a_known_proxy_says_who_asks(tmp_path: Path, peer: str) -> None:
    answer = asked(house(tmp_path, TRUSTED_PROXIES="127.0.0.1,10.0.0.0/8"), peer)
    assert answer.text == "203.0.113.7 True"
    assert answer.headers["X-Request-ID"] == "from-the-proxy"
    assert "max-age" in answer.headers["Strict-Transport-Security"]


@pytest.mark.parametrize("peer", ["192.0.2.1", "11.1.2.3", "odd"])
def test_nobody_else_does(tmp_path: Path, peer: str) -> None:
    answer = asked(house(tmp_path, TRUSTED_PROXIES="127.0.0.1,10.0.0.0/8"), peer)
    assert answer.text == f"{peer} False"
    assert answer.headers["X-Request-ID"] != "from-the-proxy"
    assert asked(house(tmp_path), peer).text == f"{peer} False"


def status(app: Flask, host: str) -> int:
    return app.test_client().get("/healthz", headers={"Host": host}).status_code


def test_only_its_own_names_are_answered_to(tmp_path: Path) -> None:
    app = house(tmp_path, BASE_URL="https://lapor.example:8443", TRUSTED_HOSTS="suara.example")
    own = ("lapor.example", "lapor.example:8443", "suara.example", "localhost", "127.0.0.1:8000")
    assert {status(app, host) for host in own} == {200}
    assert {status(app, host) for host in ("evil.example", "lapor.example.evil.example", "192.0.2.1")} == {400}


def test_before_it_has_a_name_it_answers_to_any(tmp_path: Path) -> None:
    assert status(house(tmp_path), "192.168.1.10:8000") == 200


def test_under_tls_the_cookie_goes_to_nobody_else(tmp_path: Path) -> None:
    app = house(tmp_path, BASE_URL="https://lapor.example")
    cookie = app.test_client().get("/masuk", base_url="https://lapor.example").headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert word in cookie
    assert "Domain" not in cookie


def test_no_secret_is_printed_when_it_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        config.from_environment({"SECRET_KEY": "pendek", "SENTRY_DSN": "rahasia", "METRICS_TOKEN": "kecil"})
    assert not {"pendek", "rahasia", "kecil"} & set(refused.value.message.replace("'", " ").split())
