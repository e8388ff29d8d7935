"""How every register is written: a change adds a version of its entry, and none is ever altered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.calendar import wib_day
from core.db import transaction
from core.errors import Conflict, Refused
from core.ids import uuid7
from indicators.registers import entry_queries
from indicators.registers.models import Version
from indicators.registers.naming import coded, title_of, trimmed
from indicators.registers.terms import Register, may_write, writers_words
from indicators.targets import YEARS
from offices import attachments, audit, queries
from offices.attachments import Kept
from offices.models import Staff

TWICE = "Isian ini sudah tersimpan sebelumnya dengan isi lain. Buka daftarnya untuk mengubahnya."
OVERTAKEN = "Orang lain baru saja mengubah isian ini. Periksa isinya yang sekarang, lalu simpan lagi."
CODES = {"kind", "direction"}
A_TICK = timedelta(microseconds=1)  # so that the versions of an entry follow each other, whatever the clock says


@dataclass(frozen=True)
class Desk:
    """A register in the caller's transaction, and who writes in it."""

    session: Session
    register: Register
    office_id: int
    by: str
    now: datetime

    def add(self, entry_id: UUID, values: Mapping[str, Any], filed: Kept | None) -> UUID:
        """A new entry under the id that its form was given: sent twice, it is added once. Raises Refused, Conflict."""
        self._open()
        known = entry_queries.versions(self.session, self.register, self.office_id, entry_id)
        if known and not self._is_same(known[-1], values, filed):
            raise Conflict(TWICE)
        if not known:
            row = self._put(entry_id, {**values, "file_id": self._file(entry_id, filed)}, self.now)
            self._note("add", row, {key: value for key, value in values.items() if value not in {None, ""}}, filed)
        return entry_id

    def _is_same(self, old: Version, values: Mapping[str, Any], filed: Kept | None) -> bool:
        """Whether it stands there just so, with the same evidence; a form without a file says nothing of it."""
        if old.is_removed or _changes(old, values):
            return False
        if filed is None:
            return True
        kept = attachments.one(self.session, self.office_id, old.file_id) if old.file_id else None
        return kept is not None and kept.sha256 == filed.sha256

    def edit(self, entry_id: UUID, seen: UUID | None, values: Mapping[str, Any], filed: Kept | None) -> None:
        """Say it otherwise; `seen` is the version that was changed. Nothing is written when nothing differs.

        Raises Missing, Conflict, Refused.
        """
        old = self._claimed(entry_id, seen)
        changed = _changes(old, values)
        if not changed and not filed and not old.is_removed:
            return
        file_id = self._file(entry_id, filed) or old.file_id
        row = self._put(entry_id, {**values, "file_id": file_id}, self._after(old))
        self._note("edit", row, {key: [getattr(old, key), values[key]] for key in changed}, filed)

    def remove(self, entry_id: UUID, seen: UUID | None, reason: str) -> None:
        """Take it out of the register; what it said stays on record. Raises Missing, Conflict, Refused."""
        old = self._claimed(entry_id, seen)
        if not reason:
            raise Refused("Tulis alasannya: isian yang dihapus tidak dihitung lagi.", "reason")
        kept = {name: getattr(old, name) for name in entry_queries.told_columns(self.register)}
        row = self._put(
            entry_id, {**kept, "file_id": old.file_id, "is_removed": True, "reason": reason}, self._after(old)
        )
        self._note("remove", row, {"reason": reason}, None)

    def _open(self) -> None:
        """Wait for others who write for this office, then see whether this person may. Raises Refused."""
        queries.take_turn(self.session, self.office_id)
        account = self.session.scalars(sa.select(Staff).filter_by(office_id=self.office_id, email=self.by)).first()
        if account and not may_write(self.register, account.staff_role, account.section_key):
            raise Refused(writers_words(self.register))

    def _claimed(self, entry_id: UUID, seen: UUID | None) -> Version:
        self._open()
        newest = entry_queries.newest(self.session, self.register, self.office_id, entry_id)
        if newest.id != seen:
            raise Conflict(OVERTAKEN)
        return newest

    def _after(self, old: Version) -> datetime:
        return max(self.now, old.recorded_at + A_TICK)

    def _file(self, entry_id: UUID, filed: Kept | None) -> UUID | None:
        if filed is None:
            return None
        return attachments.record(self.session, self.office_id, filed, about(entry_id), self.by, self.now)

    def _put(self, entry_id: UUID, values: Mapping[str, Any], moment: datetime) -> Version:
        named = {"office_id": self.office_id, "id": uuid7(moment), "entry_id": entry_id}
        signed = {"recorded_at": moment, "recorded_by": self.by}
        row = entry_queries.MODELS[self.register](**named, **signed, **values)
        self.session.add(row)
        self.session.flush()
        return row

    def _note(self, act: str, row: Version, detail: Mapping[str, Any], filed: Kept | None) -> None:
        told = {key: _plain(key, value) for key, value in detail.items()}
        if filed:
            told["evidence_id"] = filed.file_name
        subject = f"{self.register.value}: {title_of(row)}"
        audit.record(self.session, self.office_id, self.by, f"register.{act}", subject, told, now=self.now)


@transaction
def remove(
    session: Session,
    /,
    *,
    office_id: int,
    register: Register,
    entry_id: UUID,
    seen: UUID | None,
    reason: str,
    by: str,
    now: datetime,
) -> None:
    """Take an entry out of its register. Raises Missing, Conflict, Refused."""
    Desk(session, register, office_id, by, now).remove(entry_id, seen, reason)


def about(entry_id: UUID) -> str:
    """What evidence of an entry is filed under."""
    return f"register:{entry_id}"


def check_day(day: date | None, field: str, now: datetime | None = None) -> None:
    """Refused for a year that is a slip of the pen and, where `now` is given, for a day that has not come."""
    if day is None:
        return
    if day.year not in YEARS:
        raise Refused("Periksa tahunnya.", field)
    if now and day > wib_day(now):
        raise Refused("Hari itu belum tiba. Isi sesudah terjadi.", field)


def check_year(year: int) -> None:
    """Refused for a year that is a slip of the pen."""
    if year not in YEARS:
        raise Refused("Periksa tahunnya.", "year")


def _changes(old: Version, values: Mapping[str, Any]) -> list[str]:
    return [key for key, value in values.items() if getattr(old, key) != value]


def _plain(key: str, value: object) -> object:
    """As JSON can hold it, in words where it is a code."""
    match value:
        case list():
            return [_plain(key, each) for each in value]
        case Decimal():
            return trimmed(value)
        case str() if key in CODES:
            return coded(value)
        case date() | UUID():
            return str(value)
    return value
