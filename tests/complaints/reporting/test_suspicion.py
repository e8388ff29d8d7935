"""When a report is held for review: a table, and what a phone and a machine meet."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from limits.errors import StorageError
from limits.storage import MemoryStorage

from complaints.models import Complaint
from complaints.reporting import arrivals, suspicion
from complaints.reporting.arrivals import Arrivals
from complaints.reporting.suspicion import Doubt, Signs, doubt, normalised
from core import clock
from tests.complaints import cases
from tests.complaints.pages import fields_of
from tests.complaints.submitting import fresh

URL = "/api/v1/complaints"
SUCO = "35.09.23.2005"


@pytest.mark.parametrize(
    ("signs", "found"),
    [
        (Signs(), None),
        (Signs(trap_filled=True), Doubt.TRAP),
        (Signs(age=timedelta(seconds=2.9)), Doubt.HASTY),
        (Signs(age=timedelta(seconds=3)), None),
        (Signs(age=timedelta(seconds=-5)), None),
        (Signs(of_household=300, of_same_words=300), None),
        (Signs(of_household=400, of_same_words=400), Doubt.SAME_WORDS),
        (Signs(of_household=1999), None),
        (Signs(of_household=2000), Doubt.MANY),
    ],
)
def test_what_holds_a_report(signs: Signs, found: Doubt | None) -> None:
    assert doubt(signs) == found


def test_each_doubt_is_put_into_words() -> None:
    assert set(suspicion.DOUBT_WORDS) == set(Doubt)


def test_the_same_words_are_known_in_other_dress() -> None:
    assert normalised("  Sound HOREG, sampai pagi!! ") == normalised("sound horeg\nsampai pagi")
    assert normalised("banjir") != normalised("banjir bandang")


def body(**values: Any) -> dict[str, Any]:
    report = {"submission_id": str(uuid4()), "category": "jalan", "description": "Pasar tumpah", "village": SUCO}
    return report | values


def typed(client: FlaskClient, **values: Any) -> dict[str, Any]:
    """The form as the page would send it, at once."""
    return fields_of(client.get("/lapor").text) | body() | values


def held() -> list[str | None]:
    return list(fresh().scalars(sa.select(Complaint.held_because).where(Complaint.is_held)))


def wait(monkeypatch: pytest.MonkeyPatch, **time: float) -> None:
    later = clock.now() + timedelta(**time)
    monkeypatch.setattr(clock, "now", lambda: later)


def test_who_types_is_not_held(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    data = typed(client)
    wait(monkeypatch, seconds=20)
    assert client.post("/lapor", data=data).status_code == 201
    assert held() == []


def test_a_form_sent_at_once_is_held_and_answered_like_any(client: FlaskClient) -> None:
    answer = client.post("/lapor", data=typed(client))
    assert answer.status_code == 201
    assert "Terima kasih" in answer.text
    assert held() == ["hasty"]


def test_a_form_kept_overnight_or_with_a_forged_time_tells_nothing(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.post("/lapor", data=typed(client, made="1790000000.forged")).status_code == 201
    data = typed(client)
    wait(monkeypatch, hours=11)
    client.post("/lapor", data=data)
    assert held() == []


def test_the_field_that_only_machines_fill_in_holds_the_report(client: FlaskClient) -> None:
    assert client.post("/lapor", data=typed(client, made="", situs="https://spam.example")).status_code == 201
    assert held() == ["trap"]


def test_a_held_report_of_a_program_is_accepted_with_its_receipt_and_the_same_again(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suspicion, "MOST_OF_HOUSEHOLD", 1)
    assert client.post(URL, json=body()).status_code == 201
    same = body()
    first, again = client.post(URL, json=same), client.post(URL, json=same)
    assert (first.status_code, again.status_code) == (202, 200)
    assert first.json == again.json
    assert set(first.json or ()) == {"number", "receipt", "track_url"}
    assert held() == ["many"]


def test_repetitions_of_a_sending_are_not_counted(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suspicion, "MOST_OF_HOUSEHOLD", 2)
    same = body()
    assert [client.post(URL, json=same).status_code for _ in range(4)] == [201, 200, 200, 200]
    assert client.post(URL, json=body()).status_code == 201


def test_addresses_are_counted_apart(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suspicion, "MOST_OF_SAME_WORDS", 1)
    codes = [client.post(URL, json=body(), environ_base={"REMOTE_ADDR": f"203.0.113.{n}"}).status_code for n in (1, 2)]
    assert codes == [201, 201]


def test_thirty_people_on_one_wifi_all_get_receipts_and_nobody_is_held(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [app.test_client() for _ in range(30)]
    forms = [typed(person, description="Banjir di jalan raya", similar_seen="1") for person in people]
    wait(monkeypatch, seconds=10)
    answers = [person.post("/lapor", data=form) for person, form in zip(people, forms, strict=True)]
    assert {answer.status_code for answer in answers} == {201}
    assert held() == []


def test_a_store_that_fails_holds_nobody(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(MemoryStorage):
        def get(self, key: str) -> int:
            raise StorageError(OSError("gone"))

        def incr(self, key: str, expiry: float, amount: int = 1) -> int:
            raise StorageError(OSError("gone"))

    app.extensions["arrivals"] = Arrivals(Broken())
    assert client.post(URL, json=body()).status_code == 201


def test_a_stamp_of_another_house_is_no_stamp(app: Flask) -> None:
    now = clock.now()
    ours = arrivals.stamp(now)
    assert arrivals.age(ours, now) is not None
    app.config["SECRET_KEY"] = "another"
    assert arrivals.age(ours, now) is None
    assert [arrivals.age(text, now) for text in (None, "", "x", "9" * 400)] == [None] * 4


def test_held_reports_wait_apart_and_a_person_is_told_why(app: Flask, sign_in: Any) -> None:
    number = cases.case(is_held=True, held_because="trap")
    officer = sign_in("officer")
    assert number not in officer.get("/petugas").text
    assert number in officer.get("/petugas?kelompok=ditahan").text
    assert "Biasanya itu dikirim mesin" in officer.get(f"/petugas/laporan/{number}").text
    cases.act(number, "release")
    assert not cases.report(number).is_held
    assert number in officer.get("/petugas").text
