"""Rates a visit by its code: what the code is worth now, and what it does to the rating."""

from datetime import date, datetime, timedelta
from functools import partial

from flask import current_app, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.exceptions import TooManyRequests

from core.calendar import wib_day
from core.errors import Missing, Refused
from core.guessing import guessing
from offices.current import current_office, office_of_code
from offices.models import Office
from survey import opened
from survey.forms import RatingForm
from survey.languages import spoken_date
from survey.service import Once, Visit
from survey.visits import codes, queries, service
from survey.visits.models import VisitCode

# The page of a code that was opened in time may come in later, from a phone that had no signal.
ON_ITS_WAY = timedelta(days=30)


class Expired(Refused):
    """The code's last day is over."""


class NoSuchCode(Missing):
    """Nobody was given this code."""


def key() -> bytes:
    """What codes are made with."""
    return str(current_app.config["RECEIPT_KEY"]).encode()


def find(session: Session, text: str) -> VisitCode | None:
    """The visit whose code somebody typed, in any writing; None when nobody was given it."""
    code = codes.parse(text, current_office().prefix)
    office = _office_of(code.prefix) if code else None
    if code is None or office is None:
        return None
    return queries.by_digest(session, office.id, codes.digest(key(), code))


def found(session: Session, text: str) -> VisitCode:
    """As `find`; raises NoSuchCode, ever more slowly, when nobody was given it."""
    visit = find(session, text)
    if visit is None:
        session.close()  # a guess must not hold a connection while it waits
        guessing().miss(request.remote_addr or "")
        raise NoSuchCode(_("Kode kunjungan ini tidak kami kenal. Periksa hurufnya."), "visit")
    return visit


def once(visit: VisitCode, stamped: str | None, now: datetime) -> Once:
    """How the visit's rating is kept; raises Expired. A used code passes: the same submission may come again."""
    if not visit.is_used and visit.valid_until < _day(visit, stamped, now):
        day = spoken_date(visit.valid_until)
        raise Expired(_("Kode kunjungan ini berlaku sampai %(day)s.", day=day), "visit")
    use = partial(service.use, office_id=visit.office_id, visit_id=visit.id)
    return Once(codes.once(key(), visit.id), Visit.CODE, visit.issued_by, use)


def once_if_any(session: Session, form: RatingForm, now: datetime) -> Once | None:
    """How the checked form's rating is kept: as any other where no code came with it, or one that is no good."""
    if not form.visit.data:
        return None
    try:
        visit = found(session, form.visit.data)
        return once(visit, form.opened.data, now) if visit.service_code == form.service.data else None
    except (NoSuchCode, Expired, TooManyRequests):
        return None


def stamp(visit: VisitCode) -> str:
    """Now, for the page of this visit: of another page nobody can tell whether its code was at hand."""
    return opened.stamp(visit.digest)


def _day(visit: VisitCode, stamped: str | None, now: datetime) -> date:
    passed = opened.age(stamped, now, visit.digest)
    return wib_day(now if passed is None or passed > ON_ITS_WAY else now - passed)


def _office_of(prefix: str) -> Office | None:
    """The request's own office needs no asking."""
    return current_office() if current_office().prefix == prefix else office_of_code(prefix)
