"""Reads everything that a report of a period is made of."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from core.calendar import wib_day
from core.periods import Period
from offices import queries as offices
from offices import settings
from offices.letterheads import letterhead
from offices.models import Office
from offices.papers.legible import legible
from survey.elements import ElementKey
from survey.figures import building
from survey.figures.changes import compare
from survey.figures.families import compare_elements
from survey.figures.priorities import priorities
from survey.figures.results import Figures
from survey.reports import words
from survey.reports.closing import MOST_PRINTED_ROWS
from survey.reports.history import history
from survey.reports.material import Head, Material, PlanLine, Respondent, Said
from survey.reports.rows import respondents
from survey.review import queries as review
from survey.review import suggestion_queries
from survey.review.models import FollowUp
from survey.review.outcomes import Outcome, what_became
from survey.review.terms import STATUS_LABELS, Status

MOST_QUOTES = 10
LONGEST_QUOTE = 300  # letters


def gather(session: Session, office: Office, period: Period, now: datetime) -> Material:
    """The material, by a number of readings that does not grow with the ratings."""
    figures = building.build(session, office, period)
    earlier = building.build(session, office, period.previous())
    planned = [Period.parse(text) for text, _lines in review.planned_periods(session, office.id)]
    before = _planned_before(planned, period)
    services = {each.code: each.name for each in offices.services(session, office.id)}
    return Material(
        letterhead=letterhead(session, office, now),
        head=_head(session, office, wib_day(now)),
        figures=figures,
        earlier=earlier,
        change=compare(earlier.whole.sums, figures.whole.sums, figures.weight),
        element_changes=compare_elements(earlier.answers, figures.answers),
        priorities=priorities(figures, earlier),
        history=history(session, office, [earlier, figures]),
        plan=[line for each in _planned_in(planned, period) for line in _plan(session, office, each, None, services)],
        running=_running(session, office, period, services),
        earlier_plan=_plan(session, office, before, period, services),
        earlier_plan_of=before,
        said=_said(session, office, period),
        rows=_rows(session, office, figures),
        made_at=now,
    )


def _head(session: Session, office: Office, day: date) -> Head:
    """Who signs on that day."""
    signer = settings.signer(settings.in_force(session, office.id, day))
    seat = office.name.removeprefix("Kecamatan ")
    return Head(f"Camat {seat}", signer.name, signer.number, seat, signer.rank)


def _plan(
    session: Session, office: Office, made_for: Period, measured_in: Period | None, services: Mapping[str, str]
) -> list[PlanLine]:
    """The plan that was made from the figures of a period, with what became of its elements in another."""
    rows = review.of_period(session, office.id, str(made_for))
    if measured_in is None:
        rows = [row for row in rows if row.status != Status.DROPPED]
    became = what_became(session, office.id, rows, measured_in.last.next()) if measured_in else {}
    return [_plan_line(row, services, became.get(row.id)) for row in rows]


def _running(session: Session, office: Office, period: Period, services: Mapping[str, str]) -> list[PlanLine]:
    """What earlier plans promised and nobody has finished yet, as far as it was to be begun by the period's end."""
    rows = review.unfinished(session, office.id)
    due = [
        row
        for row in rows
        if Period.parse(row.period).last < period.first
        and (row.status == Status.DOING or Period.parse(row.due).first <= period.last)
    ]
    return [_plan_line(row, services, None) for row in due]


def _planned_in(planned: Sequence[Period], period: Period) -> list[Period]:
    """The period itself if it has a plan; else the periods inside that have one, as a year's half-years."""
    if period in planned:
        return [period]
    return sorted(each for each in planned if period.first <= each.first and each.last <= period.last)


def _planned_before(planned: Sequence[Period], period: Period) -> Period:
    """The newest period with a plan that ended before this one; the one right before where there is none."""
    before = [each for each in planned if each.last < period.first]
    return max(before, key=lambda each: (each.last, each == period.previous()), default=period.previous())


def _plan_line(row: FollowUp, services: Mapping[str, str], outcome: Outcome | None) -> PlanLine:
    return PlanLine(
        element=words.element(ElementKey(row.element)),
        service=services.get(row.service_code, row.service_code) if row.service_code else "",
        action=legible(row.action),
        due=Period.parse(row.due).long,
        owner=legible(row.owner),
        status=str(STATUS_LABELS[Status(row.status)]),
        result=legible(row.result),
        change=outcome.last.change if outcome and outcome.last else None,
    )


def _said(session: Session, office: Office, period: Period) -> Said:
    found = suggestion_queries.themes(session, office.id, period)
    themes = [(each.theme, each.suggestions, each.handled) for each in found]
    quotes = suggestion_queries.for_report(session, office.id, period, MOST_QUOTES)
    told = [legible(each, LONGEST_QUOTE) for each in quotes]
    return Said(sum(each.suggestions for each in found), themes, [each for each in told if each])


def _rows(session: Session, office: Office, figures: Figures) -> list[Respondent] | None:
    if figures.whole.respondents > MOST_PRINTED_ROWS:
        return None
    return list(respondents(session, office.id, figures))
