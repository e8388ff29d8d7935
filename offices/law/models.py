"""Tables of the law on personal data: what was erased, an office's own register, breaches and their steps."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from core.db import Base, GrowingRow
from offices.models import of_office


class Erasure(GrowingRow, Base):
    """So many things of a `kind` were erased at once, all older than the day `before`. Rows are only added."""

    __tablename__ = "erasure"

    at: Mapped[datetime]
    kind: Mapped[str]
    count: Mapped[int]
    before: Mapped[date]


class OwnProcessing(GrowingRow, Base):
    """What an office does with personal data outside this system, for its register; `removed_at`: no more."""

    __tablename__ = "own_processing"

    name: Mapped[str]
    purpose: Mapped[str]
    basis: Mapped[str]
    kinds: Mapped[str]
    whose: Mapped[str]
    recipients: Mapped[str]
    how_long: Mapped[str]
    protection: Mapped[str]
    added_at: Mapped[datetime]
    added_by: Mapped[str]
    removed_at: Mapped[datetime | None]


class Breach(GrowingRow, Base):
    """A failure to protect personal data. Its three days run from `found_at`, whenever it was put down (`added_at`)."""

    __tablename__ = "breach"

    title: Mapped[str]
    found_at: Mapped[datetime]
    added_at: Mapped[datetime]
    added_by: Mapped[str]


class BreachStep(GrowingRow, Base):
    """A step of the list was taken: when, by whom, and what they noted. Rows are only added, one for each step."""

    __tablename__ = "breach_step"
    __table_args__ = (sa.UniqueConstraint("office_id", "breach_id", "step"), of_office("breach_id", "breach.id"))

    breach_id: Mapped[UUID]
    step: Mapped[str]
    done_at: Mapped[datetime]
    done_by: Mapped[str]
    note: Mapped[str]


class BreachNotice(GrowingRow, Base):
    """A version of the written notice: the three things that pasal 46 asks for. Rows are only added."""

    __tablename__ = "breach_notice"
    __table_args__ = (sa.UniqueConstraint("office_id", "breach_id", "version"), of_office("breach_id", "breach.id"))

    breach_id: Mapped[UUID]
    version: Mapped[int]
    disclosed: Mapped[str]
    how: Mapped[str]
    remedy: Mapped[str]
    made_at: Mapped[datetime]
    made_by: Mapped[str]
