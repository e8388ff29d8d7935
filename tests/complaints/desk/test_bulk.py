"""One move for many reports: each by the table of moves, each by itself, and what was left is named."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from complaints.desk import bulk
from complaints.desk.bulk import Officer, Picked
from complaints.terms import Exclusion, Move, Status
from complaints.workflow import BY_STEP, Details
from core import clock
from tests import make
from tests.complaints import cases

SignIn = Callable[[str], FlaskClient]
WAYS = {
    Status.RECEIVED: (), Status.VERIFIED: ("verify",), Status.ASSIGNED: ("verify", "assign"),
    Status.IN_PROGRESS: ("verify", "start"), Status.WAITING: ("verify", "ask"), Status.EXCLUDED: ("exclude",),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: cases.LATER)


@pytest.fixture
def officer(sign_in: SignIn) -> FlaskClient:
    return sign_in("officer")


def standing(status: Status) -> str:
    """A report in this status."""
    number = cases.case()
    for step in WAYS[status]:
        cases.act(number, step, question="Di mana?")
    return number


def picked(*numbers: str) -> list[Picked]:
    return [Picked(number, cases.report(number).version) for number in numbers]


@pytest.mark.parametrize("move", [Move.ASSIGN, Move.EXCLUDE])
def test_each_status_takes_the_move_as_the_table_says(any_app: Flask, move: Move) -> None:
    who = cases.officer()
    numbers = {standing(status): status for status in WAYS}
    details = Details(assignee=who, reason="Uji coba", exclusion=Exclusion.SPAM)
    outcome = bulk.make(move, details, picked(*numbers), Officer(make.OFFICE, who, "officer"), now=cases.LATER)
    possible = {Status.RECEIVED} | {source for source, one in BY_STEP if one is move}
    assert {numbers[number] for number in outcome.done} == possible & set(WAYS)
    assert {numbers[left.number] for left in outcome.left} == set(WAYS) - possible
    assert all("Keadaan laporan ini" in left.why for left in outcome.left)


def test_who_assigns_a_new_report_has_looked_at_it(any_app: Flask) -> None:
    who, number = cases.officer(), cases.case()
    bulk.make(Move.ASSIGN, Details(assignee=who), picked(number), Officer(make.OFFICE, who, "officer"), now=cases.LATER)
    assert [event.move for event in cases.history(number)] == ["receive", "verify", "assign"]
    assert cases.report(number).assignee_id == who


def test_a_new_report_that_nobody_can_be_given_is_left_as_it_was(any_app: Flask) -> None:
    who, number, onlooker = cases.officer(), cases.case(), cases.officer("secretary")
    seen, acting = picked(number), Officer(make.OFFICE, who, "officer")
    outcome = bulk.make(Move.ASSIGN, Details(assignee=onlooker), seen, acting, now=cases.LATER)
    assert [left.number for left in outcome.left] == [number]
    assert [event.move for event in cases.history(number)] == ["receive"]


@pytest.mark.parametrize("status", [Status.RECEIVED, Status.VERIFIED])
def test_a_second_tap_says_the_same_again(any_app: Flask, status: Status) -> None:
    who, number = cases.officer(), standing(status)
    seen, acting = picked(number), Officer(make.OFFICE, who, "officer")
    for _tap in range(2):
        outcome = bulk.make(Move.ASSIGN, Details(assignee=who), seen, acting, now=cases.LATER)
        assert list(outcome.done) == [number]
    assert [event.move for event in cases.history(number)] == ["receive", "verify", "assign"]
    assert cases.report(number).version == 3


def test_a_report_moved_meanwhile_is_left_and_holds_up_no_other(any_app: Flask) -> None:
    who, first, second = cases.officer(), cases.case(), cases.case()
    seen = picked(first, second)
    cases.act(first, "verify")
    details = Details(reason="Uji coba", exclusion=Exclusion.SPAM)
    outcome = bulk.make(Move.EXCLUDE, details, seen, Officer(make.OFFICE, who, "officer"), now=cases.LATER)
    assert list(outcome.done) == [second]
    assert [left.number for left in outcome.left] == [first]
    assert cases.report(first).status == "verified"


@pytest.mark.parametrize("text", ["", ":", "TRB", "TRB:x", "TRB:-1", "TRB:\u0663", "T" * 99 + ":1", "TRB:" + "9" * 99])
def test_a_box_that_was_not_ours_is_no_report(text: str) -> None:
    assert Picked.parse(text) is None


def send(client: FlaskClient, step: str, *numbers: str, query: str = "", **fields: str) -> TestResponse:
    """Tick the reports on the page, as it shows them, and press the button."""
    page = client.get(f"/petugas?{query}").text
    ticked = [value for value in re.findall(r'name="pilih" value="([^"]+)"', page) if value.split(":")[0] in numbers]
    assert len(ticked) == len(numbers)
    form = {"pilih": ticked, "langkah": step, "csrf_token": make.token(client, "/petugas")} | fields
    return client.post(f"/petugas/pilihan?{query}", data=form)


def test_ticked_reports_are_excluded_with_one_reason(officer: FlaskClient) -> None:
    first, second, third = (cases.case() for _n in range(3))
    answer = send(officer, "exclude", first, second, query="jenis=kebisingan", reason="Uji coba", exclusion="spam")
    assert answer.status_code == 303
    assert answer.location.endswith("/petugas?jenis=kebisingan")
    assert [cases.report(number).status for number in (first, second, third)] == ["excluded", "excluded", "received"]
    assert "2 laporan: “Keluarkan dari hitungan” tersimpan." in officer.get("/petugas").text


def test_what_is_lacking_is_told_and_the_ticks_stay(officer: FlaskClient) -> None:
    first, second = cases.case(), cases.case()
    answer = send(officer, "exclude", first, query="jenis=kebisingan", reason="Uji coba")
    assert answer.status_code == 422
    assert "Pilih mengapa laporan ini tidak dihitung." in answer.text
    assert ">\nUji coba</textarea>" in answer.text.replace("\r", "")
    assert re.search(rf'value="{first}:1" form="pilihan" checked', answer.text)
    assert not re.search(rf'value="{second}:1" form="pilihan" checked', answer.text)
    assert cases.report(first).status == "received"


def test_without_a_tick_nothing_happens(officer: FlaskClient) -> None:
    cases.case()
    answer = send(officer, "exclude", reason="Uji coba", exclusion="spam")
    assert answer.status_code == 422
    assert "Centang dulu laporannya." in answer.text


def test_what_was_left_is_named_with_its_reason(officer: FlaskClient) -> None:
    who, first, second = str(cases.officer()), cases.case(), standing(Status.WAITING)
    answer = send(officer, "assign", first, second, assignee=who)
    assert answer.status_code == 200
    assert "Berhasil: 1 laporan." in answer.text
    assert "menunggu warga" in answer.text.split("Yang tidak diproses")[1].split("Yang berhasil")[0]
    assert cases.report(first).status == "assigned"


def test_an_expired_form_keeps_the_ticks(officer: FlaskClient) -> None:
    number = cases.case()
    answer = send(officer, "exclude", number, reason="Uji coba", exclusion="spam", csrf_token="lama")
    assert answer.status_code == 400
    assert re.search(rf'value="{number}:1" form="pilihan" checked', answer.text)


def test_other_moves_are_not_for_many(officer: FlaskClient) -> None:
    number = cases.case()
    assert send(officer, "verify", number).status_code == 404
    assert send(officer, "", number).status_code == 404


def test_who_only_looks_sees_no_boxes(sign_in: SignIn) -> None:
    cases.case()
    client = sign_in("secretary")
    assert 'name="pilih"' not in client.get("/petugas").text
    assert client.post("/petugas/pilihan").status_code == 403
