"""A second office beside the first: what it begins with, and what is refused."""

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from complaints import queries as complaints
from core.db import db, reader
from offices import queries
from survey import queries as survey
from survey.master import FIRST_EDITION
from tests import make

ADD = (
    *("office", "add", "35.09.24", "--name", "Kecamatan Jenggawah", "--prefix", "JGW"),
    *("--regency", "Kabupaten Jember", "--province", "Jawa Timur", "--postcode", "68171"),
)  # fmt: skip
VILLAGES = "code,bps_code,name\n35.09.24.2001,3509100001,Jenggawah\n35.09.24.2002,3509100002,Wonojati\n"


def run(app: Flask, *words: str, typed: str = "") -> Result:
    result = app.test_cli_runner().invoke(args=words, input=typed)
    db.session.rollback()
    return result


def changed(option: str, value: str) -> list[str]:
    words = list(ADD)
    words[2 if option == "code" else words.index(option) + 1] = value
    return words


def second() -> int:
    office = queries.office_by_code(reader(), "35.09.24")
    assert office
    return office.id


def test_an_office_begins_like_the_first(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "desa.csv").write_text(VILLAGES, encoding="utf-8")
    assert run(app, *ADD, "--villages", str(tmp_path / "desa.csv")).exit_code == 0
    session, other = reader(), second()
    for named in (queries.sections, queries.services, complaints.categories):
        assert len(named(session, other)) == len(named(session, make.OFFICE)) > 0, named
    assert queries.days_off(session, other) == queries.days_off(session, make.OFFICE)
    assert survey.edition(session, other, FIRST_EDITION)
    assert [row.name for row in queries.villages(session, other)] == ["Jenggawah", "Wonojati"]
    assert {row.code[:4] for row in queries.points(session, other)} == {"JGW-"}
    assert [entry.action for entry in queries.audit_trail(session, other)] == ["office.add"]
    assert run(app, "office", "list").output.count("Kabupaten Jember") == 2


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("code", "35.9.24", "kode Kemendagri"),
        ("code", "35.09.23", "sudah ada: Kecamatan Mumbulsari"),
        ("--prefix", "Jgw", "huruf besar"),
        ("--prefix", "MBS", "sudah dipakai Kecamatan Mumbulsari"),
        ("--postcode", "6817", "lima angka"),
        ("--name", " ", "perlu diisi"),
        ("--regency", "kabupaten  jember", "Tulis nama kabupaten seperti pada Kecamatan Mumbulsari: Kabupaten Jember"),
    ],
)
def test_what_cannot_be_an_office_is_refused(app: Flask, option: str, value: str, words: str) -> None:
    result = run(app, *changed(option, value))
    assert (result.exit_code, words in result.stderr) == (1, True), result.stderr
    assert len(queries.offices(reader())) == 1


@pytest.mark.parametrize(
    "sheet",
    [
        "code,name\n35.09.24.2001,Jenggawah\n",
        "code,bps_code,name\n35.09.23.2001,3509100001,Jenggawah\n",
        "code,bps_code,name\n35.09.24.2001,350910,Jenggawah\n",
        VILLAGES + "35.09.24.2001,3509100001,Jenggawah\n",
        "code,bps_code,name\n",
    ],
    ids=["no column", "of another office", "short code", "twice", "empty"],
)
def test_villages_that_cannot_be_are_refused_and_nothing_is_added(app: Flask, tmp_path: Path, sheet: str) -> None:
    (tmp_path / "desa.csv").write_text(sheet, encoding="utf-8")
    assert run(app, *ADD, "--villages", str(tmp_path / "desa.csv")).exit_code == 1
    assert len(queries.offices(reader())) == 1


def test_villages_may_come_later(app: Flask, tmp_path: Path) -> None:
    run(app, *ADD)
    (tmp_path / "desa.csv").write_text(VILLAGES, encoding="utf-8")
    put = ("office", "villages", str(tmp_path / "desa.csv"), "--office", "35.09.24")
    assert [run(app, *put).output.split()[0] for _time in range(2)] == ["2", "0"]
    assert len(queries.villages(reader(), second())) == 2


def test_a_command_is_for_the_office_it_names(app: Flask) -> None:
    run(app, *ADD)
    assert run(app, "settings", "set", "weight", "0.111", "--office", "35.09.24").exit_code == 0
    assert not queries.setting_history(reader(), make.OFFICE, "weight")
    assert len(queries.setting_history(reader(), second(), "weight")) == 1
    assert "Tidak ada kantor" in run(app, "settings", "set", "weight", "0.111", "--office", "35.09.99").stderr


def test_preparing_again_changes_nothing(app: Flask) -> None:
    run(app, *ADD)
    before = len(queries.points(reader(), second()))
    assert run(app, "init").exit_code == 0
    assert len(queries.points(reader(), second())) == before
