"""Gathers what the pages of suggestions show, by a fixed number of readings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from core.calendar import Month
from core.periods import Period
from offices import queries as offices
from survey.figures.page import Tab, next_begun, tabs
from survey.review import queries, suggestion_queries
from survey.review.asking import NO_THEME, Cursor, Filters
from survey.review.models import FollowUp
from survey.review.suggestion_queries import Suggestion, ThemeCount, theme_name
from survey.review.terms import THEMES, State


@dataclass(frozen=True)
class SuggestionLine:
    """A suggestion in words; `follow_up` is the line of the plan that answers it."""

    row: Suggestion
    service: str
    theme: str
    follow_up: FollowUp | None


@dataclass(frozen=True)
class SuggestionList:
    """A page of suggestions; `services` and `themes` are what can be chosen (code, name)."""

    filters: Filters
    tabs: Sequence[Tab]
    next: Period | None
    states: Mapping[State, int]
    counted: Sequence[ThemeCount]
    lines: Sequence[SuggestionLine]
    after: Cursor | None
    started: bool
    services: Sequence[tuple[str, str]]
    themes: Sequence[tuple[str, str]]
    people: Mapping[str, str]


def suggestion_list(
    session: Session, office_id: int, filters: Filters, after: Cursor | None, this_month: Month
) -> SuggestionList:
    """The page that begins after a suggestion, or the first."""
    found = suggestion_queries.page(session, office_id, filters, after)
    services = {each.code: each.name for each in offices.services(session, office_id)}
    plan = queries.by_ids(session, office_id, {row.follow_up_id for row in found.rows if row.follow_up_id})
    period = filters.period
    tally = suggestion_queries.tally(session, office_id, period)
    return SuggestionList(
        filters=filters,
        tabs=tabs(period, this_month),
        next=next_begun(period, this_month),
        states=tally.states,
        counted=tally.themes,
        lines=[_line(row, services, plan) for row in found.rows],
        after=found.after,
        started=after is not None,
        services=list(services.items()),
        themes=[*((key, str(word)) for key, word in THEMES.items()), (NO_THEME, theme_name(""))],
        people=offices.people(session, office_id),
    )


def suggestion_line(session: Session, office_id: int, row: Suggestion) -> SuggestionLine:
    """One of them, in words."""
    services = {each.code: each.name for each in offices.services(session, office_id)}
    plan = queries.by_ids(session, office_id, {row.follow_up_id} if row.follow_up_id else set())
    return _line(row, services, plan)


def _line(row: Suggestion, services: Mapping[str, str], plan: Mapping[UUID, FollowUp]) -> SuggestionLine:
    return SuggestionLine(
        row=row,
        service=services.get(row.service_code, row.service_code),
        theme=theme_name(row.theme),
        follow_up=plan.get(row.follow_up_id) if row.follow_up_id else None,
    )
