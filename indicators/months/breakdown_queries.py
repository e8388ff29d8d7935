"""Named reads for the lower half of the monthly page; all as recorded by a moment."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints.case_models import Finding
from complaints.models import Complaint, Event
from complaints.oversight import anomalies, anomaly_queries
from complaints.oversight.anomalies import Left, Settling
from complaints.terms import Move
from core.calendar import Month, day_range
from core.periods import Period
from indicators.months.breakdown_parts import NOBODY, Oversight
from indicators.queries import PATROL
from indicators.recount import exclusion_at, standing
from indicators.rows import Counted, settler_at, stands_settled
from survey.models import Rating
from survey.review.models import SuggestionTurn
from survey.review.suggestion_queries import SOMETHING

REPLACED = (Move.REISSUE.value,)


def settlers(session: Session, counted: Counted, period: Period) -> Counter[str]:
    """How many of the period's valid reports stand settled at its end, by whose settling (NOBODY: an import's)."""
    last, moment = period.last.last_day, counted.recorded_by
    source = sa.true() if counted.patrol else Complaint.source != PATROL
    cohort = Complaint.received_on.between(period.first.first_day, last)
    settled = (
        sa.select(settler_at(last, moment).label("settler"))
        .where(Complaint.office_id == counted.office_id, cohort, source, standing(moment))
        .where(exclusion_at(moment).is_(None), stands_settled(last, moment))
        .subquery()
    )
    rows = session.execute(sa.select(settled.c.settler, sa.func.count()).group_by(settled.c.settler))
    return Counter({NOBODY if who is None else str(who): count for who, count in rows})


def oversight(session: Session, office_id: int, period: Period, moment: datetime) -> Oversight:
    """What stands out, in four readings; habits are those of a month."""
    first, last = period.first.first_day, period.last.last_day
    settlings = anomaly_queries.settlings_between(session, office_id, first, last, moment)
    excluded = _excluded(session, office_id, period, moment)
    said = _said(session, office_id, period, moment)
    found, unexplained = _findings(session, office_id, period, moment)
    crowded, excluding = _habits(settlings, excluded, period)
    return Oversight(
        hasty=len(anomalies.hasty(settlings)),
        crowded=crowded,
        excluding=excluding,
        denials=sum(said[move] for move in anomaly_queries.DENIALS),
        replaced=said[Move.REISSUE.value],
        findings=found,
        unexplained=unexplained,
    )


def suggestions_open(session: Session, office_id: int, period: Period, moment: datetime) -> int:
    """How many suggestions nobody had handled or hidden by then, or that were open again."""
    start, end = period.first.first_day, period.last.day_after
    standing_then = sa.or_(Rating.withdrawn_at.is_(None), Rating.withdrawn_at > moment)
    given = (Rating.office_id == office_id, SOMETHING, Rating.day >= start, Rating.day < end)
    last = (
        sa.select(SuggestionTurn.is_open)
        .where(SuggestionTurn.office_id == Rating.office_id, SuggestionTurn.rating_id == Rating.id)
        .where(SuggestionTurn.turned_at <= moment)
        .order_by(SuggestionTurn.turned_at.desc(), SuggestionTurn.id.desc())
        .limit(1)
        .correlate(Rating)
        .scalar_subquery()
    )
    chosen = sa.select(sa.func.count()).select_from(Rating).where(*given, Rating.recorded_at <= moment, standing_then)
    return session.scalars(chosen.where(sa.func.coalesce(last, sa.true()))).one()


def _excluded(session: Session, office_id: int, period: Period, moment: datetime) -> list[tuple[Month, Left]]:
    """All that people excluded, with its month; only how many matters, so the reports stay unnamed."""
    days = Event.day.between(period.first.first_day, period.last.last_day)
    of_people = (Event.move == Move.EXCLUDE, Event.actor_id.is_not(None), Event.recorded_at <= moment)
    chosen = sa.select(Event.day, Event.actor_id).where(Event.office_id == office_id, days, *of_people)
    return [(Month.of_day(day), Left("", officer)) for day, officer in session.execute(chosen) if officer]


def _habits(settlings: Sequence[Settling], excluded: Sequence[tuple[Month, Left]], period: Period) -> tuple[int, int]:
    """How often, in a month of the period, an officer settled most of it in its last days, or excluded much."""
    crowded = excluding = 0
    for month in period.months:
        of_month = [each for each in settlings if Month.of_day(each.day) == month]
        left = [each for when, each in excluded if when == month]
        crowded += len(anomalies.crowded(of_month, month))
        excluding += len(anomalies.many_excluded(left, of_month))
    return crowded, excluding


def _said(session: Session, office_id: int, period: Period, moment: datetime) -> Counter[str]:
    """How many denials and replaced receipts there were."""
    days = Event.day.between(period.first.first_day, period.last.last_day)
    moves = Event.move.in_((*anomaly_queries.DENIALS, *REPLACED))
    chosen = sa.select(Event.move, sa.func.count()).where(Event.office_id == office_id, days, moves)
    rows = session.execute(chosen.where(Event.recorded_at <= moment).group_by(Event.move))
    return Counter({move: count for move, count in rows})  # noqa: C416 (dict() can't type the rows)


def _findings(session: Session, office_id: int, period: Period, moment: datetime) -> tuple[int, int]:
    """Found in proofs, and of these not explained by then."""
    start, end = day_range(period.first.first_day)[0], day_range(period.last.last_day)[1]
    unexplained = sa.or_(Finding.explained_at.is_(None), Finding.explained_at > moment)
    chosen = sa.select(sa.func.count(), sa.func.sum(sa.case((unexplained, 1), else_=0))).where(
        Finding.office_id == office_id, Finding.found_at >= start, Finding.found_at < end, Finding.found_at <= moment
    )
    found, open_ = session.execute(chosen).one()
    return found, int(open_ or 0)
