"""The pages behind a receipt: what each may see, and that only a press of a button changes anything."""

import re
from datetime import timedelta
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from complaints import receipts
from complaints.reporting.intake import Handed, Keys, stored_receipt
from complaints.terms import Exclusion, Status
from core import clock
from tests.complaints import cases
from tests.complaints.answering import QUESTION, answer, joined
from tests.complaints.pages import fields_of
from tests.complaints.submitting import fresh, send

NOW = cases.LATER + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def keys(app: Flask) -> Keys:
    return Keys(receipt=app.config["RECEIPT_KEY"], identity=app.config["IDENTITY_KEY"])


@pytest.fixture
def handed(keys: Keys) -> Handed:
    return send(keys=keys, description="Rahasia saya")


@pytest.fixture
def settled(handed: Handed) -> Handed:
    for step in ("verify", "start", "settle"):
        cases.act(handed.number, step)
    return handed


@pytest.fixture
def asked(handed: Handed) -> Handed:
    cases.act(handed.number, "ask", question=QUESTION)
    return handed


def join(number: str, keys: Keys) -> tuple[str, UUID]:
    """Somebody who joined: their receipt and their id."""
    code = receipts.make(keys.receipt.encode(), "MBS", uuid4(), 1)
    return code, joined(cases.report(number).id, digest=stored_receipt(keys, code))


def page(client: FlaskClient, code: str | None, step: str = "") -> str:
    return client.get(f"/lacak/{code}{step}").text


def fill(client: FlaskClient, code: str | None, step: str, said: str = "") -> dict[str, str]:
    return fields_of(page(client, code, f"/{step}")) | ({"said": said} if said else {})


def status(handed: Handed) -> str:
    return cases.report(handed.number).status


