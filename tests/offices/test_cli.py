from io import BytesIO
from pathlib import Path

import zxingcpp
from click.testing import Result
from flask import Flask
from PIL import Image

from core.config import Settings
from core.db import db, reader
from offices import queries
from tests import make
from tests.offices import houses

ADD = ("staff", "add", "siti@kantor.go.id", "--name", "Siti", "--role", "officer")


def run(app: Flask, *words: str, typed: str = "") -> Result:
    result = app.test_cli_runner().invoke(args=words, input=typed)
    db.session.rollback()
    return result


def move_to(app: Flask, base_url: str) -> None:
    settings: Settings = app.config["SETTINGS"]
    app.config["SETTINGS"] = Settings(**(vars(settings) | {"base_url": base_url}))


def test_an_account_is_opened_by_the_printed_link(app: Flask) -> None:
    result = run(app, *ADD, "--section", "trantib")
    assert result.exit_code == 0
    path = result.stdout.strip().removeprefix("http://127.0.0.1:8000")
    assert path.startswith("/masuk/kata-sandi/")
    assert app.test_client().get(path).status_code == 200


def test_an_account_can_begin_with_a_password(app: Flask) -> None:
    result = run(app, *ADD, "--password-stdin", typed=make.PASSWORD + "\n")
    assert (result.exit_code, "kata-sandi" in result.output) == (0, False)
    [account] = queries.staff(reader(), 1)
    assert account.password


def test_what_cannot_be_an_account_is_refused(app: Flask) -> None:
    run(app, *ADD)
    for words in (ADD, (*ADD, "--section", "lain"), ("staff", "add", "siti", *ADD[3:])):
        result = run(app, *words)
        assert (result.exit_code, result.stderr.count("\n")) == (1, 1)


def test_a_password_has_a_least_length(app: Flask) -> None:
    assert run(app, *ADD, "--password-stdin", typed="pendek\n").exit_code == 1


def test_a_setting_is_set_from_a_month(app: Flask) -> None:
    assert run(app, "settings", "set", "weight", "0.111", "--from", "2026-12").exit_code == 0
    [row] = queries.setting_history(reader(), 1, "weight")
    assert (row.value, row.valid_from.isoformat(), row.set_by) == ("0.111", "2026-12-01", "perintah settings set")


def test_a_setting_that_cannot_be_read_is_refused(app: Flask) -> None:
    for words in (("weight", "2"), ("bobot", "1"), ("weight", "1/9", "--from", "Desember")):
        assert run(app, "settings", "set", *words).exit_code == 1


def test_every_open_points_code_is_written(app: Flask, tmp_path: Path) -> None:
    houses.point("rate")
    houses.point("rate", code="MBS-SHUT01", is_open=False)
    move_to(app, "https://sukma.example")
    assert run(app, "qr", "export", str(tmp_path / "kode")).exit_code == 0
    names = {path.name for path in (tmp_path / "kode").iterdir()}
    assert {"MBS-TEST01.svg", "MBS-TEST01.png", "MBS-TEST01-stiker.png"} <= names
    assert "MBS-SHUT01.png" not in names
    image = Image.open(BytesIO((tmp_path / "kode" / "MBS-TEST01.png").read_bytes()))
    assert zxingcpp.read_barcodes(image)[0].text == "https://sukma.example/t/MBS-TEST01"


def test_codes_that_phones_cannot_follow_are_not_written(app: Flask, tmp_path: Path) -> None:
    result = run(app, "qr", "export", str(tmp_path / "kode"))
    assert result.exit_code == 1
    assert "BASE_URL" in result.stderr
    assert not (tmp_path / "kode").exists()


def test_printed_codes_die_only_on_purpose(app: Flask, tmp_path: Path) -> None:
    move_to(app, "https://lama.example")
    run(app, "qr", "export", str(tmp_path))
    move_to(app, "https://baru.example")
    assert run(app, "qr", "export", str(tmp_path)).exit_code == 1
    assert run(app, "qr", "export", str(tmp_path), "--new-address").exit_code == 0
    assert queries.office(reader(), 1).printed_base_url == "https://baru.example"


def test_an_operator_who_forgot_the_password_gets_a_new_link(app: Flask) -> None:
    runner = app.test_cli_runner()
    email = make.staff("operator")
    said = runner.invoke(args=["staff", "link", email.upper()]).output
    assert "/masuk/kata-sandi/" in said
    assert "Tautan berlaku 3 hari dan hanya sekali pakai." in said
    assert runner.invoke(args=["staff", "link", "siapa@mumbulsari.example"]).exit_code == 1
