"""Gathers what the pages of the follow-up plan show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from core.calendar import Month
from core.errors import or_none
from core.figures import printed
from core.periods import Period
from offices import attachments
from offices import queries as offices
from offices.models import Attachment, Office, Service
from survey.elements import ELEMENTS, ElementKey
from survey.figures import building
from survey.figures.page import Tab, change_words, next_begun, tabs
from survey.figures.priorities import Priority, priorities
from survey.review import outcomes, plans, queries, suggestion_queries
from survey.review.asking import LENGTH
from survey.review.models import FollowUp
from survey.review.outcomes import Measured, Outcome
from survey.review.terms import STATUS_LABELS, Status

NAMES = {element.key.value: f"U{element.number} {element.name}" for element in ELEMENTS}

ASKED_ANEW = _l("Kuesionernya berganti, jadi perubahan dapat berasal dari pertanyaannya.")


@dataclass(frozen=True)
class PlanLine:
    """A line of the plan in words; `suggestions`: how many it answers."""

    row: FollowUp
    element: str
    service: str
    due: str
    status: str
    outcome: Outcome
    suggestions: int

    @property
    def became(self) -> Measured | None:
        """Its newest measurement after the plan's period."""
        return self.outcome.last


@dataclass(frozen=True)
class PlanPage:
    """The plan of a period; `planned` are the elements that it names already, `others` the other periods with one."""

    period: Period
    tabs: Sequence[Tab]
    next: Period | None
    lines: Sequence[PlanLine]
    priorities: Sequence[Priority]
    planned: frozenset[str]
    others: Sequence[tuple[Period, int]]


@dataclass(frozen=True)
class LinePage:
    """One line, and all evidence that stands beside it."""

    line: PlanLine
    period: Period
    evidence: Sequence[Attachment]
    services: Sequence[Service]
    people: Mapping[str, str]


def period_asked(session: Session, office_id: int, text: str, this_month: Month) -> Period:
    """The period of the address; else the newest one that has a plan, else the last half-year that has ended."""
    asked = or_none(Period.parse, text)
    if asked and asked.first <= this_month:
        return asked
    planned = queries.planned_periods(session, office_id)
    return Period.parse(planned[0][0]) if planned else Period.around(this_month, LENGTH).previous()


def plan_page(session: Session, office: Office, period: Period, this_month: Month) -> PlanPage:
    """The page of a period, by a fixed number of readings."""
    rows = queries.of_period(session, office.id, str(period))
    figures, earlier = (building.build(session, office, each) for each in (period, period.previous()))
    planned = queries.planned_periods(session, office.id)
    return PlanPage(
        period=period,
        tabs=tabs(period, this_month),
        next=next_begun(period, this_month),
        lines=_lines(session, office.id, rows, this_month),
        priorities=priorities(figures, earlier),
        planned=frozenset(row.element for row in rows if row.status != Status.DROPPED),
        others=[(Period.parse(text), count) for text, count in planned if text != str(period)],
    )


def line_page(session: Session, office_id: int, follow_up_id: UUID, this_month: Month) -> LinePage:
    """The page of one line; raises Missing."""
    row = queries.follow_up(session, office_id, follow_up_id)
    return LinePage(
        line=_lines(session, office_id, [row], this_month)[0],
        period=Period.parse(row.period),
        evidence=attachments.of(session, office_id, plans.about(row.id)),
        services=offices.services(session, office_id),
        people=offices.people(session, office_id),
    )


def _lines(session: Session, office_id: int, rows: Sequence[FollowUp], this_month: Month) -> list[PlanLine]:
    became = outcomes.what_became(session, office_id, rows, this_month)
    answered = suggestion_queries.of_follow_ups(session, office_id, [row.id for row in rows])
    services = {each.code: each.name for each in offices.services(session, office_id)}
    return [_line(row, services, became[row.id], answered.get(row.id, 0)) for row in rows]


def _line(row: FollowUp, services: Mapping[str, str], outcome: Outcome, suggestions: int) -> PlanLine:
    return PlanLine(
        row=row,
        element=NAMES[ElementKey(row.element).value],
        service=services.get(row.service_code, row.service_code) if row.service_code else "",
        due=Period.parse(row.due).long,
        status=str(STATUS_LABELS[Status(row.status)]),
        outcome=outcome,
        suggestions=suggestions,
    )


def measured_words(before: Measured, after: Measured) -> str:
    """What became of the element, in a sentence."""
    if after.index is None:
        return _("%(period)s: tidak ada penilaian.", period=after.period.long)
    values = {"period": after.period.long, "before": printed(before.index), "after": printed(after.index)}
    if after.change is None:
        return _("%(period)s: %(after)s. Terlalu sedikit responden untuk membandingkan.", **values)
    words = _("%(period)s: dari %(before)s menjadi %(after)s, %(change)s.", **values, change=change_words(after.change))
    return f"{words} {ASKED_ANEW}" if after.is_asked_anew else words