@pytest.mark.parametrize("step", ["beres", "sebagian", "belum", "tambah"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_link_preview_changes_nothing(client: FlaskClient, settled: Handed, step: str, method: str) -> None:
    before = len(cases.history(settled.number))
    assert client.open(f"/lacak/{settled.code}/{step}?said=Ya&seen=9", method=method).status_code == 200
    assert len(cases.history(settled.number)) == before
    assert status(settled) == Status.SETTLED


@pytest.mark.parametrize(
    ("step", "said", "becomes"),
    [
        ("beres", "", Status.FINAL),
        ("sebagian", "Pagi masih ramai", Status.SETTLED),
        ("belum", "Masih ramai", Status.IN_PROGRESS),
        ("tambah", "Malam ini lagi", Status.SETTLED),
    ],
)
def test_a_button_does_it_once(client: FlaskClient, settled: Handed, step: str, said: str, becomes: Status) -> None:
    data = fill(client, settled.code, step, said)
    for _tap in range(2):
        answered = client.post(f"/lacak/{settled.code}/{step}", data=data)
        assert answered.status_code == 303
    assert status(settled) == becomes
    moves = [event.move for event in cases.history(settled.number)]
    assert len(moves) == 5
    assert "Terima kasih" in client.get(answered.location).text


def test_what_was_said_of_a_settling_is_shown_and_may_be_changed(client: FlaskClient, settled: Handed) -> None:
    for said in ("Pagi masih ramai", "Malam juga"):
        client.post(f"/lacak/{settled.code}/sebagian", data=fill(client, settled.code, "sebagian", said))
    shown = page(client, settled.code)
    box = shown.partition('aria-labelledby="beres"')[2].partition("</section>")[0]
    for words in ("Anda menyatakan baru sebagian beres.", "Malam juga", "masih dapat mengubahnya sampai", "/beres"):
        assert words in box
    assert "Apakah sudah beres?" not in shown
    assert "Pagi masih ramai" not in box


def test_a_new_settling_is_asked_about_again(client: FlaskClient, settled: Handed) -> None:
    client.post(f"/lacak/{settled.code}/sebagian", data=fill(client, settled.code, "sebagian", "Pagi masih ramai"))
    cases.act(settled.number, "reopen")
    cases.act(settled.number, "settle")
    assert "Apakah sudah beres?" in page(client, settled.code)


def test_what_another_said_of_it_is_not_ones_own_answer(client: FlaskClient, settled: Handed, keys: Keys) -> None:
    cases.act(settled.number, "reopen")
    code, _joiner = join(settled.number, keys)
    cases.act(settled.number, "settle")
    client.post(f"/lacak/{code}/belum", data=fill(client, code, "belum", "Kata Jo"))
    assert "Apakah sudah beres?" in page(client, settled.code)
    assert "Anda menyatakan belum beres." in page(client, code)


def test_a_remark_is_thanked_as_one_and_needs_words(client: FlaskClient, handed: Handed) -> None:
    assert "(boleh kosong)" not in page(client, handed.code, "/tambah")
    data = fill(client, handed.code, "tambah", "Malam ini lagi")
    answered = client.post(f"/lacak/{handed.code}/tambah", data=data, follow_redirects=True)
    assert "Keterangan Anda sudah kami terima" in answered.text


def test_the_question_is_answered(client: FlaskClient, asked: Handed) -> None:
    assert QUESTION in page(client, asked.code)
    assert QUESTION in page(client, asked.code, "/jawab")
    client.post(f"/lacak/{asked.code}/jawab", data=fill(client, asked.code, "jawab", "RT 2"))
    shown = page(client, asked.code)
    assert "RT 2" in shown
    assert "Jawab pertanyaan ini" not in shown


def test_waiting_says_that_the_clock_stands_still_and_how_long(client: FlaskClient, asked: Handed) -> None:
    assert "kami undur selama menunggu jawaban Anda, paling lama sampai" in page(client, asked.code)


@pytest.mark.parametrize("days", [10, 40, 90])
def test_a_due_day_moves_on_while_the_resident_is_waited_for(
    client: FlaskClient, asked: Handed, keys: Keys, monkeypatch: pytest.MonkeyPatch, days: int
) -> None:
    second, third = send(keys=keys), NOW + timedelta(days=days)
    fresh()
    cases.act(second.number, "exclude", exclusion=Exclusion.DUPLICATE, first_report=asked.number)
    promised = cases.report(asked.number).settle_due
    monkeypatch.setattr(clock, "now", lambda: third)
    told = client.get(f"/api/v1/complaints/{asked.code}").get_json()
    follower = client.get(f"/api/v1/complaints/{second.code}").get_json()
    answer(asked.number, "reply", "RT 2", now=third)
    due = cases.report(asked.number).settle_due
    assert due > promised
    assert told["due_on"] == follower["due_on"] == due.isoformat()
    assert told["working_days_left"] == client.get(f"/api/v1/complaints/{asked.code}").get_json()["working_days_left"]


def test_a_closed_report_has_no_due_day(client: FlaskClient, settled: Handed) -> None:
    assert client.get(f"/api/v1/complaints/{settled.code}").get_json()["due_on"] is None


def test_a_due_day_is_told_in_working_days_and_why_it_slipped(
    client: FlaskClient, asked: Handed, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = NOW + timedelta(days=7)
    answer(asked.number, "reply", "RT 2", now=later)
    monkeypatch.setattr(clock, "now", lambda: later)
    shown = page(client, asked.code)
    assert re.search(r"Masih \d+ hari kerja lagi", shown)
    assert "karena kami menunggu jawaban Anda" in shown


def test_a_late_report_says_so(client: FlaskClient, handed: Handed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=60))
    assert re.search(r"Terlambat \d+ hari kerja", page(client, handed.code))


def test_until_when_an_answer_counts_is_told(client: FlaskClient, settled: Handed) -> None:
    assert "Anda dapat menjawab sampai" in page(client, settled.code)


def test_an_expired_form_comes_back_filled(client: FlaskClient, settled: Handed) -> None:
    data = fill(client, settled.code, "belum", "Masih ramai") | {"csrf_token": "old"}
    answered = client.post(f"/lacak/{settled.code}/belum", data=data)
    assert answered.status_code == 400
    assert "Masih ramai" in answered.text
    assert "tekan tombolnya sekali lagi" in answered.text
    assert status(settled) == Status.SETTLED


def test_missing_words_are_asked_for(client: FlaskClient, settled: Handed) -> None:
    answered = client.post(f"/lacak/{settled.code}/belum", data=fill(client, settled.code, "belum"))
    assert answered.status_code == 422
    assert "Tulis keterangan Anda." in answered.text


def test_what_changed_meanwhile_is_shown_with_the_words_kept(client: FlaskClient, settled: Handed) -> None:
    data = fill(client, settled.code, "belum", "Masih ramai")
    cases.act(settled.number, "reopen")
    answered = client.post(f"/lacak/{settled.code}/belum", data=data)
    assert answered.status_code == 422
    assert "baru saja berubah" in answered.text
    assert "Masih ramai" in answered.text


def test_what_can_not_be_done_leads_back(client: FlaskClient, handed: Handed) -> None:
    assert client.get(f"/lacak/{handed.code}/beres").location == f"/lacak/{handed.code}"


def test_a_joiner_sees_the_case_and_not_the_first_reporters_words(
    client: FlaskClient, asked: Handed, keys: Keys
) -> None:
    code, _joiner = join(asked.number, keys)
    answer(asked.number, "reply", "Saya Siti, RT 2")
    answer(asked.number, "add", "Kata Siti")
    shown = page(client, code)
    assert "Anda ikut melaporkan kejadian ini." in shown
    assert "Pelapor pertama sudah menjawab" in shown
    for hidden in ("Siti", QUESTION, "Rahasia saya"):
        assert hidden not in shown


def test_a_joiner_may_dispute_and_not_confirm(client: FlaskClient, settled: Handed, keys: Keys) -> None:
    cases.act(settled.number, "reopen")
    code, _joiner = join(settled.number, keys)
    cases.act(settled.number, "settle")
    shown = page(client, code)
    assert "/belum" in shown
    assert "/beres" not in shown
    client.post(f"/lacak/{code}/belum", data=fill(client, code, "belum", "Kata Jo"))
    assert (status(settled), cases.report(settled.number).response) == (Status.SETTLED, "disputed")
    first = page(client, settled.code)
    assert "Pelapor lain menyatakan belum beres." in first
    assert "Kata Jo" not in first
    assert "Kata Jo" in page(client, code)


def test_a_duplicate_follows_the_first_report(client: FlaskClient, settled: Handed, keys: Keys) -> None:
    answer(settled.number, "half_fixed", "Kata pelapor pertama")
    second = send(keys=keys)
    join(second.number, keys)
    fresh()
    cases.act(second.number, "exclude", exclusion=Exclusion.DUPLICATE, first_report=settled.number)
    shown = page(client, second.code)
    assert "Selesai" in shown
    assert "Sudah kami tangani" in shown
    for hidden in (settled.number, "Kata pelapor pertama", "Rahasia saya", "/beres", "Tambah keterangan"):
        assert hidden not in shown


def test_programs_are_told_what_can_be_said(client: FlaskClient, asked: Handed) -> None:
    found = client.get(f"/api/v1/complaints/{asked.code}").get_json()
    assert found["question"] == QUESTION
    assert "reply" in found["can"]
    assert found["waits_until"] > "2026-10-01"
    assert found["answer_by"] is None


def test_the_receipt_can_be_kept_as_a_picture(client: FlaskClient, handed: Handed) -> None:
    answered = client.post("/lacak/gambar", data={"receipt": handed.code})
    assert answered.mimetype == "image/png"
    assert handed.number in answered.headers["Content-Disposition"]
    assert Image.open(BytesIO(answered.data)).size == (1080, 1350)


def test_the_page_holds_a_sheet_for_the_printer(client: FlaskClient, handed: Handed) -> None:
    sheet = page(client, handed.code).partition('<article class="sheet-of-paper">')[2].partition("</article>")[0]
    for shown in (handed.number, str(handed.code), "<svg", "ketik kodenya"):
        assert shown in sheet
    for control in ("<button", "<a ", "<form"):
        assert control not in sheet


def test_no_picture_is_made_of_a_code_that_nobody_has(client: FlaskClient) -> None:
    assert client.post("/lacak/gambar", data={"receipt": "MBS-00000-00000-0"}).status_code == 404


def test_whatsapp_is_only_offered(client: FlaskClient, handed: Handed) -> None:
    link = re.search(r'<a[^>]*href="(https://wa\.me/\?text=[^"]+)"', page(client, handed.code))
    assert link
    assert str(handed.code) in link[1]
    assert "noreferrer" in link[0]


def test_the_handling_is_rated_by_link_once_it_is_settled(client: FlaskClient, settled: Handed) -> None:
    found = re.search(r'href="(/survei/penanganan/[^"]+)"', page(client, settled.code))
    assert found
    assert client.get(found[1]).status_code == 200


def test_nothing_is_to_be_rated_before(client: FlaskClient, handed: Handed) -> None:
    assert "/survei/penanganan/" not in page(client, handed.code)


def test_looking_at_a_settled_report_sets_no_cookie(client: FlaskClient, settled: Handed) -> None:
    assert "Set-Cookie" not in client.get(f"/lacak/{settled.code}").headers
