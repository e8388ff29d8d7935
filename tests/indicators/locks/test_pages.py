"""The Sekcam's checklist, the versions, the Camat's button, and the commands beside them."""

import json
from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask
from flask.testing import FlaskClient

from core import clock
from core.db import db
from indicators.locks.checklist import HARD, Check
from indicators.locks.models import MonthLock
from offices import audit_words, left_open
from tests import make
from tests.indicators.locks import given_locks as given
from tests.indicators.locks.given_locks import AT, MINUTE, NIGHT
from tests.indicators.test_summary import MID

LOCK, VERSIONS = "/ringkasan/2026-10/kunci", "/ringkasan/2026-10/versi"
SignIn = Callable[[str], FlaskClient]


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


def fields(client: FlaskClient, path: str = LOCK, **values: str) -> dict[str, str]:
    """The hidden fields of the page's last form, and what somebody types."""
    page = client.get(path).text
    names = ("csrf_token", "version", "seen")
    found = {name: page.rpartition(f'name="{name}" value="')[2].partition('"')[0] for name in names}
    return {name: value for name, value in found.items() if len(value) < 200} | values


def test_a_month_is_locked_on_its_page_and_approved_on_the_other(sign_in: SignIn) -> None:
    given.october()
    given.night()
    sekcam, camat = sign_in("secretary"), sign_in("head")
    answer = sekcam.post(LOCK, data=fields(sekcam, despite_open="y", letter_number="005/7"), follow_redirects=True)
    assert "Oktober 2026 dikunci sebagai versi 1." in answer.text
    assert "Menunggu persetujuan Camat" in answer.text
    assert "Setujui versi" not in answer.text
    pressed = fields(camat, VERSIONS)
    approved = camat.post("/ringkasan/2026-10/setujui", data=pressed, follow_redirects=True)
    assert "Disetujui Camat" in approved.text
    assert "005/7" in approved.text
    assert camat.post("/ringkasan/2026-10/setujui", data=pressed).status_code == 422


def test_a_locked_month_names_the_seal_of_its_end_and_that_of_its_lock(sign_in: SignIn) -> None:
    given.october()
    given.night()
    sekcam = sign_in("secretary")
    before = sekcam.get("/ringkasan/2026-10.json").get_json()
    assert before["anchor_at_lock"] is None
    sekcam.post(LOCK, data=fields(sekcam, despite_open="y"))
    after = sekcam.get("/ringkasan/2026-10.json").get_json()
    seal = after["anchor_at_lock"]
    locked = db.session.scalars(sa.select(MonthLock)).one()
    assert (seal["events"], seal["hash"]) == (locked.anchor_events, locked.anchor_hash)
    assert after["anchor"] == before["anchor"]
    assert seal["hash"][:8] in sekcam.get("/ringkasan/2026-10").text
    assert "catatan seperti saat dikunci" in sekcam.get(VERSIONS).text


def test_the_checklist_says_what_is_open_and_where_to_mend_it(sign_in: SignIn) -> None:
    given.october()
    make.complaint(now=MID, held_because="many", is_held=True)
    given.night()
    page = sign_in("secretary").get(LOCK).text
    assert "1 laporan bulan ini masih ditahan" in page
    assert "kelompok=ditahan" in page
    assert "Kunci sebagai versi 1" in page


def test_the_checklist_says_what_the_index_is_without_doubtful_ratings(sign_in: SignIn) -> None:
    given.october()
    for second in range(10):
        make.rating(answer=1, source="api", now=MID + timedelta(days=1, seconds=second))
    given.night()
    page = sign_in("secretary").get(LOCK).text
    assert "IKM survei kantor 36,54; tanpa 10 penilaian bertanda yang belum diputuskan: 75,00." in page


def test_what_is_open_is_not_locked_by_oversight(sign_in: SignIn) -> None:
    given.october()
    given.night()
    sekcam = sign_in("secretary")
    answer = sekcam.post(LOCK, data=fields(sekcam, letter_number="005/7"))
    assert answer.status_code == 422
    assert "Saya tahu, kunci juga" in answer.text
    assert "005/7" in answer.text


def test_before_the_night_there_is_a_button_to_count(sign_in: SignIn) -> None:
    given.october()
    sekcam = sign_in("secretary")
    page = sekcam.get(LOCK).text
    assert "Hitung sekarang" in page
    assert "Kunci sebagai" not in page
    data = {"csrf_token": make.token(sekcam, LOCK)}
    counted = sekcam.post("/ringkasan/2026-10/hitung", data=data, follow_redirects=True).text
    assert "hari dihitung ulang" in counted
    assert "Baru saja dihitung" in counted


