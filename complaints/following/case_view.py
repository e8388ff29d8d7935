"""Gathers what a receipt's page shows, with a fixed number of readings."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from complaints import queries, workflow
from complaints.case_models import DueChange
from complaints.deadlines import MOST_WAITED, settled_by, working_days_left
from complaints.following import tracking_queries
from complaints.following.tracking import Entry, Tracked, Viewer, entry_of, status_word, tracked, viewer_of
from complaints.following.tracking_queries import Traced
from complaints.promises import Because
from complaints.queries import Opened, Step
from complaints.terms import Move, Status
from complaints.workflow import is_open
from core.calendar import long_date, wib_day, working_day_after
from offices import queries as office_queries


@dataclass(frozen=True)
class Deadline:
    """When the report is to be settled. `days_left`: working days, below 0 when it is late. `stands_until`: the clock
    stands still for the resident's answer, that day at the latest. `slips` say why it is later than once promised.
    """

    due_on: date
    days_left: int
    stands_until: date | None
    slips: tuple[str, ...]


@dataclass(frozen=True)
class CaseView:
    """A report for whoever holds this receipt: what to see, and what can be done. `seen` counts the moves shown, so
    that an answer can tell what came between. `answer_by` is the last day for saying that it is not settled.
    """

    report: Tracked
    viewer: Viewer
    deadline: Deadline | None
    question: str
    can: tuple[Move, ...]
    answer_by: date | None
    settled_at: datetime | None
    seen: int
    follows: bool = False

    @property
    def may_judge(self) -> bool:
        """Whether this one may say that it is settled, or not."""
        return self.report.status is Status.SETTLED and Move.HALF_FIXED in self.can


def case_view(session: Session, opened: Opened, *, now: datetime) -> CaseView:
    """The report that the receipt opens; raises Missing."""
    found = tracking_queries.traced(session, opened.office_id, opened.complaint_id)
    parent = tracking_queries.parent_of(session, opened.office_id, found)
    view = _own_view(session, opened, found, now=now)
    return _following(session, opened.office_id, view, parent, now=now) if parent else view


def _own_view(session: Session, opened: Opened, found: Traced, *, now: datetime) -> CaseView:
    steps = queries.events_of(session, opened.office_id, found.id)
    viewer = viewer_of(opened)
    can = _can(found.status, viewer)
    deadline = _deadline(session, opened.office_id, found, viewer, now=now)
    return CaseView(
        report=tracked(found, steps, viewer, opened.joiner_id, due_on=deadline.due_on if deadline else None),
        viewer=viewer,
        deadline=deadline,
        question=_question(steps) if Move.REPLY in can else "",
        can=can,
        answer_by=found.answer_by if found.status is Status.SETTLED else None,
        settled_at=found.settled_at,
        seen=len(steps),
    )


def _following(session: Session, office_id: int, view: CaseView, parent: Traced, *, now: datetime) -> CaseView:
    """A duplicate's resident sees how the first report fares: its status, the office's steps and answers."""
    steps = queries.events_of(session, office_id, parent.id)
    status = parent.status
    deadline = _deadline(session, office_id, parent, Viewer.FOLLOWER, now=now)
    report = replace(
        view.report,
        status=status,
        status_word=status_word(status, Viewer.FOLLOWER),
        due_on=deadline.due_on if deadline else None,
        entries=tuple(sorted((*view.report.entries, *_followed(steps)), key=lambda entry: entry.at)),
    )
    return replace(view, report=report, deadline=deadline, follows=True, can=(), answer_by=None)


def _followed(steps: Sequence[Step]) -> list[Entry]:
    """The first report's steps in the office's words."""
    lines = (entry_of(step, Viewer.FOLLOWER, None) for step in steps)
    return [line for line in lines if line]


def _can(status: Status, viewer: Viewer) -> tuple[Move, ...]:
    """What this one may do with the report; erasing one's data has a page of its own."""
    rules = workflow.moves_from(status, viewer.value)
    return tuple(rule.move for rule in rules if rule.move is not Move.ERASE)


def _question(steps: Sequence[Step]) -> str:
    asked = [step.words.question for step in steps if step.fact.move is Move.ASK]
    return asked[-1] if asked else ""


def _deadline(session: Session, office_id: int, found: Traced, viewer: Viewer, *, now: datetime) -> Deadline | None:
    if not is_open(found.status):
        return None
    days_off = office_queries.days_off(session, office_id, since=wib_day(found.received_at))
    changes = queries.due_changes(session, office_id, found.id)
    due_on = settled_by(found.settle_due, found.waiting_since, found.waited_days, days_off, now=now)
    return Deadline(
        due_on=due_on,
        days_left=working_days_left(wib_day(now), due_on, days_off),
        stands_until=_stands_until(found, days_off, wib_day(now)),
        slips=tuple(_slip(change, viewer) for change in changes),
    )


def _stands_until(found: Traced, days_off: Collection[date], today: date) -> date | None:
    """The last day on which waiting adds to the promise; None when it does not (any longer)."""
    left = MOST_WAITED - found.waited_days
    if found.waiting_since is None or left <= 0:
        return None
    last = working_day_after(wib_day(found.waiting_since), left, days_off)
    return last if today <= last else None


def _slip(change: DueChange, viewer: Viewer) -> str:
    days = {"old": long_date(change.old_due), "new": long_date(change.new_due)}
    changed = _("Hari terakhir penyelesaian berubah dari %(old)s menjadi %(new)s, ", **days)
    if change.because == Because.CATEGORY:
        return changed + _("karena jenis laporan kami betulkan.")
    if viewer is Viewer.FIRST:
        return changed + _("karena kami menunggu jawaban Anda.")
    return changed + _("karena kami menunggu jawaban pelapor pertama.")
