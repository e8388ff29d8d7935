"""What accounts have at the desk: browsers that are told and saved views, reports and routes."""

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

import sqlalchemy as sa
from flask_babel import ngettext
from sqlalchemy.orm import Session

from complaints.desk_models import PushSubscription, Route, SavedView
from complaints.models import Complaint
from offices.leaving import Belongings, Held
from offices.models import Staff


def take_away(session: Session, account: Staff) -> None:
    """Tell the account's browsers nothing more, and forget its views."""
    for table in (PushSubscription, SavedView):
        session.execute(sa.delete(table).where(table.office_id == account.office_id, table.staff_id == account.id))


def held(session: Session, account: Staff) -> Sequence[Held]:
    """Open reports that are assigned to the account, and routes that lead to it."""
    return list(_held(session, account))


def _held(session: Session, account: Staff) -> Iterator[Held]:
    count = sa.select(sa.func.count())
    mine = sa.and_(Complaint.office_id == account.office_id, Complaint.assignee_id == account.id)
    reports = session.scalar(count.where(mine, Complaint.due_on.is_not(None))) or 0
    routes = session.scalar(count.where(Route.office_id == account.office_id, Route.staff_id == account.id)) or 0
    if reports:
        address = "/petugas?" + urlencode({"petugas": str(account.id)})
        yield Held(ngettext("%(num)s laporan terbuka", "%(num)s laporan terbuka", reports), address)
    if routes:
        yield Held(ngettext("%(num)s baris rute laporan", "%(num)s baris rute laporan", routes), "/pengaturan/rute")


AT_THE_DESK = Belongings(take_away, held)
