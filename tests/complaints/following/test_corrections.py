"""Rights by receipt: correcting who one is, asking for other words, agreeing and taking it back."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from complaints import consents, queries
from complaints.consents import Purpose
from complaints.contacts import Who
from complaints.following import corrections, my_data
from complaints.law_models import Consent, Correction, Outcome
from complaints.messages import audience
from complaints.reporting.intake import Handed, Keys
from core.errors import Conflict, Refused
from offices.audit_models import AuditEntry
from tests import make
from tests.complaints import cases
from tests.complaints.answering import opened
from tests.complaints.submitting import KEYS, fresh, send
from tests.complaints.test_search import found

LATER = cases.LATER


def answered(outcome: Outcome, words: str = "") -> None:
    wish = fresh().scalars(sa.select(Correction).filter_by(answered_at=None)).one()
    corrections.answer(
        office_id=make.OFFICE, correction_id=wish.id, outcome=outcome, answer=words, staff_id=cases.officer(),
        by="tests", now=LATER,
    )  # fmt: skip


def test_words_are_corrected_by_an_officer_and_the_chain_holds(any_app: Flask) -> None:
    number = send().number
    corrections.ask(opened=opened(number), wanted="Sound horeg sampai subuh", now=LATER)
    answered(Outcome.DONE)
    assert cases.report(number).description == "Sound horeg sampai subuh"
    assert found("subuh")
    assert not found("pagi")
    assert [event.move for event in cases.history(number)] == ["receive", "note"]
    assert queries.verify_chain(fresh(), make.OFFICE) is None


def test_refusing_needs_a_reason_and_changes_nothing(any_app: Flask) -> None:
    number = send().number
    corrections.ask(opened=opened(number), wanted="Lain sekali", now=LATER)
    with pytest.raises(Refused):
        answered(Outcome.REFUSED)
    answered(Outcome.REFUSED, "Isinya sudah diperiksa di tempat.")
    assert cases.report(number).description == "Sound horeg sampai pagi"


def test_erasing_ones_data_withdraws_what_waits_and_leaves_the_reports_words(any_app: Flask) -> None:
    number = send().number
    corrections.ask(opened=opened(number), wanted="Sound horeg di rumah Pak X", now=LATER)
    wish = fresh().scalars(sa.select(Correction)).one()
    my_data.erase(opened=opened(number), now=LATER)
    assert corrections.waiting(fresh(), make.OFFICE) == 0
    ended = fresh().scalars(sa.select(Correction)).one()
    assert (ended.outcome, ended.wanted, ended.answered_at) == ("withdrawn", "", LATER)
    with pytest.raises(Conflict):
        corrections.answer(
            office_id=make.OFFICE, correction_id=wish.id, outcome=Outcome.DONE, answer="", staff_id=cases.officer(),
            by="tests", now=LATER,
        )  # fmt: skip
    assert cases.report(number).description == "Sound horeg sampai pagi"


def test_an_answer_is_due_in_three_times_24_hours(any_app: Flask) -> None:
    number = send().number
    corrections.ask(opened=opened(number), wanted="Lain sekali", now=LATER)
    with pytest.raises(Refused):
        corrections.ask(opened=opened(number), wanted="Lain lagi", now=LATER)
    wish = corrections.wishes(fresh(), make.OFFICE, LATER + timedelta(hours=73))[0]
    assert wish.clock.words == "TERLAMBAT 1 jam"
    assert corrections.waiting(fresh(), make.OFFICE) == 1


def test_agreeing_to_mail_is_recorded_withdrawn_and_erased(any_app: Flask) -> None:
    number = send(email="siti@contoh.example").number
    who = opened(number)
    assert [(each.purpose, each.words) for each in consents.of(fresh(), who)] == [("email", consents.VERSION)]
    assert [each.email for each in told(number)] == ["siti@contoh.example"]
    consents.withdraw(opened=who, purpose=Purpose.EMAIL, now=LATER)
    assert [each.email for each in told(number)] == [""]
    consents.renew(opened=who, purpose=Purpose.EMAIL, now=LATER)
    assert [each.email for each in told(number)] == ["siti@contoh.example"]
    my_data.erase(opened=who, now=LATER)
    assert fresh().scalars(sa.select(Consent)).all() == []


def told(number: str) -> list[audience.Resident]:
    return audience.residents(fresh(), cases.report(number), "MBS", KEYS)


def test_who_gives_no_address_agrees_to_nothing(any_app: Flask) -> None:
    assert not consents.of(fresh(), opened(send(name="Bu Siti").number))


def test_an_address_taken_away_ends_the_consent(any_app: Flask) -> None:
    who = opened(send(email="siti@contoh.example").number)
    corrections.set_contact(opened=who, who=Who("Bu Siti"), identity_key=KEYS.identity, now=LATER)
    data = my_data.my_data(fresh(), who, KEYS.identity)
    assert (data.who, data.by_mail, data.agreed[0].withdrawn_at) == (Who("Bu Siti"), False, LATER)


@pytest.fixture
def handed(app: Flask) -> Handed:
    keys = Keys(receipt=app.config["RECEIPT_KEY"], identity=app.config["IDENTITY_KEY"])
    return send(keys=keys, name="Bu Siti", email="siti@contoh.example")


def test_the_page_corrects_asks_and_withdraws(
    client: FlaskClient, handed: Handed, sign_in: Callable[[str], FlaskClient]
) -> None:
    path = f"/lacak/{handed.code}/data"
    token = {"csrf_token": make.token(client, path)}
    assert client.post(f"{path}/kontak", data=token | {"phone": "abc"}).status_code == 422
    page = client.post(f"{path}/kontak", data=token | {"name": "Bu Aisyah", "phone": ""}, follow_redirects=True).text
    assert "Bu Aisyah" in page
    assert "ditarik" in page
    page = client.post(f"{path}/isi", data=token | {"wanted": "Yang benar pukul dua"}, follow_redirects=True).text
    assert "Dijawab petugas paling lambat" in page
    desk = sign_in("officer")
    assert "1 permintaan membetulkan data" in desk.get("/petugas").text
    waiting = desk.get("/petugas/permintaan-data").text
    assert "Sisa" in waiting
    answer = re.search(r'action="(/petugas/permintaan-data/[^"]+)"', waiting)
    assert answer
    data = {"csrf_token": make.token(desk, "/petugas/permintaan-data"), "outcome": "done", "answer": "Sudah"}
    assert desk.post(answer[1], data={"csrf_token": data["csrf_token"]}).status_code == 422
    assert "Dibetulkan" in desk.post(answer[1], data=data, follow_redirects=True).text
    assert "Sudah dibetulkan." in client.get(path).text
    client.post(f"{path}/persetujuan/email/beri", data=token)
    assert client.get(f"{path}.zip").status_code == 200
    client.post(path, data=token | {"sure": "y"})
    noted = fresh().scalars(sa.select(AuditEntry).filter_by(subject=handed.number).order_by(AuditEntry.seq)).all()
    assert [(each.action, each.actor == "pelapor") for each in noted] == [
        ("correction.contact", True),
        ("correction.ask", True),
        ("correction.answer", False),
        ("consent.given", True),
        ("data.taken", True),
        ("data.erased", True),
    ]
    assert "Siti" not in str([vars(each) for each in noted])


@pytest.mark.parametrize("outcome", ["", "lainnya", "done\0", "=1+1<script>", "DONE"])
def test_an_answer_of_another_kind_is_refused_in_words_and_keeps_what_was_typed(
    handed: Handed, sign_in: Callable[[str], FlaskClient], outcome: str
) -> None:
    corrections.ask(opened=opened(handed.number), wanted="<b>Lain</b>\r\n=1+1", now=LATER)
    wish, desk = fresh().scalars(sa.select(Correction.id)).one(), sign_in("officer")
    data = {"csrf_token": make.token(desk, "/petugas/permintaan-data"), "outcome": outcome, "answer": "Kata petugas"}
    page = desk.post(f"/petugas/permintaan-data/{wish}", data=data)
    assert page.status_code == 422
    assert "Kata petugas</textarea>" in page.text
    assert "&lt;b&gt;Lain&lt;/b&gt;" in page.text
    assert corrections.waiting(fresh(), make.OFFICE) == 1


def test_who_oversees_sees_what_waits_and_answers_nothing(
    handed: Handed, sign_in: Callable[[str], FlaskClient]
) -> None:
    corrections.ask(opened=opened(handed.number), wanted="Lain sekali", now=LATER)
    secretary = sign_in("secretary")
    assert "1 permintaan membetulkan data" in secretary.get("/petugas").text
    page = secretary.get("/petugas/permintaan-data").text
    assert "Lain sekali" in page
    assert "<textarea" not in page


def test_the_words_shown_are_those_recorded(client: FlaskClient, handed: Handed) -> None:
    assert str(consents.WORDS[Purpose.PUSH, consents.VERSION]) in client.get(f"/lacak/{handed.code}").text
