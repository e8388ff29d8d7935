"""Anchors of the chain: how many events there were at a moment, and the last one's hash, to be printed and kept."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints.models import Complaint, Event
from core.chain import GENESIS
from core.errors import Refused
from core.ids import first_id

# Ids follow the clock and numbers follow the lock, so among what was recorded last the order may differ: a writer waits
# for its turn no longer than this.
TURN = timedelta(minutes=2)
AN_ID = timedelta(milliseconds=1)  # as finely as ids follow the clock
WRITTEN = re.compile(r"(0|[1-9]\d{0,17}):([0-9a-f]{64})")


@dataclass(frozen=True)
class Anchor:
    """The chain's length and the hash of its last event; no event: zeros."""

    events: int
    hash: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """From "1204:9f…"; Refused when it is anything else."""
        found = WRITTEN.fullmatch(text.strip().lower())
        if not found:
            raise Refused(
                "Tulis segel sebagai nomor kejadian, titik dua, dan 64 huruf atau angka, seperti yang tercetak.",
                "anchor",
            )
        return cls(int(found[1]), found[2])

    def __str__(self) -> str:
        return f"{self.events}:{self.hash}"


NO_EVENTS = Anchor(0, GENESIS)


@dataclass(frozen=True)
class ChainEnd:
    """The last event of the chain, and when it was recorded; None: there is none."""

    anchor: Anchor
    recorded_at: datetime | None


def anchor_at(session: Session, office_id: int, before: datetime) -> Anchor:
    """The chain as it was when `before` came: what is recorded later never changes it."""
    # Ids have an index, moments are exact.
    earlier = sa.and_(Event.id < first_id(before + AN_ID), Event.recorded_at < before)
    mine = sa.and_(Event.office_id == office_id, earlier)
    newest = session.scalar(sa.select(Event.recorded_at).where(mine).order_by(Event.id.desc()).limit(1))
    if newest is None:
        return NO_EVENTS
    lately = sa.select(Event.seq, Event.hash).where(mine, Event.id >= first_id(newest - TURN))
    row = session.execute(lately.order_by((Event.seq + 0).desc()).limit(1)).one()  # not by the index of all numbers
    return Anchor(row.seq, row.hash)


def end(session: Session, office_id: int) -> ChainEnd:
    """Where the chain ends now."""
    chosen = sa.select(Event.seq, Event.hash, Event.recorded_at).filter_by(office_id=office_id)
    row = session.execute(chosen.order_by(Event.seq.desc()).limit(1)).first()
    return ChainEnd(Anchor(row.seq, row.hash), row.recorded_at) if row else ChainEnd(NO_EVENTS, None)


def holds(session: Session, office_id: int, anchor: Anchor) -> bool:
    """Whether the event that the anchor names is still there, with that hash."""
    if anchor.events == 0:
        return anchor == NO_EVENTS
    chosen = sa.select(Event.hash).filter_by(office_id=office_id, seq=anchor.events)
    return session.scalar(chosen) == anchor.hash


def number_at(session: Session, office_id: int, seq: int) -> str | None:
    """The public number of the report that an event is about; None when the event is missing."""
    same = sa.and_(Complaint.office_id == Event.office_id, Complaint.id == Event.complaint_id)
    chosen = sa.select(Complaint.number).join(Event, same).where(Event.office_id == office_id, Event.seq == seq)
    return session.scalar(chosen)
