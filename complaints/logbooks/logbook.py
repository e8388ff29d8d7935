"""One row of the Trantib log book: what people wrote, made into a report and its moves."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import TypeVar

from complaints.models import Category
from complaints.terms import EXCLUSION_LABELS, SOURCE_LABELS, STATUS_LABELS, Exclusion, Move, Source, Status
from core.calendar import WIB
from core.errors import Refused
from core.forms import one_line, tidy, untypable
from offices.models import Village

COLUMNS = (
    "received_at", "category", "village", "description", "status", "settled_at", "source", "exclusion", "reason",
)  # fmt: skip
NEEDED = ("received_at", "category", "description")
LONGEST = {"description": 5000, "reason": 2000}
EARLIEST_YEAR = 2000
Code = TypeVar("Code")
# Day first, as people here write it; the year first is read by the calendar itself.
DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ ,T]+(?:pukul )?(\d{1,2})[.:](\d{2})(?::\d{2})?)?")
UNKNOWN = {"", "-", "–", "tidak tahu", "tidak-tahu", "tidak diketahui"}
# What else people write for a status, an exclusion or a source.
STATUS_WORDS: dict[str, Status] = {
    "baru": Status.RECEIVED, "diterima": Status.RECEIVED, "masuk": Status.RECEIVED, "diperiksa": Status.VERIFIED,
    "proses": Status.IN_PROGRESS, "diproses": Status.IN_PROGRESS, "dalam proses": Status.IN_PROGRESS,
    "ditangani": Status.IN_PROGRESS, "tuntas": Status.SETTLED, "dikecualikan": Status.EXCLUDED,
    "ditolak": Status.EXCLUDED,
}  # fmt: skip
EXCLUSION_WORDS: dict[str, Exclusion] = {
    "uji coba": Exclusion.SPAM, "bukan laporan": Exclusion.SPAM, "duplikat": Exclusion.DUPLICATE,
    "ganda": Exclusion.DUPLICATE, "di luar kewenangan": Exclusion.OUT_OF_AUTHORITY,
    "bukan kewenangan": Exclusion.OUT_OF_AUTHORITY, "bukan wewenang": Exclusion.OUT_OF_AUTHORITY,
}  # fmt: skip
SOURCE_WORDS: dict[str, Source] = {
    "surat": Source.PAPER, "kertas": Source.PAPER, "datang": Source.VISIT, "datang langsung": Source.VISIT,
    "lisan": Source.VISIT, "telpon": Source.PHONE, "sms": Source.MESSAGE, "wa": Source.MESSAGE,
    "whatsapp": Source.MESSAGE, "patroli": Source.PATROL, "buku": Source.LOGBOOK,
}  # fmt: skip
# The moves that lead to each status a row may have.
PATHS: Mapping[Status, tuple[Move, ...]] = {
    Status.RECEIVED: (Move.RECEIVE,),
    Status.VERIFIED: (Move.RECEIVE, Move.VERIFY),
    Status.IN_PROGRESS: (Move.RECEIVE, Move.VERIFY, Move.START),
    Status.SETTLED: (Move.RECEIVE, Move.VERIFY, Move.START, Move.SETTLE),
    Status.EXCLUDED: (Move.RECEIVE, Move.EXCLUDE),
}


@dataclass(frozen=True)
class Entry:
    """A row as a report. `settled_at` and `exclusion` are there exactly when the status says so."""

    received_at: datetime
    category: str
    settle_days: int
    village: str | None
    description: str
    status: Status
    settled_at: datetime | None
    source: Source
    exclusion: Exclusion | None
    reason: str

    def moves(self) -> list[tuple[Move, datetime]]:
        """Each move with its own time; the log book tells only when a report came and when it was settled."""
        steps = PATHS[self.status]
        return [(step, self._time_of(step)) for step in steps]

    def _time_of(self, move: Move) -> datetime:
        if move in {Move.RECEIVE, Move.EXCLUDE} or self.settled_at is None:
            return self.received_at
        return self.settled_at


class LogBook:
    """Reads rows by the office's own categories and desa, by code or name; nothing later than `now` is believed."""

    def __init__(self, categories: Iterable[Category], villages: Iterable[Village], now: datetime) -> None:
        rows = list(categories)
        self._days = {row.code: row.settle_days for row in rows}
        self._categories = _by_words((row.code, (row.code, row.name)) for row in rows)
        self._villages = _by_words((row.code, (row.code, row.bps_code, row.name)) for row in villages)
        self._now = now

    def read(self, row: Mapping[str, str]) -> Entry:
        """The row as a report; raises Refused, naming the column, when it says too little or contradicts itself."""
        text = {name: _text(row, name) for name in COLUMNS}
        for name in NEEDED:
            if not text[name]:
                raise Refused(f"{name}: kosong.", name)
        received_at, settled_at = self._times(text["received_at"], text["settled_at"])
        exclusion = _known("exclusion", text["exclusion"], EXCLUSIONS) if text["exclusion"] else None
        status = _status(text["status"], settled_at, exclusion)
        _check(status, settled_at, exclusion, text["reason"])
        category = _known("category", text["category"], self._categories)
        unknown = text["village"].casefold() in UNKNOWN
        return Entry(
            received_at=received_at,
            category=category,
            settle_days=self._days[category],
            village=None if unknown else _known("village", text["village"], self._villages),
            description=text["description"],
            status=status,
            settled_at=settled_at,
            source=_known("source", text["source"], SOURCES) if text["source"] else Source.LOGBOOK,
            exclusion=exclusion,
            reason=text["reason"],
        )

    def _times(self, received: str, settled: str) -> tuple[datetime, datetime | None]:
        """Both moments. A day alone begins at midnight, so one settled on the day it came is settled as it came."""
        received_at, _ = self._moment("received_at", received)
        if settled in UNKNOWN:
            return received_at, None
        settled_at, is_day = self._moment("settled_at", settled)
        if settled_at < received_at:
            if not is_day or settled_at.astimezone(WIB).date() != received_at.astimezone(WIB).date():
                raise Refused("settled_at: lebih awal dari received_at.", "settled_at")
            settled_at = received_at
        return received_at, settled_at

    def _moment(self, name: str, text: str) -> tuple[datetime, bool]:
        """The moment in UTC, and whether only a day was written."""
        try:
            moment, is_day = _read_moment(text)
            utc = moment.astimezone(UTC)
        except (ValueError, OverflowError):
            raise Refused(f"{name}: “{text[:40]}” bukan waktu; tulis seperti 2026-10-31 14:30.", name) from None
        if utc > self._now:
            raise Refused(f"{name}: “{text[:40]}” belum lewat.", name)
        return utc, is_day


