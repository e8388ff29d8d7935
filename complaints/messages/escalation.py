"""Tells of due days: whoever handles a report before it, the section's head and the Sekcam after it; once each."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints import notices
from complaints.desk_models import Escalation
from complaints.messages import notice_queries, routing
from complaints.messages.letters import Step
from complaints.messages.routing import Person, Rule
from complaints.models import Complaint
from complaints.terms import Status
from core import outbox
from core.batches import batches
from core.calendar import ONE_DAY, WEEKEND, WIB, working_day_after
from core.db import reader, transaction
from core.outbox import Channel
from core.upsert import insert_for
from offices import queries as office_queries
from offices import settings

STARTS = time(7)
AT_ONCE = 500  # reports in one message
# The setting that says how many working days before or after the due day each step is told; 0: never.
DAYS = {Step.SOON: "remind_days", Step.LATE: "late_days", Step.VERY_LATE: "very_late_days"}

Way = tuple[Channel, dict[str, UUID]]


@dataclass(frozen=True)
class Window:
    """The due days that a step is told of today; `first` None: however long ago."""

    first: date | None
    last: date


@dataclass(frozen=True)
class Due:
    """A report whose due day is told, as far as it matters to whom."""

    id: UUID
    assignee: UUID | None
    category: str
    village: str | None


def windows(today: date, days: Mapping[Step, int], days_off: Collection[date]) -> dict[Step, Window]:
    """What is told on a day; nothing on one that nobody works. Due days stay in the window, so that a morning that was
    missed is made up for.
    """
    if today.weekday() in WEEKEND or today in days_off:
        return {}
    found = {}
    if days[Step.SOON]:
        found[Step.SOON] = Window(today, working_day_after(today, days[Step.SOON], days_off))
    for step in (Step.LATE, Step.VERY_LATE):
        if days[step]:
            found[step] = Window(None, _before(today, days[step] - 1, days_off) - ONE_DAY)
    return found


def tell(*, office_id: int, by_mail: bool, now: datetime) -> int:
    """Put down who is told of due days this morning: of how many reports. Nothing before seven, and nothing where the
    office's data is invented. `by_mail`: there is a server for e-mail.
    """
    if office_queries.office(reader(), office_id).invented or now.astimezone(WIB).time() < STARTS:
        return 0
    return _tell(office_id, by_mail=by_mail, now=now)


@transaction
def _tell(session: Session, office_id: int, *, by_mail: bool, now: datetime) -> int:
    today = now.astimezone(WIB).date()
    values = settings.in_force(session, office_id, today)
    days = {step: int(values[key]) for step, key in DAYS.items()}
    people, rules = notice_queries.people(session, office_id), notice_queries.rules(session, office_id)
    told = 0
    for step, window in windows(today, days, office_queries.days_off(session, office_id)).items():
        due = _untold(session, office_id, step, window, now)
        told += len(due)
        for staff_id, reports in _shared_out(step, due, people, rules).items():
            for channel, names in _ways(session, office_id, staff_id, by_mail=by_mail):
                _put(session, office_id, step, (channel, names), reports, now)
    return told


def _untold(session: Session, office_id: int, step: Step, window: Window, now: datetime) -> list[Due]:
    """The open reports in the window of which this was not told yet; from now on it was. Nobody is reminded of one that
    waits for its resident; but its due day holds all the days that may be waited, so past it, it is as late as others.
    Two processes at once share them out between them.
    """
    mine = sa.and_(
        Complaint.office_id == office_id,
        Complaint.due_on <= window.last,
        Complaint.due_on >= (window.first or date.min),
        Complaint.is_held.is_(False),
        sa.true() if step is not Step.SOON else Complaint.status != Status.WAITING.value,
    )
    kind = sa.literal(f"{step.value}:") + sa.cast(Complaint.due_on, sa.Text)
    columns = [Complaint.office_id, Complaint.id, kind, sa.literal(now, Escalation.at.type)]
    rows = insert_for(session, Escalation).from_select(
        ["office_id", "complaint_id", "kind", "at"], sa.select(*columns).where(mine)
    )
    new = session.scalars(rows.on_conflict_do_nothing().returning(Escalation.complaint_id)).all()
    return [due for ids in batches(new, AT_ONCE) for due in _due(session, office_id, ids)]


def _due(session: Session, office_id: int, ids: Sequence[UUID]) -> list[Due]:
    columns = (Complaint.id, Complaint.assignee_id, Complaint.category_code, Complaint.village_code)
    chosen = sa.select(*columns).where(Complaint.office_id == office_id, Complaint.id.in_(ids))
    return [Due(*row) for row in session.execute(chosen.order_by(Complaint.due_on, Complaint.id))]


def _shared_out(
    step: Step, due: Iterable[Due], people: Collection[Person], rules: Collection[Rule]
) -> dict[UUID, list[UUID]]:
    """Which reports each person is told of."""
    shares: dict[UUID, list[UUID]] = defaultdict(list)
    for report in due:
        for staff_id in _told(step, report, people, rules):
            shares[staff_id].append(report.id)
    return shares


def _told(step: Step, report: Due, people: Collection[Person], rules: Collection[Rule]) -> frozenset[UUID]:
    match step:
        case Step.LATE:
            return routing.heads(people)
        case Step.VERY_LATE:
            return routing.secretaries(people)
        case _:
            return routing.concerned(rules, people, report.assignee, report.category, report.village)


def _ways(session: Session, office_id: int, staff_id: UUID, *, by_mail: bool) -> list[Way]:
    """By which ways somebody is told."""
    phones = notice_queries.phones_of_staff(session, office_id, [staff_id])
    mailed = by_mail and notice_queries.wants_mail(session, office_id, staff_id)
    mails: list[Way] = [(Channel.EMAIL, {"staff": staff_id})] if mailed else []
    return mails + [(Channel.PUSH, {"subscription": row.id}) for row in phones]


def _put(session: Session, office_id: int, step: Step, way: Way, reports: list[UUID], now: datetime) -> None:
    """One message for all of a person's reports."""
    channel, names = way
    for part in batches(reports, AT_ONCE):
        key = f"due:{step.value}:{next(iter(names.values()))}:{part[0]}:{now.isoformat()}"
        sealed = notices.payload(due=step.value, reports=[str(report) for report in part], **names)
        outbox.put(session, office_id, channel, once=key, about=None, sealed=sealed, now=now)


def _before(day: date, n: int, days_off: Collection[date]) -> date:
    """The n-th working day before a day; 0: itself."""
    while n:
        day -= ONE_DAY
        n -= day.weekday() not in WEEKEND and day not in days_off
    return day
