"""Targets: of a year or a quarter, with everything that was ever set; pages that lose nothing."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core.db import reader
from core.errors import Refused
from core.periods import Period
from indicators import queries, targets
from indicators.sheet import Indicator
from offices import trail
from tests import make

PATH = "/pengaturan/target?tahun=2026"
FOUND = {("ikm", 0): Decimal(82), ("ikm", 4): Decimal(84), ("sakip", 3): Decimal(70)}


@pytest.mark.parametrize(
    ("key", "period", "target"),
    [
        ("ikm", "2026-09", 82),
        ("ikm", "2026-10", 84),
        ("ikm", "2026-TW3", 82),
        ("ikm", "2026-TW4", 84),
        ("ikm", "2026-S1", 82),
        ("ikm", "2026-S2", 84),
        ("ikm", "2026", 82),
        ("sakip", "2026-07", 70),
        ("sakip", "2026", None),
        ("sakip", "2026-TW4", None),
        ("welfare", "2026-10", None),
    ],
)
def test_the_target_of_a_period(key: str, period: str, target: int | None) -> None:
    assert targets.target_of(FOUND, key, Period.parse(period)) == target


def test_the_year_to_date_has_the_target_of_the_quarter_it_ends_in() -> None:
    year, november = Period.parse("2026"), Period.parse("2026-11")
    assert targets.target_of(FOUND, "ikm", Period(year.first, november.last)) == 84
    assert targets.target_of(FOUND, "ikm", Period(year.first, year.last)) == 82


def put(value: str | None, quarter: int = 0, year: int = 2026, key: Indicator = Indicator.IKM) -> None:
    found, now = None if value is None else Decimal(value), make.START + len(kept_rows()) * timedelta(hours=1)
    targets.set_target(office_id=make.OFFICE, year=year, indicator=key, value=found, quarter=quarter, by="Ani", now=now)


def kept_rows() -> list[Decimal | None]:
    """Everything that was ever set, the newest first."""
    reader().rollback()
    return [row.value for row in targets.history(reader(), make.OFFICE, 2026)]


def kept() -> dict[tuple[str, int], Decimal]:
    reader().rollback()
    return queries.targets(reader(), make.OFFICE, 2026)


def test_a_target_is_set_replaced_and_taken_back(any_app: Flask) -> None:
    put("82.00")
    put("84.50", quarter=4)
    put("83.00")
    assert kept() == {("ikm", 0): Decimal("83.00"), ("ikm", 4): Decimal("84.50")}
    put(None)
    assert kept() == {("ikm", 4): Decimal("84.50")}
    assert kept_rows()[:2] == [None, Decimal("83.00")]
    assert trail.is_on_record(reader(), make.OFFICE, "target.set", "ikm 2026-TW4")


@pytest.mark.parametrize(
    ("key", "value", "quarter", "year"),
    [("ikm", "100.01", 0, 2026), ("documents", "5", 0, 2026), ("ikm", "80", 5, 2026), ("ikm", "80", 0, 1999)],
)
def test_what_can_be_no_target_is_refused(app: Flask, key: str, value: str, quarter: int, year: int) -> None:
    with pytest.raises(Refused):
        put(value, quarter, year, Indicator(key))


@pytest.mark.parametrize("text", ["1e-9999999", "1e9999999", "NaN", "-1", "0", "82.001", "1" * 50, "٨٢"])
def test_what_is_no_plain_figure_is_refused_at_once(text: str) -> None:
    with pytest.raises(Refused):
        targets.parse_value(text)


def test_a_point_that_may_mean_thousands_is_asked_back() -> None:
    with pytest.raises(Refused, match="Tulis 1250 atau 1,25"):
        targets.parse_value("1.250")


def test_the_command_sets_a_year_or_a_quarter(app: Flask) -> None:
    run = app.test_cli_runner()
    assert run.invoke(args=["targets", "set", "2026", "2", "82"]).output == "Target ikm 2026: 82,00\n"
    assert "2026-TW4: 84,50" in run.invoke(args=["targets", "set", "2026", "ikm", "84,5", "--quarter", "4"]).output
    assert run.invoke(args=["targets", "set", "2026", "ikm", "84", "--quarter", "5"]).exit_code == 2
    assert kept() == {("ikm", 0): Decimal("82.00"), ("ikm", 4): Decimal("84.50")}


def send(client: FlaskClient, opened: dict[str, str] | None = None, **typed: str) -> str:
    """Fill the form in, which was opened when `opened` stood there; the page that comes back."""
    was = {f"was_{name}": text for name, text in (opened or {}).items()}
    data = (opened or {}) | was | typed | {"csrf_token": make.token(client, PATH)}
    return client.post(PATH, data=data, follow_redirects=True).text


def test_documents_are_counted_in_whole_numbers(app: Flask, sign_in: Callable[[str], FlaskClient]) -> None:
    client = sign_in("secretary")
    page = send(client, documents_0="4")
    assert "4,00" not in page
    assert "Tidak ada yang berubah." in send(client, {"documents_0": "4"}, documents_0="4")


def test_the_page_sets_what_was_typed_and_says_who_did(app: Flask, sign_in: Callable[[str], FlaskClient]) -> None:
    client = sign_in("secretary")
    page = send(client, ikm_0="82", settlement_4="90,5")
    assert "Target disimpan." in page
    assert kept() == {("ikm", 0): Decimal("82.00"), ("settlement", 4): Decimal("90.50")}
    assert page.count("Petugas") >= 4  # beside each target, and in the history
    assert "Tidak ada yang berubah." in send(client, {"ikm_0": "82,00", "settlement_4": "90,50"}, ikm_0="82")


def test_everything_typed_stays_where_something_is_wrong(app: Flask, sign_in: Callable[[str], FlaskClient]) -> None:
    page = send(sign_in("operator"), ikm_0="delapan", documents_0="4", sakip_2="101")
    assert 'value="delapan"' in page
    assert 'value="4"' in page
    assert "Target harus angka lebih dari 0" in page
    assert "paling tinggi 100" in page
    assert kept() == {}


def test_a_target_is_taken_back_only_when_that_is_confirmed(app: Flask, sign_in: Callable[[str], FlaskClient]) -> None:
    client = sign_in("operator")
    put("82.00")
    page = send(client, {"ikm_0": "82,00"}, ikm_0="", sakip_0="70")
    assert "Target ini akan ditarik kembali" in page
    assert 'value="70"' in page
    assert kept() == {("ikm", 0): Decimal("82.00")}
    send(client, {"ikm_0": "82,00"}, ikm_0="", sakip_0="70", agree="y")
    assert kept() == {("sakip", 0): Decimal("70.00")}


def test_what_somebody_else_set_meanwhile_is_not_lost(app: Flask, sign_in: Callable[[str], FlaskClient]) -> None:
    client = sign_in("operator")
    put("83.00")
    put("85.00", quarter=4)
    page = send(client, {"ikm_0": "82,00"}, ikm_0="84", sakip_0="70")  # as it stood before
    assert "Baru saja diubah orang lain menjadi 83,00" in page
    assert 'value="84"' in page
    assert 'value="85,00"' in page  # nobody touched it here
    assert ("sakip", 0) not in kept()
    send(client, {"ikm_0": "83,00", "ikm_4": "85,00"}, ikm_0="84", sakip_0="70")
    assert kept() == {("ikm", 0): Decimal(84), ("ikm", 4): Decimal(85), ("sakip", 0): Decimal(70)}


@pytest.mark.parametrize("year", ["", "0", "20260", "abc"])
def test_a_year_that_is_none_shows_this_one(app: Flask, sign_in: Callable[[str], FlaskClient], year: str) -> None:
    assert sign_in("operator").get(f"/pengaturan/target?tahun={year}").status_code == 200


def test_every_target_that_was_ever_set_is_in_a_file(app: Flask, sign_in: Callable[[str], FlaskClient]) -> None:
    client = sign_in("secretary")
    for value, quarter, year in (("82", 0, 2026), ("84.50", 4, 2026), (None, 4, 2026), ("85", 0, 2027)):
        put(value, quarter, year)
    text = client.get("/pengaturan/target.csv").data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["year"], row["quarter"], row["indicator"], row["value"], row["set_by"]) for row in rows] == [
        ("2026", "0", "ikm", "82.00", "Ani"),
        ("2026", "4", "ikm", "84.50", "Ani"),
        ("2026", "4", "ikm", "", "Ani"),
        ("2027", "0", "ikm", "85.00", "Ani"),
    ]
    assert rows[0]["set_at"] == make.START.isoformat()