def _read_moment(text: str) -> tuple[datetime, bool]:
    """In WIB where no zone is named; ValueError when it is no time, or one before this office kept books."""
    found = DAY_FIRST.fullmatch(text)
    if found:
        day, month, year, hour, minute = (int(part or 0) for part in found.groups())
        moment, is_day = datetime(year, month, day, hour, minute, tzinfo=WIB), found[4] is None
    else:
        moment = datetime.fromisoformat(text)
        is_day = len(text) <= len("2026-10-31") and moment.time() == time()
    if moment.year < EARLIEST_YEAR:
        raise ValueError(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=WIB)), is_day


def _text(row: Mapping[str, str], name: str) -> str:
    text = tidy(row.get(name)) if name in LONGEST else one_line(row.get(name))
    if untypable(text):
        raise Refused(f"{name}: ada tanda yang tidak dapat disimpan.", name)
    if len(text) > LONGEST.get(name, 200):
        raise Refused(f"{name}: terlalu panjang, {len(text)} huruf.", name)
    return text


def _by_words(named: Iterable[tuple[Code, Iterable[str]]]) -> dict[str, Code]:
    """Every way to write each code, without regard to capitals."""
    return {one_line(word).casefold(): code for code, words in named for word in words}


def _known(name: str, text: str, words: Mapping[str, Code]) -> Code:
    found = words.get(text.casefold())
    if found is None:
        raise Refused(f"{name}: “{text[:40]}” tidak dikenal.", name)
    return found


def _status(text: str, settled_at: datetime | None, exclusion: Exclusion | None) -> Status:
    """As written; an empty one follows from what else the row says."""
    if text:
        return _known("status", text, STATUSES)
    if exclusion:
        return Status.EXCLUDED
    return Status.SETTLED if settled_at else Status.RECEIVED


def _check(status: Status, settled_at: datetime | None, exclusion: Exclusion | None, reason: str) -> None:
    """Refuse a row that contradicts itself: its figures would depend on which half is believed."""
    if status is Status.SETTLED and settled_at is None:
        raise Refused("settled_at: kosong, padahal statusnya selesai.", "settled_at")
    if status is not Status.SETTLED and settled_at is not None:
        raise Refused("settled_at: terisi, padahal statusnya bukan selesai.", "settled_at")
    if status is Status.EXCLUDED and exclusion is None:
        raise Refused("exclusion: kosong, padahal statusnya tidak dihitung.", "exclusion")
    if status is not Status.EXCLUDED and exclusion is not None:
        raise Refused("exclusion: terisi, padahal statusnya lain.", "exclusion")
    if exclusion and not reason:
        raise Refused("reason: tulis mengapa laporan ini tidak dihitung.", "reason")


STATUSES = STATUS_WORDS | _by_words((status, (status.value, STATUS_LABELS[status])) for status in PATHS)
EXCLUSIONS = EXCLUSION_WORDS | _by_words((kind, (kind.value, EXCLUSION_LABELS[kind])) for kind in Exclusion)
SOURCES = SOURCE_WORDS | _by_words((source, (source.value, SOURCE_LABELS[source])) for source in Source)
