"""A month is locked as it was counted, with what proves it; whatever comes later makes a further version."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
from flask import Flask

from core.calendar import A_MOMENT, Month
from core.db import db, reader
from core.errors import Missing, Refused
from core.periods import Period
from indicators import targets
from indicators.locks import locking, queries, verifying
from indicators.locks.inputs import hash_of_inputs
from indicators.locks.models import MonthLock
from indicators.months import storing
from indicators.months.export import Version
from indicators.months.open_row import OpenRow
from indicators.sheet import Indicator
from offices import queries as offices
from tests import make
from tests.indicators.locks import given_locks as given
from tests.indicators.locks.given_locks import AT, CAMAT, MINUTE, NIGHT, SEKCAM
from tests.indicators.test_summary import MID, OCTOBER


def stored() -> MonthLock:
    db.session.rollback()
    found = queries.newest(reader(), make.OFFICE, OCTOBER)
    assert found is not None
    return found


def approve(version: int) -> None:
    locking.approve(office_id=make.OFFICE, month=OCTOBER, version=version, by=CAMAT, now=AT)


def test_a_locked_month_keeps_its_figures_and_what_proves_them(any_app: Flask) -> None:
    given.locked()
    row = stored()
    assert (row.version, row.as_of, row.locked_at, row.locked_by) == (1, NIGHT, AT, SEKCAM)
    assert json.loads(row.figures)["settlement"] == "50.00"
    assert storing.hash_of(row.content) == row.content_hash
    assert row.anchor_events == 3
    assert json.loads(row.definitions)["settings"]["weight"] == "1/9"
    published = storing.value_of(row.published, OpenRow)
    assert (published.index.value, published.settlement.received) == (Decimal("75.00"), 2)
    assert [entry.action for entry in offices.audit_trail(reader(), make.OFFICE)][:1] == ["month.lock"]


def test_the_anchor_holds_no_event_that_the_figures_have_not(any_app: Flask) -> None:
    given.october()
    make.complaint(now=NIGHT)
    make.complaint(now=NIGHT + A_MOMENT)
    given.night()
    given.lock()
    assert stored().anchor_events == 4
    assert stored().inputs_hash == hash_of_inputs(reader(), given.office(), given.PERIOD, NIGHT)
    assert given.seen().whole.summary.anchor.events == 3


def test_the_locked_figures_are_shown_whatever_comes_later(any_app: Flask) -> None:
    given.locked()
    given.late_rating()
    shown = given.seen()
    assert (shown.version.number, shown.version.is_locked, shown.version.is_changed) == (1, True, True)
    assert shown.whole.summary.survey.index.value == Decimal("75.00")
    assert [(each.locked, each.now) for each in shown.differences][:1] == [("75,00", "62,50")]
    assert shown.lock is not None
    assert shown.lock.number == 1


def test_nothing_changed_is_no_difference(any_app: Flask) -> None:
    given.locked()
    given.night(AT + MINUTE)
    assert (list(given.seen().differences), given.seen().version.is_changed) == ([], False)


def refused(**values: Any) -> str:
    with pytest.raises(Refused) as refusal:
        given.lock(**values)
    return refusal.value.message


def test_a_running_month_is_not_locked(any_app: Flask) -> None:
    given.october()
    given.night(MID)
    assert "masih berjalan" in refused(now=MID + MINUTE)


def test_a_month_that_no_night_has_counted_to_its_end_is_not_locked(any_app: Flask) -> None:
    given.october()
    given.night(OCTOBER.range[1] - MINUTE)
    assert "Belum ada hitungan sesudah akhir bulan" in refused()


def test_a_count_of_this_minute_must_rest(any_app: Flask) -> None:
    given.october()
    given.night()
    assert "Baru saja dihitung" in refused(now=NIGHT + MINUTE / 2)
    assert given.lock(now=NIGHT + MINUTE) == 1


def test_what_was_written_after_the_count_asks_for_another(any_app: Flask) -> None:
    given.october()
    given.night()
    targets.set_target(
        office_id=make.OFFICE, year=2026, indicator=Indicator.IKM, value=Decimal(80), by="tests", now=NIGHT + MINUTE
    )
    assert "Hitung sekarang" in refused()
    given.night(NIGHT + 2 * MINUTE)
    assert given.lock() == 1


def test_figures_that_nobody_saw_are_not_locked(any_app: Flask) -> None:
    given.october()
    given.night()
    assert "berubah sesudah Anda membukanya" in refused(seen="0" * 64)


def test_soft_items_are_left_knowingly_and_kept(any_app: Flask) -> None:
    given.october()
    given.night()
    assert "belum dicentang. Masih terbuka: register terisi" in refused(despite_open=False)
    given.lock()
    assert stored().left_open == "registers notes"


def test_a_further_version_needs_a_reason(any_app: Flask) -> None:
    given.locked()
    assert "mengapa" in refused()
    assert given.lock(reason="Laporan ganda dikeluarkan") == 2
    assert [each.reason for each in queries.versions(reader(), make.OFFICE, OCTOBER)] == [
        "Laporan ganda dikeluarkan",
        "",
    ]
    assert given.seen().version.number == 2
    assert given.seen(version=1).version.number == 1
    with pytest.raises(Missing):
        given.seen(version=3)


def test_of_two_who_lock_at_once_one_does(any_app: Flask) -> None:
    given.october()
    given.night()
    found, both = given.ready(), Barrier(2)

    def press(who: str) -> object:
        with any_app.app_context():
            both.wait()
            try:
                return given.lock(by=who, version=found.version, seen=found.seen)
            except Refused as refusal:
                return refusal.message

    with ThreadPoolExecutor(2) as people:
        answers = list(people.map(press, (SEKCAM, "lain@mumbulsari.example")))
    first, second = sorted(map(str, answers))
    assert first == "1"
    assert "baru saja dikunci orang lain" in second
    db.session.rollback()
    assert len(queries.versions(reader(), make.OFFICE, OCTOBER)) == 1


def test_the_camat_approves_the_newest_version_once(any_app: Flask) -> None:
    given.locked()
    given.lock(reason="Salah ketik")
    with pytest.raises(Refused, match="versi 2"):
        approve(1)
    approve(2)
    with pytest.raises(Refused, match="sudah disetujui"):
        approve(2)
    lock = given.seen().lock
    assert lock is not None
    assert (lock.approved_by, lock.approved_at) == (CAMAT, AT)


def test_a_longer_period_is_never_locked_but_its_months_are(any_app: Flask) -> None:
    given.locked()
    quarter = Period.parse("2026-TW4")
    assert not given.seen(period=quarter).version.is_locked
    assert queries.locked_months(reader(), make.OFFICE, quarter) == {"2026-10": 1}
    with pytest.raises(Missing):
        given.seen(period=quarter, version=1)


def test_as_of_a_moment_is_what_was_known_then_locked_or_not(any_app: Flask) -> None:
    given.locked()
    make.rating(answer=1, now=AT + MINUTE, day=MID.date())
    before, early, late = (given.seen(as_of=moment) for moment in (AT - MINUTE, AT, AT + MINUTE))
    assert [each.whole.summary.survey.index.respondents for each in (before, early, late)] == [3, 3, 4]
    assert [replace(each.version, sealed=None) for each in (before, early, late)] == [
        Version(1),
        Version(1, is_locked=True),
        Version(1, is_locked=True, is_changed=True),
    ]
    assert [each.lock_then is not None for each in (before, early, late)] == [False, True, True]
    quarter = Period.parse("2026-TW4")
    assert [len(queries.locked_months(reader(), make.OFFICE, quarter, at)) for at in (AT - MINUTE, AT)] == [0, 1]


def test_as_of_a_moment_it_was_approved_only_later(any_app: Flask) -> None:
    given.locked()
    locking.approve(office_id=make.OFFICE, month=OCTOBER, version=1, by=CAMAT, now=AT + 2 * MINUTE)
    then = [given.seen(as_of=AT + n * MINUTE).lock_then for n in (1, 2)]
    assert [each.approved_by if each else "" for each in then] == [None, CAMAT]


def test_a_locked_month_is_proved(any_app: Flask) -> None:
    given.locked()
    given.late_rating()
    db.session.rollback()
    proved = verifying.verify(reader(), given.office(), Month(2026, 10))
    assert [(each.version, each.is_content, each.is_inputs, each.is_anchor, each.is_counted) for each in proved] == [
        (1, True, True, True, True)
    ]
