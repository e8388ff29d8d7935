"""What the desk's start says of late notes: to whoever answers for them of their own, to the Sekcam of everybody's."""

from collections.abc import Sequence
from datetime import date, datetime

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core.calendar import Month, long_date, wib_day
from indicators.registers import late_queries, note_queries, responsible
from indicators.registers.late import MONTHS_BACK
from indicators.sheet import SHEET, SheetRow
from offices.access import account_may
from offices.models import Staff
from offices.reminders import Reminder
from offices.rights import Action


def late_notes(session: Session, account: Staff, now: datetime) -> list[Reminder]:
    """A line for each month whose notes are late, the newest first."""
    sees_all = account_may(account, Action.CHECK_NOTES)
    rows = [row for row in SHEET if sees_all or account_may(account, responsible.ANSWERING[row.key])]
    words = _of_each if sees_all else _of_own
    months = [Month.of(now).minus(back) for back in range(1, MONTHS_BACK + 1)]
    late = [(month, *_late(session, account.office_id, month, rows, now)) for month in months] if rows else []
    return [_reminder(month, due, left, words(left)) for month, due, left in late if due and left]


def _late(
    session: Session, office_id: int, month: Month, rows: Sequence[SheetRow], now: datetime
) -> tuple[date | None, list[SheetRow]]:
    """The last day, and what was not filled by then. An office that came after that day was not late."""
    due = note_queries.due_day(session, office_id, month)
    if due is None or wib_day(now) <= due or wib_day(late_queries.office_since(session, office_id)) > due:
        return due, []
    filled = note_queries.filled(session, office_id, month)
    return due, [row for row in rows if row.key not in filled]


def _of_own(rows: Sequence[SheetRow]) -> str:
    return ", ".join(_("IKU %(number)s", number=row.number) for row in rows)


def _of_each(rows: Sequence[SheetRow]) -> str:
    return "; ".join(_("IKU %(number)s %(who)s", number=row.number, who=row.responsible) for row in rows)


def _reminder(month: Month, due: date, left: Sequence[SheetRow], what: str) -> Reminder:
    words = {"month": month.long, "day": long_date(due), "what": what}
    return Reminder(
        _("Catatan IKU %(month)s belum diisi, lewat %(day)s: %(what)s", **words),
        url_for("month_notes.show", month=month, _anchor=left[0].key.value),
    )
