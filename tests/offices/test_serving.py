"""What `serve` says on the terminal before it serves."""

import socket

import pytest
from flask import Flask

from core.config import Settings
from core.db import db
from core.errors import Refused
from offices import queries, service, serving
from tests import make


def settings(app: Flask, **changed: object) -> Settings:
    found: Settings = app.config["SETTINGS"]
    return Settings(**(vars(found) | changed))


def test_it_prints_a_code_the_first_link_and_the_way_to_the_wifi(app: Flask) -> None:
    said = serving.greeting(settings(app), now=make.START)
    assert "/t/MBS-" in said
    assert "█" in said
    assert "/masuk/kata-sandi/" in said
    assert "HOST=0.0.0.0 BASE_URL=http://" in said


def test_the_first_link_is_gone_once_an_operator_has_a_password(app: Flask) -> None:
    make.staff("operator")
    assert "/masuk/kata-sandi/" not in serving.greeting(settings(app), now=make.START)


def test_an_unused_first_link_is_made_anew(app: Flask) -> None:
    first = serving.greeting(settings(app), now=make.START)
    db.session.rollback()
    assert serving.greeting(settings(app), now=make.START) != first
    assert len(queries.staff(db.session(), make.OFFICE)) == 1


def test_a_changed_address_is_said_to_kill_printed_codes(app: Flask) -> None:
    service.keep_printed_address(office_id=make.OFFICE, base_url="http://10.0.0.7:8000", by="tests", now=make.START)
    db.session.rollback()
    said = serving.greeting(settings(app, base_url="http://10.0.0.9:8000"), now=make.START)
    assert "poster yang sudah dicetak menuju http://10.0.0.7:8000" in said
    assert "HOST=0.0.0.0" not in said


def test_a_port_in_use_is_refused_in_plain_words(app: Flask) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(Refused, match="tidak dapat dipakai"):
            serving.refuse_taken_port(settings(app, port=taken.getsockname()[1]))
