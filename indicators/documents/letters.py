"""The monthly letter: on the first working day the Sekcam and the Camat get the six indicators and the printed page."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from complaints import notices
from complaints.messages.letters import Words
from complaints.messages.telling import Letter, Names
from core import mail, outbox
from core.calendar import WEEKEND, WIB, Month, working_day_after
from core.db import read_afresh, transaction
from core.figures import NO_FIGURE, printed
from core.outbox import Channel
from core.periods import Period
from indicators.documents import as_pdf, words
from indicators.documents.gathering import gather
from indicators.documents.material import Material
from indicators.months import summary
from indicators.months.results import Line, Summary
from indicators.pages import words as page_words
from indicators.registers import late, late_queries
from indicators.registers.late import STARTS
from indicators.registers.late_queries import FOR_ALL, Account
from offices import queries
from offices.roles import Role

KIND = "month_letter"
PDF = "application/pdf"
ATTACHED = "Ringkasan dua halaman terlampir, siap dicetak."
RECEIVERS = frozenset({Role.SECRETARY, Role.HEAD})


@dataclass(frozen=True)
class Receiver:
    """Somebody who gets the letter of a month."""

    office_id: int
    staff_id: UUID
    month: Month


def first_morning(month: Month, days_off: Collection[date]) -> datetime:
    """When the letter of a month is due: at seven on the first working day after it."""
    return datetime.combine(working_day_after(month.last_day, 1, days_off), STARTS, WIB)


def tell(*, by_mail: bool, now: datetime) -> int:
    """Put down the letters that are due, in every office: how many. None before the night has counted the whole month,
    none without a server for e-mail, and none where the office's data is invented.
    """
    if not by_mail or now.astimezone(WIB).time() < STARTS:
        return 0
    return sum(_put_down(receiver, now=now) for receiver in receivers(read_afresh(), now))


def receivers(session: Session, now: datetime) -> list[Receiver]:
    """Who is to get the letter now and was not put down for it, of all offices, in statements whose number never grows.
    A letter that could not be sent on its morning is sent on the month's next one.
    """
    month, today = Month.of(now).previous(), now.astimezone(WIB).date()
    if not summary.is_whole(month, summary.counted_at(session)) or today.weekday() in WEEKEND:
        return []
    days_off, accounts = late_queries.days_off(session, month.day_after), late_queries.accounts(session)
    told = late_queries.told(session, [month])
    return [
        Receiver(office, account.id, month)
        for office in late_queries.due_days(session, [month])
        for account in accounts.get(office, ())
        if _is_due(account, month, today, days_off.get(office, frozenset()))
        and (office, str(month), KIND, FOR_ALL, account.id) not in told
    ]


def _is_due(account: Account, month: Month, today: date, days_off: Collection[date]) -> bool:
    """Not on a day off; and whoever came later asks for the page."""
    if account.role not in RECEIVERS or not account.wants_mail or today in days_off:
        return False
    return account.created_at < first_morning(month, days_off)


@transaction
def _put_down(session: Session, receiver: Receiver, *, now: datetime) -> int:
    office, month, staff = receiver.office_id, str(receiver.month), receiver.staff_id
    if not late_queries.remember(session, office, month, KIND, staff, [FOR_ALL], now=now):
        return 0
    sealed = notices.payload(kind=KIND, month=month, staff=staff)
    outbox.put(session, office, Channel.EMAIL, once=f"{KIND}:{month}:{staff}", about=None, sealed=sealed, now=now)
    return 1


def write(session: Session, office_id: int, names: Names, base_url: str) -> Letter:
    """The letter as the figures stand when it is sent, or were locked, with the month on two pages."""
    office, month = queries.office(session, office_id), Month.parse(names["month"])
    found = gather(session, office, Period.of(month))
    told = Words(f"Ringkasan {month.long}, {office.name}", as_words(found), f"{base_url}/ringkasan/{month}")
    return Letter(told, (mail.File(f"ringkasan-{month}.pdf", PDF, as_pdf.made(found)),))


def as_words(found: Material) -> str:
    """The six indicators, a line each, and how far they may be relied upon."""
    lines = [_line(line, found.summary) for line in found.summary.lines]
    return "\n".join(["Enam indikator kinerja utama:", *lines, "", f"Keadaan: {words.standing(found)}", ATTACHED])


def _line(line: Line, found: Summary) -> str:
    name, result = page_words.named(line, found), line.result
    if result.value is None:
        return f"{name}: {NO_FIGURE}"
    value = line.sheet.worth(result.value)
    if result.predicate is None:
        return f"{name}: {value} (tanpa target)"
    target = printed(line.aim)
    beside = f"target {target}, capaian {printed(result.achievement)} %, {result.predicate.label}"
    return f"{name}: {value} ({beside})"


WRITERS = {**late.WRITERS, KIND: write}
