"""What the office publishes of an ended period, with small groups hidden."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from complaints.reporting import held
from core import jobs
from core.calendar import Month
from core.periods import Period
from indicators import ledger, queries
from indicators.formulas import Settlement
from indicators.months.results import Index
from offices import queries as offices
from offices import settings
from offices.models import Office, Setting
from survey import queries as survey
from survey.figures import building, disclosure, users
from survey.figures import queries as survey_figures
from survey.figures.groups import ATTRIBUTES
from survey.figures.queries import Rated
from survey.figures.results import Figures, Group, Scored
from survey.intervals import Interval
from survey.review.models import FollowUp
from survey.review.queries import told_in
from survey.scores import Weight
from survey.visits.queries import ServiceDay, visits_between

SERVICE, SECTION = "service", "section"
LENGTHS = (1, 3, 6, 12)  # months of the periods that are published
MOST_FOLLOW_UPS = 6


@dataclass(frozen=True)
class Published:
    """`groups` are by what they are grouped by: service, section and what respondents said of themselves.
    `verified`: ratings that prove a visit, None where they, or the others, are too few to be told.
    `held`: reports of the period that still wait to be looked at; they are counted.
    """

    office: Office
    figures: Figures
    groups: Mapping[str, Sequence[Group]]
    verified: Scored | None
    settlement: Settlement
    held: int
    follow_ups: Sequence[FollowUp]


def build(session: Session, office: Office, period: Period) -> Published:
    """The period as the last night counted it, in a fixed number of readings."""
    figures = building.build(session, office, period)
    in_force = settings.on(offices.setting_rows(session, office.id), period.last.last_day)
    moves = queries.move_rows(session, office.id, period, patrol=settings.counts_patrol(in_force))
    seen = disclosure.public(figures)
    return Published(
        office=office,
        figures=figures,
        groups=_groups(seen),
        verified=seen.verified,
        settlement=ledger.settlement(moves, period),
        held=_held(session, office.id, period, figures.as_of),
        follow_ups=told_in(session, office.id, period, MOST_FOLLOW_UPS),
    )


def ended(session: Session, office_id: int) -> list[Period]:
    """The periods with figures that are over and counted to their end, the newest first, longer ones before shorter.

    One whose last day the night has not counted yet is none: whoever kept tonight's copy could tell that day's
    respondents from tomorrow's.
    """
    moment = counted_at(session)
    if moment is None:
        return []
    months = map(Month.parse, queries.months_with_figures(session, office_id))
    around = {Period.around(month, length) for month in months for length in LENGTHS}
    over = (period for period in around if period.last < Month.of(moment))
    return sorted(over, key=lambda period: (period.last, period.length), reverse=True)


def counted_at(session: Session) -> datetime | None:
    """When the figures were counted last."""
    return jobs.last_started(session, jobs.NIGHTLY)


def _groups(seen: disclosure.Published) -> Mapping[str, Sequence[Group]]:
    """Tables whose small groups are hidden, also those that staff see whole. Points are not among them: one at which
    a single service is rated is a part of that service, and the one less the other would tell the rest.
    """
    asked: dict[str, Sequence[Group]] = {each: seen.groups[each] for each in ATTRIBUTES}
    return {SERVICE: seen.services, SECTION: seen.sections, **asked}


def _held(session: Session, office_id: int, period: Period, moment: datetime | None) -> int:
    if moment is None:
        return 0
    first, day_after = period.first.first_day, period.last.day_after
    return sum(held.by_day(session, office_id, first=first, day_after=day_after, recorded_by=moment).values())


@dataclass(frozen=True)
class MonthRow:
    """One month of the series; `editions` are those of the questionnaire that its ratings were given on."""

    period: Period
    index: Index
    interval95: Interval | None
    settlement: Settlement
    editions: frozenset[str] = frozenset()


def series(session: Session, office: Office, months: Sequence[Month]) -> list[MonthRow]:
    """The same figures of each month, oldest first, in a fixed number of readings; [] for no months."""
    if not months:
        return []
    span = Period(min(months), max(months))
    rows = offices.setting_rows(session, office.id)
    ratings = survey_figures.service_rows(session, office.id, span)
    moves = {
        patrol: queries.move_rows(session, office.id, span, patrol=patrol)
        for patrol in {settings.counts_patrol(settings.on(rows, month.last_day)) for month in months}
    }
    read = _Read(
        settings=rows,
        ratings=ratings,
        visits=visits_between(session, office.id, span.first.first_day, span.last.day_after),
        moves=moves,
        items=survey.items_per_element(session, office.id),
    )
    return [_month_row(Period.of(month), read) for month in sorted(months)]


@dataclass(frozen=True)
class _Read:
    """What was read for a series; `moves` with patrol findings and without."""

    settings: Sequence[Setting]
    ratings: Sequence[Rated]
    visits: Mapping[ServiceDay, int]
    moves: Mapping[bool, Sequence[ledger.MoveRow]]
    items: building.ItemCounts


def _month_row(period: Period, read: _Read) -> MonthRow:
    in_force = settings.on(read.settings, period.last.last_day)
    counting = building.Counting(read.items, Weight.parse(in_force["weight"]))
    rated = [row for row in read.ratings if period.holds(row.month)]
    sums = counting.pooled((row.edition_code, row.counts) for row in rated)
    scored = counting.scored("", "", sums, users.people(read.visits, read.settings, period, sums.tally.respondents))
    return MonthRow(
        period=period,
        index=Index(scored.respondents, scored.index, scored.grade),
        interval95=scored.interval95,
        settlement=ledger.settlement(read.moves[settings.counts_patrol(in_force)], period),
        editions=frozenset(row.edition_code for row in rated),
    )
