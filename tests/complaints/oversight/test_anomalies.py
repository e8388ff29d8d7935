"""Habits that stand out in a month, and those that don't; and the page on which they are seen."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from complaints.desk import reissue
from complaints.oversight import anomalies, anomaly_queries
from complaints.oversight.anomalies import CROWD_LEAST, EXCLUDED_LEAST, Left, Settling, crowded, hasty, many_excluded
from complaints.terms import Move
from core import clock
from core.calendar import Month
from core.db import read_afresh
from tests import make
from tests.complaints import cases, drawn, submitting
from tests.complaints.pictures.test_proofs import ONE, attach, handled

SignIn = Callable[[str], FlaskClient]
BUDI, SITI = UUID(int=1), UUID(int=2)
OCTOBER = Month(2026, 10)
NOON = datetime(2026, 10, 15, 5, 0, tzinfo=UTC)
OVERSEERS = ["section_head", "secretary", "head"]


def settling(*, officer: UUID = BUDI, day: int = 15, after: timedelta, begun: timedelta | None = None) -> Settling:
    """A report settled so long after its receipt; `begun`: and so long after handling began."""
    begun_at = None if begun is None else NOON - begun
    return Settling("TRB-1", officer, NOON, date(2026, 10, day), NOON - after, begun_at)


def ordinary(count: int, *, officer: UUID = BUDI, day: int = 15) -> list[Settling]:
    return [settling(officer=officer, day=day, after=timedelta(days=1))] * count


def test_a_report_settled_within_five_minutes_of_its_receipt_stands_out() -> None:
    found = hasty([settling(after=timedelta(minutes=5))])[0]
    assert (found.minutes, found.since_receipt) == (5, True)
    assert hasty([settling(after=timedelta(minutes=5, seconds=1))]) == []


def test_so_does_one_settled_as_soon_as_its_handling_began() -> None:
    found = hasty([settling(after=timedelta(days=9), begun=timedelta(seconds=20))])[0]
    assert (found.minutes, found.since_receipt) == (0, False)
    assert hasty([settling(after=timedelta(days=9), begun=timedelta(hours=1))]) == []


def test_a_month_settled_in_its_last_two_days_stands_out() -> None:
    pile = crowded(ordinary(CROWD_LEAST, day=30) + ordinary(CROWD_LEAST, day=3), OCTOBER)[0]
    assert (pile.officer, len(pile.numbers), pile.among, pile.percent) == (BUDI, 10, 20, 50)


@pytest.mark.parametrize(
    "settlings",
    [
        ordinary(CROWD_LEAST - 1, day=31),
        ordinary(CROWD_LEAST, day=31) + ordinary(CROWD_LEAST + 1, day=29),
        ordinary(5, day=31) + ordinary(5, day=31, officer=SITI),
    ],
    ids=["too few", "less than half", "two officers"],
)
def test_ordinary_work_at_the_months_end_does_not(settlings: list[Settling]) -> None:
    assert crowded(settlings, OCTOBER) == []


def test_an_officer_who_excludes_a_third_stands_out() -> None:
    left = [Left("TRB-2", BUDI)] * EXCLUDED_LEAST
    assert many_excluded(left, ordinary(2 * EXCLUDED_LEAST))[0].percent == 33
    assert many_excluded(left, ordinary(2 * EXCLUDED_LEAST + 1)) == []
    assert many_excluded(left[1:], []) == []
    assert many_excluded(left, ordinary(99, officer=SITI))[0].officer == BUDI


def test_the_month_is_read_with_who_settled_and_when_handling_began(any_app: Flask) -> None:
    officer, number = cases.officer(), handled()
    cases.act(number, "settle", actor=officer, now=cases.LATER + timedelta(minutes=3))
    found = anomaly_queries.settlings(read_afresh(), make.OFFICE, OCTOBER)[0]
    assert (found.number, found.officer, found.begun_at) == (number, officer, cases.LATER)
    assert len(hasty([found])) == 1
    assert anomaly_queries.settlings(read_afresh(), make.OFFICE, OCTOBER.next()) == []


def test_what_an_import_brought_was_settled_by_nobody(any_app: Flask) -> None:
    make.happened(make.complaint(), "settle", now=make.START)
    assert anomaly_queries.settlings(read_afresh(), make.OFFICE, OCTOBER) == []


def test_a_denial_names_who_had_settled(any_app: Flask) -> None:
    officer, number = cases.officer(), handled()
    cases.act(number, "settle", actor=officer)
    make.happened(cases.report(number).id, "deny", now=cases.LATER)
    found = anomaly_queries.denials(read_afresh(), make.OFFICE, OCTOBER)
    assert [(each.number, each.move, each.settled_by) for each in found] == [(number, Move.DENY, officer)]


def test_exclusions_are_read_by_officer(any_app: Flask) -> None:
    officer, number = cases.officer(), cases.case()
    cases.act(number, "exclude", actor=officer)
    assert anomaly_queries.excluded(read_afresh(), make.OFFICE, OCTOBER) == [Left(number, officer)]


def replaced(*after: str) -> str:
    """A report whose receipt got another code; then this happened."""
    handed = submitting.send()
    reissue.reissue(
        office_id=make.OFFICE, prefix="MBS", number=handed.number, joiner_id=None, issue=1, role="officer",
        actor_id=cases.officer(), reason="KTP cocok", keys=submitting.KEYS, now=cases.LATER,
    )  # fmt: skip
    for move in after:
        make.happened(cases.report(handed.number).id, move, now=cases.LATER)
    return handed.number


def test_replaced_codes_are_read_with_who_and_why_and_what_was_said_with_them(any_app: Flask) -> None:
    numbers = [replaced(), replaced("verify", "start", "settle", "confirm")]
    found = anomaly_queries.replaced(read_afresh(), make.OFFICE, OCTOBER)
    assert [(each.number, each.reason, each.confirmed) for each in found] == [
        (number, "KTP cocok", confirmed) for number, confirmed in zip(numbers, (False, True), strict=True)
    ]
    assert anomaly_queries.replaced(read_afresh(), make.OFFICE, OCTOBER.next()) == []


@pytest.fixture
def _october(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: cases.LATER)


def page(client: FlaskClient, path: str = "/petugas/temuan") -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.text


@pytest.mark.usefixtures("_october")
@pytest.mark.parametrize("role", OVERSEERS)
def test_overseers_see_a_used_photo_with_its_reason_and_both_reports(app: Flask, sign_in: SignIn, role: str) -> None:
    first, second = handled(), handled()
    attach(app, first, drawn.jpeg(ONE))
    cases.act(first, "settle", record_number="")
    attach(app, second, drawn.jpeg(ONE))
    shown = page(sign_in(role))
    assert "sudah pernah dipakai sebagai bukti" in shown
    assert "1 foto dipakai lagi" in shown
    assert "Belum dijelaskan" in shown
    assert f'href="/petugas/laporan/{first}"' in shown
    assert f'href="/petugas/laporan/{second}"' in shown
    assert 'loading="lazy"' not in shown, "what is below the fold would be printed as empty frames"


@pytest.mark.usefixtures("_october")
def test_every_kind_of_anomaly_leads_to_its_reports(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(anomalies, "EXCLUDED_LEAST", 1)
    monkeypatch.setattr(anomalies, "CROWD_LEAST", 1)
    monkeypatch.setattr(anomalies, "LAST_DAYS", 31)
    number, left = handled(), cases.case()
    cases.act(number, "settle")
    make.happened(cases.report(number).id, "deny", now=cases.LATER)
    cases.act(left, "exclude")
    shown = page(sign_in("secretary"))
    for part in ("0 menit sejak mulai ditangani", "1 dari 1 (100%)", "Selesai, tetapi disanggah warga", "Belum beres"):
        assert part in shown
    assert shown.count(f'href="/petugas/laporan/{number}"') == 3
    assert f'href="/petugas/laporan/{left}"' in shown


@pytest.mark.usefixtures("_october")
@pytest.mark.parametrize("role", OVERSEERS)
def test_overseers_see_whose_code_was_replaced_by_whom_and_why(sign_in: SignIn, role: str) -> None:
    number, shown = replaced(), page(sign_in(role))
    for part in ("Kode tanda terima diganti petugas: 1", "KTP cocok", f'href="/petugas/laporan/{number}"'):
        assert part in shown


@pytest.mark.usefixtures("_october")
def test_a_quiet_month_says_so(sign_in: SignIn) -> None:
    client = sign_in("head")
    assert "Tidak ada temuan bulan ini" in page(client)
    assert "Temuan September 2026" in page(client, "/petugas/temuan?bulan=2026-09")
    for wrong in ("2026-11", "kapan"):
        assert client.get(f"/petugas/temuan?bulan={wrong}").status_code == 404


def test_only_those_who_oversee_see_them(app: Flask, sign_in: SignIn) -> None:
    assert sign_in("officer").get("/petugas/temuan").status_code == 403
    assert make.signed_in(app, "section_head", section="pmks").get("/petugas/temuan").status_code == 403
    assert "/petugas/temuan" in sign_in("section_head").get("/petugas").text
    assert "/petugas/temuan" not in sign_in("officer").get("/petugas").text


def test_a_share_is_rounded_half_up_as_everywhere() -> None:
    assert anomalies.Pile(UUID(int=1), ["TRB-2026-00001"], 8).percent == 13
