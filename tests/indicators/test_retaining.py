"""What goes by itself: each kind of erasing leaves every figure as it was, and the chains whole."""

from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from complaints import consents, queries
from complaints.consents import Purpose
from complaints.following import corrections
from complaints.law_models import Consent, Correction
from complaints.queries import Opened
from complaints.terms import PhotoKind
from core.calendar import Month
from core.db import db, reader, transaction
from core.outbox_models import Message
from indicators import backups, nightly, retaining
from indicators.locks import verifying
from indicators.locks.models import MonthLock
from offices import audit, settings
from offices.audit_models import AuditEntry
from offices.law.keeping import KEEPING, Kind
from offices.law.models import Erasure
from survey.models import ERASED, Rating
from tests import make
from tests.complaints.test_erasure import photo, told
from tests.complaints.test_search import found
from tests.indicators.locks import given_locks

LONG_AGO = datetime(2026, 1, 10, 3, 0, tzinfo=UTC)
NIGHT = LONG_AGO + timedelta(days=365 * 6)
LAST = NIGHT.date()
MONTH, MONTH_ENDED = Month(2026, 1), datetime(2026, 1, 31, 18, 0, tzinfo=UTC)


def everything_old() -> None:
    """One of each kind that goes."""
    ended = make.complaint(now=LONG_AGO, due_on=None, status="final", settled_at=LONG_AGO)
    make.contact(ended)
    opened = Opened(make.OFFICE, ended, None)
    consents.renew(opened=opened, purpose=Purpose.EMAIL, now=LONG_AGO)
    corrections.ask(opened=opened, wanted="Tulisan yang benar", now=LONG_AGO)
    photo(ended, PhotoKind.RESIDENT)
    told(ended)
    spam = make.complaint(now=LONG_AGO, due_on=None, status="excluded", description="Fitnah tetangga")
    make.happened(spam, "exclude", exclusion="spam", now=LONG_AGO)
    for answer in (2, 4):
        make.rating(answer=answer, suggestion="Antrenya lama sekali", now=LONG_AGO)
    make.given_up_message(now=LONG_AGO)
    noted()


@transaction
def noted(session: Session) -> None:
    audit.note(session, make.OFFICE, "siti@mumbulsari.example", "setting.set", "weight", {"a": "b"}, now=LONG_AGO)


def test_every_kind_is_erased_and_written_down(any_app: Flask) -> None:
    everything_old()
    erase()
    db.session.rollback()
    kinds = dict(reader().execute(sa.select(Erasure.kind, Erasure.count)).all())
    assert kinds.keys() == set(Kind)
    assert (kinds[Kind.SUGGESTIONS], kinds[Kind.SPAM], kinds[Kind.MESSAGES]) == (2, 1, 1)
    assert set(reader().scalars(sa.select(Rating.suggestion))) == {ERASED}
    assert not reader().scalars(sa.select(Message).where(Message.given_up_at.is_not(None))).all()
    assert set(reader().scalars(sa.select(AuditEntry.actor).where(AuditEntry.at == LONG_AGO))) == {"(sudah dihapus)"}
    assert not found("fitnah")


def test_no_figure_changes_and_the_chains_hold(any_app: Flask) -> None:
    everything_old()
    given_locks.night(MONTH_ENDED)
    locked_at = MONTH_ENDED + timedelta(hours=9)
    given_locks.lock(locked_at, month=MONTH, seen=given_locks.ready(locked_at, MONTH).seen)
    before = figures()
    erase()
    nightly.run_all(lambda: NIGHT)
    assert figures() == before
    assert queries.verify_chain(reader(), make.OFFICE) is None
    assert [proof.holds for proof in verifying.verify(reader(), given_locks.office(), MONTH)] == [True]


def test_what_was_agreed_to_and_wished_for_goes_with_the_identity(app: Flask) -> None:
    everything_old()
    erase()
    db.session.rollback()
    assert reader().scalars(sa.select(Consent)).all() == []
    (wish,) = reader().scalars(sa.select(Correction))
    assert (wish.wanted, wish.before, wish.answer, wish.asked_at) == ("", "", "", LONG_AGO)


def test_a_clock_that_jumped_years_ahead_erases_nothing_of_any_kind_for_a_day(app: Flask) -> None:
    everything_old()
    counts = []
    for moment in (LONG_AGO + timedelta(days=1), NIGHT, NIGHT + timedelta(hours=11), NIGHT + timedelta(days=1)):
        nightly.run_now(lambda at=moment: at, nightly.recount_marked)  # type: ignore[misc]
        db.session.rollback()
        counts.append(reader().scalar(sa.select(sa.func.count(Erasure.kind.distinct()))))
    assert counts == [0, 0, 0, len(Kind)]


def test_a_second_night_finds_nothing(any_app: Flask) -> None:
    everything_old()
    for _night in range(2):
        erase()
    db.session.rollback()
    assert reader().scalar(sa.select(sa.func.count()).select_from(Erasure)) == len(Kind)


def test_what_is_young_or_open_stays(any_app: Flask) -> None:
    make.contact(make.complaint(now=LONG_AGO, due_on=date(2026, 2, 1)))
    make.rating(suggestion="Baru saja", now=LONG_AGO)
    erase(LONG_AGO.date() + timedelta(days=20))
    db.session.rollback()
    assert reader().scalars(sa.select(Erasure)).all() == []


def test_every_kind_has_a_setting_and_an_eraser() -> None:
    assert KEEPING.keys() == retaining.ERASERS.keys() == set(Kind)
    assert {each.setting for each in KEEPING.values()} <= settings.KNOWN.keys()


@transaction
def erase(session: Session, night: date = LAST, /) -> None:
    retaining.erase_due(session, night, now=NIGHT)


def figures() -> str:
    """The stored sums of every month, and what its pages count of them."""
    db.session.rollback()
    locks = [each.content for each in reader().scalars(sa.select(MonthLock))]
    return backups.monthly_rows(reader()) + backups.last_summary(reader()) + str(locks)
