"""The table of backups: when each was made and verified, and what was found."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base


class Kind(StrEnum):
    """Who wanted a backup; stored by value."""

    NIGHTLY = "nightly"
    COMMAND = "command"
    PAGE = "page"


class BackupRun(Base):
    """A backup of the whole installation, asked for, made, verified or failed; belongs to no office.

    `night`: the WIB day whose nightly backup it is. `made_at`: the moment that the file shows; None until it is made.
    `file`: where it was put; `size` in bytes. `sealed`: encrypted. `same_disk`: it lies on the disk of the data.
    `result`: what the last verification compared, `error`: why there is no good backup. `removed_at`: rotated out.
    """

    __tablename__ = "backup_run"
    __table_args__ = (sa.Index(None, "asked_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    asked_at: Mapped[datetime]
    asked_by: Mapped[str]
    night: Mapped[date | None]
    file: Mapped[str | None]
    size: Mapped[int | None] = mapped_column(sa.BigInteger)
    sha256: Mapped[str | None]
    made_at: Mapped[datetime | None]
    sealed: Mapped[bool] = mapped_column(default=False)
    same_disk: Mapped[bool] = mapped_column(default=False)
    verified_at: Mapped[datetime | None]
    result: Mapped[str | None]
    error: Mapped[str | None]
    removed_at: Mapped[datetime | None]
