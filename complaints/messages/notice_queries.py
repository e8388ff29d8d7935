"""Named reads for whoever tells: a move with its report, the people it concerns, their phones."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints import states
from complaints.case_models import DueChange
from complaints.desk_models import NoticeChoice, PushSubscription, Route
from complaints.messages.routing import Person, Rule
from complaints.models import Category, Complaint, Event
from complaints.states import EventFact
from complaints.terms import Move
from core.errors import Missing
from offices import rights
from offices.models import Office, Staff, Village, Webhook
from offices.rights import Action


@dataclass(frozen=True)
class Told:
    """A move, its report and the names that belong to it. Live rows: for the session that read them."""

    event: Event
    report: Complaint
    category: str
    is_urgent: bool
    is_public: bool
    village: str | None
    prefix: str
    is_invented: bool

    @property
    def move(self) -> Move:
        """What was done."""
        return Move(self.event.move)


def told(session: Session, office_id: int, event_id: UUID) -> Told | None:
    """The move with this id; None when it is not there."""
    category = sa.and_(Category.office_id == Complaint.office_id, Category.code == Complaint.category_code)
    village = sa.and_(Village.office_id == Complaint.office_id, Village.code == Complaint.village_code)
    report = sa.and_(Complaint.office_id == Event.office_id, Complaint.id == Event.complaint_id)
    chosen = (
        sa.select(
            Event,
            Complaint,
            Category.name,
            Category.is_urgent,
            Category.is_public,
            Village.name,
            Office.prefix,
            Office.invented,
        )
        .join(Complaint, report)
        .join(Category, category)
        .outerjoin(Village, village)
        .join(Office, Office.id == Event.office_id)
        .where(Event.office_id == office_id, Event.id == event_id)
    )
    row = session.execute(chosen).first()
    return Told(*row) if row else None


def new_due(session: Session, what: Told) -> date | None:
    """The day to which this very move put off the settling; None when it did not."""
    chosen = sa.select(DueChange.new_due).filter_by(
        office_id=what.report.office_id, complaint_id=what.report.id, at=what.event.recorded_at
    )
    return session.scalar(chosen.limit(1))


def status_after(session: Session, what: Told) -> str:
    """Where the report stood after this move, whatever happened since."""
    mine = sa.and_(Event.office_id == what.report.office_id, Event.complaint_id == what.report.id)
    moves = sa.select(Event.move, Event.at).where(mine, Event.seq <= what.event.seq).order_by(Event.seq)
    return str(states.replay(EventFact(Move(move), at, at) for move, at in session.execute(moves)).status)


def followers(session: Session, report: Complaint) -> Sequence[Complaint]:
    """The reports that were found to be of the same matter, and follow this one: also those that follow one of them."""
    found, numbers = {report.number: report}, [report.number]
    while numbers:
        chosen = sa.select(Complaint).where(
            Complaint.office_id == report.office_id, Complaint.first_report.in_(numbers)
        )
        more = {one.number: one for one in session.scalars(chosen.order_by(Complaint.id)) if one.number not in found}
        found |= more
        numbers = list(more)
    return [one for one in found.values() if one is not report]


def report(session: Session, office_id: int, complaint_id: UUID) -> Complaint | None:
    """One report."""
    return session.get(Complaint, (office_id, complaint_id))


def people(session: Session, office_id: int) -> list[Person]:
    """Everybody with an open account who may read reports: who has become the auditor is told of none any more."""
    found = session.scalars(sa.select(Staff).filter_by(office_id=office_id, active=True).order_by(Staff.id))
    return [Person(row.id, row.staff_role, row.section_key) for row in found if _may_read(row)]


def open_account(session: Session, office_id: int, staff_id: UUID) -> Staff | None:
    """An account that is still open, and may still read reports."""
    found = session.scalar(sa.select(Staff).filter_by(office_id=office_id, id=staff_id, active=True))
    return found if found is not None and _may_read(found) else None


def _may_read(account: Staff) -> bool:
    return rights.allowed(account.staff_role, Action.READ_CASES)


def routes(session: Session, office_id: int) -> Sequence[Route]:
    """All rows of the routing, in their order."""
    return session.scalars(sa.select(Route).filter_by(office_id=office_id).order_by(Route.position, Route.id)).all()


def rules(session: Session, office_id: int) -> list[Rule]:
    """The same, as the pure choice reads them."""
    found = routes(session, office_id)
    return [Rule(row.position, row.category_code, row.village_code, row.staff_id, row.section_key) for row in found]


def phones_of_report(session: Session, office_id: int, complaint_id: UUID) -> Sequence[PushSubscription]:
    """The browsers that want to be told of a report."""
    return session.scalars(sa.select(PushSubscription).filter_by(office_id=office_id, complaint_id=complaint_id)).all()


def phones_of_staff(session: Session, office_id: int, staff: Collection[UUID]) -> Sequence[PushSubscription]:
    """The browsers in which these people want to be told."""
    chosen = sa.select(PushSubscription).filter_by(office_id=office_id)
    return session.scalars(chosen.where(PushSubscription.staff_id.in_(staff))).all()


def phone(session: Session, office_id: int, subscription_id: UUID) -> PushSubscription | None:
    """One browser's subscription; None once it was ended."""
    return session.get(PushSubscription, (office_id, subscription_id))


def wants_mail(session: Session, office_id: int, staff_id: UUID) -> bool:
    """Whether the account takes e-mail: yes, until it says no."""
    return staff_id not in without_mail(session, office_id)


def without_mail(session: Session, office_id: int) -> frozenset[UUID]:
    """The accounts that want no e-mail."""
    chosen = sa.select(NoticeChoice.staff_id).filter_by(office_id=office_id, by_mail=False)
    return frozenset(session.scalars(chosen))


def webhooks(session: Session, office_id: int) -> Sequence[Webhook]:
    """The other systems that are told now."""
    return session.scalars(sa.select(Webhook).filter_by(office_id=office_id, is_active=True)).all()


def webhook(session: Session, office_id: int, webhook_id: UUID) -> Webhook | None:
    """One of them; None once it was switched off."""
    return session.scalar(sa.select(Webhook).filter_by(office_id=office_id, id=webhook_id, is_active=True))


def still_due(session: Session, office_id: int, reports: Collection[UUID]) -> list[tuple[str, date]]:
    """Number and due day of those of the reports that are still open, the most urgent first."""
    chosen = sa.select(Complaint.number, Complaint.due_on).where(
        Complaint.office_id == office_id, Complaint.id.in_(reports), Complaint.due_on.is_not(None)
    )
    found = session.execute(chosen.order_by(Complaint.due_on, Complaint.id))
    return [(number, due) for number, due in found if due]


def numbers(session: Session, office_id: int, reports: Collection[UUID]) -> dict[UUID, str]:
    """The public numbers of these reports."""
    chosen = sa.select(Complaint.id, Complaint.number)
    found = session.execute(chosen.where(Complaint.office_id == office_id, Complaint.id.in_(reports)))
    return {key: number for key, number in found}  # noqa: C416 (dict() can't type the rows)


def all_webhooks(session: Session, office_id: int) -> Sequence[Webhook]:
    """Every system that is or was told, the newest first."""
    chosen = sa.select(Webhook).filter_by(office_id=office_id)
    return session.scalars(chosen.order_by(Webhook.added_at.desc(), Webhook.id)).all()


def any_webhook(session: Session, office_id: int, webhook_id: UUID) -> Webhook:
    """One of them, told now or not; raises Missing."""
    found = session.get(Webhook, (office_id, webhook_id))
    if found is None:
        raise Missing("Sistem ini tidak ada.")
    return found
