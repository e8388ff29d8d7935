"""The tables of passkeys."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_security import WebAuthnMixin
from sqlalchemy.orm import Mapped, backref, mapped_column, relationship

from core.db import Base, OfficeRow
from offices.models import MASTER, Staff, of_office


class Passkey(OfficeRow, WebAuthnMixin, Base):
    """A passkey of a staff account: the public half alone. Columns are named as the sign-in library wants them."""

    __tablename__ = "passkey"
    __table_args__ = (
        of_office("staff_id", "staff.id"),
        sa.UniqueConstraint("credential_id"),
        {"info": MASTER},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)  # type: ignore[assignment]  # the library would have an int
    staff_id: Mapped[UUID]
    name: Mapped[str]
    credential_id: Mapped[bytes]
    public_key: Mapped[bytes]
    sign_count: Mapped[int] = mapped_column(sa.BigInteger)
    transports: Mapped[list[str] | None] = mapped_column(sa.JSON(none_as_null=True))
    extensions: Mapped[str | None]
    backup_state: Mapped[bool]
    device_type: Mapped[str]
    usage: Mapped[str]
    added_at: Mapped[datetime]
    lastuse_datetime: Mapped[datetime]

    staff: Mapped[Staff] = relationship(backref=backref("webauthn", order_by="Passkey.added_at"))

    def get_user_mapping(self) -> dict[str, Any]:
        """How the library finds the account."""
        return {"id": self.staff_id}


class SpentChallenge(Base):
    """A passkey's proof that let somebody in, by the challenge that it answered. Goes once it would be too old."""

    __tablename__ = "spent_challenge"

    challenge: Mapped[str] = mapped_column(primary_key=True)
    spent_at: Mapped[datetime]
