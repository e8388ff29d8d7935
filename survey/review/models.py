"""Tables of what follows from ratings: follow-ups planned, suggestions marked."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, GrowingRow
from offices.models import of_office


class FollowUp(GrowingRow, Base):
    """One line of the follow-up plan (rencana tindak lanjut) that was made from the figures of `period` ("2026-S1").

    `due` is a quarter ("2026-TW4"). What stands in `public_words` is shown to residents once `is_public`.
    """

    __tablename__ = "follow_up"
    __table_args__ = (
        of_office("service_code", "service.code"),
        of_office("evidence_id", "attachment.id"),
        sa.Index(None, "office_id", "period"),
    )

    period: Mapped[str]
    element: Mapped[str]
    service_code: Mapped[str | None]
    action: Mapped[str]
    due: Mapped[str]
    owner: Mapped[str]
    status: Mapped[str]
    result: Mapped[str] = mapped_column(default="")
    evidence_id: Mapped[UUID | None]
    done_on: Mapped[date | None]
    is_public: Mapped[bool] = mapped_column(default=False)
    public_words: Mapped[str] = mapped_column(default="")
    added_at: Mapped[datetime]
    added_by: Mapped[str]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]


class SuggestionMark(GrowingRow, Base):
    """What became of the suggestion of the rating with this id: its theme, and whether it was handled or hidden."""

    __tablename__ = "suggestion_mark"
    __table_args__ = (
        sa.ForeignKeyConstraint(["office_id", "id"], ["rating.office_id", "rating.id"]),
        of_office("follow_up_id", "follow_up.id"),
    )

    theme: Mapped[str] = mapped_column(default="")
    state: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    follow_up_id: Mapped[UUID | None]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]


class SuggestionTurn(GrowingRow, Base):
    """The suggestion of a rating was handled or hidden, or opened again; so what waited at a moment is known."""

    __tablename__ = "suggestion_turn"
    __table_args__ = (of_office("rating_id", "rating.id"), sa.Index(None, "office_id", "rating_id"))

    rating_id: Mapped[UUID]
    is_open: Mapped[bool]
    turned_at: Mapped[datetime]
