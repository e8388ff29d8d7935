"""Reports to measure on: as many as asked for, with their events, counters and words, over two years."""

import random
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints import counters, events, queries, receipts, search
from complaints.deadlines import deadlines, next_due
from complaints.events import NewEvent
from complaints.models import Complaint, YearNumber
from complaints.search_words import kept
from complaints.terms import Move, Status
from core.calendar import wib_day
from core.db import transaction
from core.ids import uuid7
from offices import queries as office_queries
from tests import make
from tests.bench.house import DAYS, FIRST

BATCH = 5_000
OPEN = 3_000  # so many reports are open in a large house, evenly over time; in a small one all are
COMMONEST = "kebisingan"
RARE = "parang"  # a word of one report in a thousand
USUAL = (  # noqa: SIM905 (a text is easier to read)
    "jalan rusak lampu mati sampah menumpuk pasar sungai bau menyengat pedagang trotoar parkir liar sound horeg malam "
    "pagi warga terganggu anak sekolah balap motor knalpot reklame roboh pohon tumbang banjir selokan mampet ternak "
    "sapi berkeliaran kebun pagar gudang petasan miras ribut tetangga karaoke lapangan masjid jembatan tikungan depan "
    "rumah kepala dusun sejak kemarin tolong segera ditertibkan mohon bantuan petugas berulang setiap minggu"
).split()
OFTEN = ["laporan", "warga", "meresahkan"]  # of four reports in five
STATES = (Status.RECEIVED, Status.VERIFIED, Status.ASSIGNED, Status.IN_PROGRESS)
ENDS = (Status.FINAL,) * 17 + (Status.SETTLED,) * 2 + (Status.EXCLUDED,)


def fill(reports: int) -> None:
    """Put in that many reports."""
    chance = random.Random(reports)
    for start in range(0, reports, BATCH):
        _put_in(start, min(BATCH, reports - start), reports, chance)
    _finish()


@transaction
def _put_in(session: Session, /, start: int, count: int, whole: int, chance: random.Random) -> None:
    categories = [row.code for row in queries.categories(session, make.OFFICE)]
    villages = [village.code for village in office_queries.villages(session, make.OFFICE)]
    officers = [officer.id for officer in office_queries.staff(session, make.OFFICE)]
    rows = [_row(start + n, whole, categories, villages, officers, chance) for n in range(count)]
    session.connection().execute(sa.insert(Complaint), rows)
    entries = [search.Entry(row["id"], row["number"], kept([row["description"], row["place"]])) for row in rows]
    search.write(session, make.OFFICE, entries)
    received = [NewEvent(row["id"], Move.RECEIVE, row["received_at"]) for row in rows]
    events.append_all(session, events.prepare(make.OFFICE, received, now=FIRST + timedelta(days=DAYS)))


@transaction
def _finish(session: Session, /) -> None:
    """The counters, and numbers from which reports go on. The statistics are made as the nightly tidying makes them."""
    counters.recount(session, make.OFFICE)
    for year in (2025, 2026):
        session.execute(sa.insert(YearNumber).values(office_id=make.OFFICE, year=year, last=10**6))
    session.execute(sa.text("ANALYZE"))


def _row(
    n: int, whole: int, categories: list[str], villages: list[str], officers: list[UUID], chance: random.Random
) -> dict[str, Any]:
    at = FIRST + timedelta(seconds=n * DAYS * 86_400 // whole)
    is_open = n % max(1, whole // OPEN) == 0
    status = chance.choice(STATES if is_open else ENDS)
    dates = deadlines(at, 14, ())
    worked_on = status not in {Status.RECEIVED, Status.VERIFIED, Status.EXCLUDED}
    words = [*chance.choices(USUAL, k=14), *([RARE] if n % 1000 == 50 else [])]
    words += [] if n % 5 == 0 else OFTEN
    return {
        "office_id": make.OFFICE,
        "id": uuid7(at),
        "number": receipts.public_number(wib_day(at).year, n + 1),
        "submission_id": uuid4(),
        "digest": f"{chance.getrandbits(256):064x}",
        "receipt_digest": f"{chance.getrandbits(256):064x}",
        "category_code": COMMONEST if chance.random() < 0.6 else chance.choice(categories),
        "description": " ".join(words),
        "village_code": chance.choice(villages),
        "place": " ".join(chance.choices(USUAL, k=2)),
        "source": chance.choice(("web", "web", "web", "phone", "visit", "patrol")),
        "received_at": at,
        "received_on": wib_day(at),
        "recorded_at": at,
        "status": status.value,
        "exclusion": "spam" if status is Status.EXCLUDED else None,
        "assignee_id": chance.choice(officers) if worked_on and officers else None,
        "answer_due": dates.answer_due,
        "follow_up_due": dates.follow_up_due,
        "settle_due": dates.settle_due,
        "due_on": next_due(status, dates),
        "settled_at": at if status in {Status.SETTLED, Status.FINAL} else None,
    }