def test_a_running_month_has_its_list(sign_in: SignIn) -> None:
    assert "masih berjalan" in sign_in("operator").get("/ringkasan/2026-11/kunci").text
    assert sign_in("head").get("/ringkasan/2027-01/kunci").status_code == 404


def test_only_the_sekcam_locks(sign_in: SignIn) -> None:
    given.october()
    given.night()
    camat = sign_in("head")
    assert "Hanya Sekcam" in camat.get(LOCK).text
    data = {"csrf_token": make.token(camat, "/petugas"), "version": "1"}
    assert camat.post(LOCK, data=data).status_code == 403


def test_what_changed_since_is_listed_before_a_further_version(sign_in: SignIn) -> None:
    given.locked(NIGHT + MINUTE)
    given.late_rating(NIGHT + 2 * MINUTE)
    sekcam = sign_in("secretary")
    assert "Kunci sebagai versi berikut dengan alasan" in sekcam.get("/ringkasan/2026-10").text
    assert "Kunci sebagai versi berikut" not in sign_in("head").get("/ringkasan/2026-10").text
    page = sekcam.get(LOCK).text
    assert "Berubah sesudah versi 1 dikunci" in page
    assert "2. Indeks Kepuasan Masyarakat (IKM): Responden" in page
    assert "Mengapa dikunci sekali lagi?" in page
    assert "diumumkan di /hasil/perubahan: jangan sebut nama siapa pun" in page


def test_as_of_a_moment_the_page_says_what_was_locked_by_then(sign_in: SignIn) -> None:
    given.locked()
    client, after = sign_in("secretary"), given.AT.isoformat().replace("+", "%2B")
    page = " ".join(client.get(f"/ringkasan/2026-10?pada={after}").text.split())
    assert 'dikunci sebagai versi 1: <a href="/ringkasan/2026-10?versi=1">lihat angka yang dikunci</a>' in page
    assert "belum dikunci" not in page
    assert "Periksa dan kunci" not in page
    said = client.get(f"/ringkasan/2026-10.json?pada={after}").json
    assert said is not None
    assert (said["locked"], said["version"], said["figures"]) == (True, 1, "counted")
    early = "pada=2026-11-02T00:00"
    assert "versi 1 (belum dikunci)" in client.get(f"/ringkasan/2026-10?{early}").text
    assert "0 dari 3 bulannya sudah dikunci" in client.get(f"/ringkasan/2026-TW4?{early}").text
    assert "1 dari 3 bulannya sudah dikunci" in client.get(f"/ringkasan/2026-TW4?pada={after}").text


def test_commands_lock_show_and_prove(app: Flask) -> None:
    given.october()
    given.night()
    by, camat = ["--by", make.staff("secretary")], make.staff("head")

    def run(args: Sequence[str]) -> Result:
        db.session.rollback()
        return app.test_cli_runner().invoke(args=args)

    assert "Bereskan dahulu" in run(args=["month", "lock", "2026-10", *by]).output
    assert "bukan akun Sekcam" in run(args=["month", "lock", "2026-10", "--by", camat]).output
    assert "versi 1" in run(args=["month", "lock", "2026-10", *by, "--anyway", "--number", "005/7"]).output
    given.late_rating()
    found = json.loads(run(args=["month", "versions", "2026-10", "--format", "json"]).output)
    assert [(each["version"], each["letter_number"], each["left_open"]) for each in found] == [
        (1, "005/7", ["registers", "notes"])
    ]
    assert "Versi 1: dikunci" in run(args=["month", "versions", "2026-10"]).output
    proved = run(args=["month", "verify", "2026-10"])
    assert (proved.exit_code, "TIDAK" in proved.output) == (0, False)
    shown = json.loads(run(args=["summary", "2026-10", "--format", "json"]).output)
    assert (shown["version"], shown["locked"], shown["changed_since_lock"]) == (1, True, True)
    assert shown["indicators"][1]["value"] == "75.00"
    assert "Berubah sesudah dikunci" in run(args=["summary", "2026-10"]).output
    assert run(args=["summary", "2026-10", "--version", "2"]).exit_code == 1
    open_again = json.loads(run(args=["summary", "2026-10", "--as-of", "2026-11-02T20:00", "--format", "json"]).output)
    assert (open_again["locked"], open_again["version"], open_again["figures"]) == (True, 1, "counted")


def test_what_was_left_open_has_words_in_the_trail(app: Flask) -> None:
    assert set(left_open.WORDS) == set(Check) - HARD
    with app.test_request_context():
        assert audit_words.told({"left_open": "doubtful notes"}) == [
            ("dibiarkan terbuka", "penilaian yang meragukan, catatan")
        ]
        assert audit_words.told({"left_open": ""}) == [("dibiarkan terbuka", "–")]
