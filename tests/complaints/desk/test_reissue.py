"""A lost receipt is replaced: the new one opens the case, the old one opens nothing."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from complaints import queries, receipts
from complaints.desk import case_queries
from complaints.desk.reissue import Reissued, reissue
from complaints.fetching import for_staff
from complaints.models import Complaint
from complaints.reporting.intake import Handed, stored_receipt
from core.errors import Conflict, Refused
from tests import make
from tests.complaints import cases
from tests.complaints.answering import joined
from tests.complaints.pages import fields_of
from tests.complaints.submitting import KEYS, fresh, send

REASON = "Tahu isi laporannya, KTP cocok"


def again(number: str, officer: UUID, **values: Any) -> Reissued:
    given: dict[str, Any] = {
        "office_id": make.OFFICE, "prefix": "MBS", "number": number, "joiner_id": None, "issue": 1, "role": "officer",
        "actor_id": officer, "reason": REASON, "keys": KEYS, "now": cases.LATER,
    }  # fmt: skip
    return reissue(**(given | values))


def opens(code: str | None) -> queries.Opened | None:
    return queries.opened_by(fresh(), make.OFFICE, stored_receipt(KEYS, code or ""))


def test_the_new_code_opens_the_case_and_the_old_one_nothing(any_app: Flask) -> None:
    handed = send()
    made = again(handed.number, cases.officer())
    assert made.code != handed.code
    assert opens(handed.code) is None
    assert opens(made.code) is not None


def test_it_is_recorded_how_the_officer_made_sure(any_app: Flask) -> None:
    handed, officer = send(), cases.officer()
    again(handed.number, officer)
    step = queries.events_of(fresh(), make.OFFICE, cases.report(handed.number).id)[-1]
    assert (step.fact.move, step.fact.actor, step.words.reason) == ("reissue", officer, REASON)


def test_it_is_a_look_at_who_reported(any_app: Flask) -> None:
    handed, officer = send(), cases.officer()
    for _tap in range(2):
        again(handed.number, officer)
    (look,) = case_queries.looks(fresh(), make.OFFICE)
    assert (look.number, look.at, look.reason) == (handed.number, cases.LATER, f"kode diganti: {REASON}")


@pytest.mark.parametrize("values", [{"reason": " "}, {"role": "head"}, {"joiner_id": uuid4()}])
def test_nobody_gets_a_code_without_a_reason_or_a_right(any_app: Flask, values: dict[str, Any]) -> None:
    handed, officer = send(), cases.officer()
    with pytest.raises(Refused):
        again(handed.number, officer, **values)
    assert opens(handed.code) is not None


def test_a_second_tap_shows_the_same_code(any_app: Flask) -> None:
    handed, officer = send(), cases.officer()
    codes = {again(handed.number, officer).code for _tap in range(2)}
    assert len(codes) == 1
    assert cases.report(handed.number).receipt_issue == 2


def test_another_officer_at_the_same_time_is_told(any_app: Flask) -> None:
    handed = send()
    again(handed.number, cases.officer())
    with pytest.raises(Conflict):
        again(handed.number, cases.officer())


@pytest.mark.parametrize("same", [True, False])
def test_one_code_is_made_when_both_have_read_the_report(
    postgres_app: Flask, monkeypatch: pytest.MonkeyPatch, same: bool
) -> None:
    handed, officers, both_read = send(), [cases.officer(), cases.officer()], Barrier(2)
    real = for_staff

    def read(*args: Any) -> Complaint:
        found = real(*args)
        both_read.wait(10)
        return found

    def press(officer: UUID) -> str:
        with postgres_app.app_context():
            try:
                return again(handed.number, officer).code
            except Conflict:
                return "told"

    monkeypatch.setattr("complaints.desk.reissue.for_staff", read)
    with ThreadPoolExecutor() as both:
        answers = set(both.map(press, [officers[0], officers[0 if same else 1]]))
    assert cases.report(handed.number).receipt_issue == 2
    assert ("told" in answers, len(answers)) == ((False, 1) if same else (True, 2))


def test_the_first_submission_sent_again_names_no_code(any_app: Flask) -> None:
    submission_id = uuid4()
    handed = send(submission_id=submission_id)
    again(handed.number, cases.officer())
    repeated = send(submission_id=submission_id)
    assert (repeated.number, repeated.code, repeated.created) == (handed.number, None, False)


def test_a_joiner_gets_a_new_code_of_their_own(any_app: Flask) -> None:
    handed = send()
    joiner = joined(cases.report(handed.number).id)
    made = again(handed.number, cases.officer(), joiner_id=joiner)
    found = opens(made.code)
    assert found is not None
    assert found.joiner_id == joiner
    assert opens(handed.code) is not None


def test_a_code_that_somebody_has_is_passed_over(any_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    handed, other = send(), send()
    real = receipts.make

    def clashing(key: bytes, prefix: str, submission_id: UUID, issue: int) -> str:
        return str(other.code) if issue == 2 else real(key, prefix, submission_id, issue)

    monkeypatch.setattr(receipts, "make", clashing)
    again(handed.number, cases.officer())
    assert cases.report(handed.number).receipt_issue == 3


@pytest.fixture
def handed(app: Flask) -> Handed:
    keys = type(KEYS)(receipt=app.config["RECEIPT_KEY"], identity=app.config["IDENTITY_KEY"])
    return send(keys=keys)


def test_the_page_shows_the_new_code_once(handed: Handed, sign_in: Callable[[str], FlaskClient]) -> None:
    officer, path = sign_in("officer"), f"/petugas/laporan/{handed.number}/kode"
    data = fields_of(officer.get(path).text) | {"who": "pertama 1", "reason": REASON}
    shown = officer.post(path, data=data)
    assert shown.status_code == 200
    assert "MBS-" in shown.text
    assert str(handed.code) not in shown.text
    assert "MBS-" not in officer.get(f"/petugas/laporan/{handed.number}").text
    assert officer.get(f"/lacak/{handed.code}").status_code == 404


def test_a_page_without_a_reason_comes_back_filled(handed: Handed, sign_in: Callable[[str], FlaskClient]) -> None:
    officer, path = sign_in("officer"), f"/petugas/laporan/{handed.number}/kode"
    answer = officer.post(path, data=fields_of(officer.get(path).text) | {"who": "pertama 1"})
    assert answer.status_code == 422
    assert "Tulis bagaimana Anda memastikannya" in answer.text
    assert "checked" in answer.text


def test_the_head_reads_of_it_in_the_register_and_the_resident_in_the_timeline(
    handed: Handed, sign_in: Callable[[str], FlaskClient]
) -> None:
    officer, path = sign_in("officer"), f"/petugas/laporan/{handed.number}/kode"
    shown = officer.post(path, data=fields_of(officer.get(path).text) | {"who": "pertama 1", "reason": REASON}).text
    assert f"kode diganti: {REASON}" in sign_in("section_head").get("/petugas/identitas").text
    code = re.findall(r"MBS-[0-9A-Z-]+", shown)[0]
    assert "Kode tanda terima diganti." in officer.get(f"/lacak/{code}").text


def test_an_onlooker_gives_no_codes(handed: Handed, sign_in: Callable[[str], FlaskClient]) -> None:
    assert sign_in("secretary").get(f"/petugas/laporan/{handed.number}/kode").status_code == 403
