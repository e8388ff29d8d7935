"""Gathers what a case's page shows, with a fixed number of readings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from complaints import desk_queries, desk_words, queries, workflow
from complaints.desk_forms import MoveForm
from complaints.desk_queries import Row, Surroundings
from complaints.models import Category, Complaint
from complaints.suspicion import DOUBT_WORDS, Doubt
from complaints.terms import SOURCE_LABELS, Source, Status
from core.calendar import wib_day
from offices.models import Staff


@dataclass(frozen=True)
class InboxLine:
    """A report in the inbox, with its status, the next promise ("" once closed) and its due day in words."""

    row: Row
    status: str
    promise: str
    due: desk_words.Due


@dataclass(frozen=True)
class CasePage:
    """One report with everything around it. `stranded`: a form sent for a move that is no longer possible."""

    report: Complaint
    status: str
    source: str
    due: desk_words.Due
    names: Surroundings
    promises: Sequence[desk_words.PromiseLine]
    history: Sequence[desk_words.HistoryLine]
    forms: Sequence[MoveForm]
    stranded: MoveForm | None

    @property
    def doubt(self) -> str:
        """Why the report is held for review."""
        because = self.report.held_because
        return _(DOUBT_WORDS[Doubt(because)]) if because in set(Doubt) else ""


def inbox_lines(rows: Sequence[Row], today: date) -> list[InboxLine]:
    """The inbox's reports in words."""
    return [
        InboxLine(
            row=row,
            status=desk_words.status(row.status),
            promise=desk_words.promise(row.promise),
            due=desk_words.due(row.due_on, today),
        )
        for row in rows
    ]


def case_page(
    session: Session, office_id: int, number: str, role: str, *, tried: MoveForm | None = None, now: datetime
) -> CasePage:
    """The page of a report; `tried` is a form that was sent and could not be carried out. Raises Missing."""
    report = desk_queries.for_staff(session, office_id, number)
    names = desk_queries.staff_names(session, office_id)
    steps = queries.events_of(session, office_id, report.id)
    choices = (desk_queries.assignable(session, office_id), queries.open_categories(session, office_id))
    forms = _forms(report, role, *choices, tried=tried)
    if tried and tried.came_late:
        tried.look_again(report.version)
    return CasePage(
        report=report,
        status=desk_words.status(Status(report.status)),
        source=_(SOURCE_LABELS[Source(report.source)]),
        due=desk_words.due(report.due_on, wib_day(now)),
        names=desk_queries.surroundings(session, report),
        promises=desk_words.promises(report, wib_day(now)),
        history=desk_words.history(steps, names),
        forms=forms,
        stranded=tried if tried and tried not in forms else None,
    )


def _forms(
    report: Complaint, role: str, officers: Sequence[Staff], categories: Sequence[Category], *, tried: MoveForm | None
) -> list[MoveForm]:
    """A form for each move this role may make now; the tried one as it was filled in."""
    rules = workflow.moves_from(Status(report.status), role, held=report.is_held)
    return [
        tried
        if tried and tried.move is rule.move
        else MoveForm(rule.move, officers, categories, formdata=None, version=report.version)
        for rule in rules
    ]
