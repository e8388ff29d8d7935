"""Gathers what a case's page shows, with a fixed number of readings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from complaints import promises, queries
from complaints.case_models import Photo, Task
from complaints.deadlines import next_due
from complaints.desk import case_queries, desk_queries, desk_words
from complaints.desk.case_queries import Duplicate, JoinedWords, Look
from complaints.desk.desk_case_forms import LookForm, TaskForm
from complaints.desk.desk_queries import Surroundings
from complaints.desk.desk_steps import NOTHING_TRIED, Steps, Tried, steps_of
from complaints.desk.handing_over import HandOver, hand_over
from complaints.fetching import for_staff
from complaints.models import Complaint
from complaints.pictures import photo_queries, proof_queries
from complaints.pictures.proof_fields import told
from complaints.pictures.proof_queries import FindingLine
from complaints.queries import Step
from complaints.reporting.suspicion import DOUBT_WORDS, Doubt
from complaints.terms import SOURCE_LABELS, Source, Status
from complaints.workflow import HANDLERS
from core.calendar import wib_day
from offices.models import Office


@dataclass(frozen=True)
class CasePage:
    """One report with everything around it. The two small forms are None for those who only look."""

    report: Complaint
    status: str
    source: str
    due: desk_words.Due
    names: Surroundings
    people: dict[UUID, str]
    promises: Sequence[desk_words.PromiseLine]
    settle_due: date
    due_changes: Sequence[str]
    events: Sequence[Step]
    history: Sequence[desk_words.HistoryLine]
    photos: Sequence[Photo]
    findings: Sequence[tuple[FindingLine, str]]
    joined: Sequence[JoinedWords]
    duplicates: Sequence[Duplicate]
    tasks: Sequence[Task]
    looks: Sequence[Look]
    steps: Steps
    task_form: TaskForm | None
    look_form: LookForm
    hand_over: HandOver | None

    @property
    def search_place(self) -> str:
        """What a map looks for where the report has no position; "" when not even the desa is known."""
        return ", ".join(part for part in (self.report.place, self.names.village) if part)

    @property
    def doubt(self) -> str:
        """Why the report is held for review."""
        because = self.report.held_because
        return _(DOUBT_WORDS[Doubt(because)]) if because in set(Doubt) else ""

    @property
    def open_tasks(self) -> int:
        """How many tasks are not done yet."""
        return sum(task.done_at is None for task in self.tasks)

    @property
    def has_identity(self) -> bool:
        """Whether anybody said who they are."""
        return self.names.has_contact or any(joiner.has_identity for joiner in self.joined)


def case_page(
    session: Session,
    office: Office,
    number: str,
    role: str,
    *,
    tried: Tried = NOTHING_TRIED,
    ready: UUID | None = None,
    now: datetime,
) -> CasePage:
    """The page of a report; `ready` is the ready answer to begin with. Raises Missing."""
    report = for_staff(session, office.id, number)
    names, people = desk_queries.surroundings(session, report), desk_queries.staff_names(session, office.id)
    events = queries.events_of(session, office.id, report.id)
    officers = desk_queries.assignable(session, office.id)
    handles, today = role in HANDLERS, wib_day(now)
    status, dates = Status(report.status), promises.standing(session, report, now=now)
    return CasePage(
        report=report,
        status=desk_words.status(status),
        source=_(SOURCE_LABELS[Source(report.source)]),
        due=desk_words.due(next_due(status, dates), today),
        names=names,
        people=people,
        promises=desk_words.promises(status, dates, today),
        settle_due=dates.settle_due,
        due_changes=_due_changes(session, report),
        events=events,
        history=desk_words.history(events, people),
        photos=photo_queries.of_case(session, office.id, report.id),
        findings=told(proof_queries.of_settlings(session, office.id, report.id)),
        joined=case_queries.joined(session, office.id, report.id),
        duplicates=case_queries.duplicates(session, office.id, report.number),
        tasks=case_queries.tasks(session, office.id, report.id),
        looks=case_queries.looks(session, office.id, complaint_id=report.id),
        steps=steps_of(session, report, role, officers, tried=tried.move, ready=ready),
        task_form=tried.task or TaskForm(officers, formdata=None) if handles else None,
        look_form=tried.look or LookForm(formdata=None),
        hand_over=hand_over(report, names, events, office.name),
    )


def _due_changes(session: Session, report: Complaint) -> list[str]:
    found = queries.due_changes(session, report.office_id, report.id)
    return [desk_words.moved_due(change) for change in found]
