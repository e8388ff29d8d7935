"""Named reads of the audit trail: searched, verified, its end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.calendar import day_range
from core.chain import GENESIS, ChainedEvent, verify
from core.ids import first_id
from offices.audit_chain import ERASED, facts, words_digest
from offices.audit_models import AuditChain, AuditEntry

AT_ONCE = 1000
LATELY = 500  # entries that are checked again and again
PAGE = 30
AT_A_PRESS = 20_000  # entries that are checked while somebody waits for the page: about a second
MOST_READ = 50_000  # entries among which a text is searched: no index holds texts
CHAINED = tuple(
    getattr(AuditEntry, name)
    for name in (
        "seq", "previous_hash", "hash", "id", "at", "action", "words_digest", "salt", "actor", "subject", "detail",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """What is searched: blank means any. `first` and `last` are WIB days; `text` stands in the subject or detail."""

    actor: str = ""
    action: str = ""
    subject: str = ""
    first: date | None = None
    last: date | None = None
    text: str = ""


@dataclass(frozen=True)
class End:
    """How many entries the office's trail has, and the last one's hash."""

    seq: int
    hash: str

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash}"


@dataclass(frozen=True)
class Checked:
    """The entries that were checked, by their numbers, and the first that was changed, None when none was."""

    first: int
    last: int
    broken: int | None


def words_since(session: Session, office_id: int) -> int | None:
    """The first entry whose words are still there; None where there is none. Older ones were erased by a setting, and
    stay in the chain by their digests.
    """
    kept = sa.select(sa.func.min(AuditEntry.seq)).filter_by(office_id=office_id)
    return session.scalar(kept.where(AuditEntry.salt.is_not(None)))


def is_on_record(session: Session, office_id: int, action: str, subject: str) -> bool:
    """Whether the audit trail knows of such a change."""
    noted = sa.select(AuditEntry.id).filter_by(office_id=office_id, action=action, subject=subject)
    return session.execute(noted.limit(1)).first() is not None


def page(
    session: Session, office_id: int, wanted: Wanted, *, before: UUID | None = None, most: int = PAGE
) -> Sequence[AuditEntry]:
    """The newest entries that are wanted, one more than `most` where there are older; `before`: older than it."""
    chosen = _chosen(office_id, wanted)
    if before is not None:
        chosen = chosen.where(AuditEntry.id < before)
    if wanted.text:
        chosen = _with_text(chosen, wanted.text)
    return session.scalars(chosen.order_by(AuditEntry.id.desc()).limit(most + 1)).all()


def everything(session: Session, office_id: int, wanted: Wanted) -> Iterator[AuditEntry]:
    """All that is wanted, the newest first, read in parts."""
    before: UUID | None = None
    while True:
        found = page(session, office_id, wanted, before=before, most=AT_ONCE)
        yield from found[:AT_ONCE]
        if len(found) <= AT_ONCE:
            return
        before = found[AT_ONCE - 1].id
        session.expunge_all()


def end(session: Session, office_id: int) -> End:
    """Where the trail ends."""
    found = session.execute(sa.select(AuditChain.seq, AuditChain.hash).filter_by(office_id=office_id)).first()
    return End(found.seq, found.hash) if found else End(0, GENESIS)


def broken_at(session: Session, office_id: int, *, lately: bool = False) -> int | None:
    """The number of the first entry that was changed since it was written, None when none was; `lately`: of the newest
    alone, in milliseconds.

    Entries written meanwhile are left out: only what came up to the chain's end as it is read here is checked.
    """
    return _checked_to_end(session, office_id, LATELY if lately else None).broken


def check_part(session: Session, office_id: int, *, before: int | None, most: int) -> Checked:
    """So many entries before that number are checked, or the newest: as much as somebody waits for."""
    if before is None or not 1 < before <= end(session, office_id).seq:
        return _checked_to_end(session, office_id, most)
    first, last = max(1, before - most), before - 1
    return Checked(first, last, _broken(session, office_id, first, End(last, _hash_of(session, office_id, last) or "")))


def _checked_to_end(session: Session, office_id: int, most: int | None) -> Checked:
    newest = session.scalar(sa.select(sa.func.max(AuditEntry.seq)).filter_by(office_id=office_id)) or 0
    until = end(session, office_id)
    first = max(1, until.seq - most + 1) if most else 1
    broken = _broken(session, office_id, first, until)
    return Checked(first, until.seq, until.seq + 1 if broken is None and newest > until.seq else broken)


def _broken(session: Session, office_id: int, first: int, until: End) -> int | None:
    previous = _hash_of(session, office_id, first - 1)
    if previous is None:
        return first - 1
    chosen = sa.select(*CHAINED).where(AuditEntry.office_id == office_id, AuditEntry.seq.between(first, until.seq))
    with session.execute(chosen.order_by(AuditEntry.seq).execution_options(yield_per=AT_ONCE)) as rows:
        return verify((_chained(office_id, row) for row in rows), first=first, previous=previous, end=until.hash)


def holds(session: Session, office_id: int, seq: int, digest: str) -> bool:
    """Whether the entry that an anchor names is still there, with that hash."""
    return _hash_of(session, office_id, seq) == digest


def actors(session: Session, office_id: int) -> Sequence[str]:
    """Everybody who stands in the trail, each found by one step in the index however long the trail is."""
    least = sa.select(sa.func.min(AuditEntry.actor)).where(AuditEntry.office_id == office_id)
    found = least.cte("found", recursive=True)
    before = found.c[0]
    following = least.where(AuditEntry.actor > before).correlate(found).scalar_subquery()
    found = found.union_all(sa.select(following).where(before.is_not(None)))
    named = sa.select(found.c[0]).where(found.c[0].is_not(None))
    return session.scalars(named.order_by(found.c[0])).all()


def _chosen(office_id: int, wanted: Wanted) -> sa.Select[AuditEntry]:
    chosen = sa.select(AuditEntry).where(AuditEntry.office_id == office_id)
    named = {"actor": wanted.actor, "action": wanted.action, "subject": wanted.subject}
    chosen = chosen.filter_by(**{name: value for name, value in named.items() if value})
    if wanted.first:
        chosen = chosen.where(AuditEntry.id >= first_id(day_range(wanted.first)[0]))
    if wanted.last:
        chosen = chosen.where(AuditEntry.id < first_id(day_range(wanted.last)[1]))
    return chosen


def _with_text(chosen: sa.Select[AuditEntry], text: str) -> sa.Select[AuditEntry]:
    """Those of the newest `MOST_READ` that hold the text, whichever way it is spelt in large and small letters."""
    newest = chosen.order_by(AuditEntry.id.desc()).limit(MOST_READ).subquery()
    said = newest.c.subject + " " + newest.c.actor + " " + sa.cast(newest.c.detail, sa.Text)
    return (
        sa.select(AuditEntry)
        .join(newest, sa.and_(AuditEntry.office_id == newest.c.office_id, AuditEntry.id == newest.c.id))
        .where(sa.func.lower(said).contains(text.lower(), autoescape=True))
    )


def _hash_of(session: Session, office_id: int, seq: int) -> str | None:
    if seq == 0:
        return GENESIS
    return session.scalar(sa.select(AuditEntry.hash).filter_by(office_id=office_id, seq=seq))


def _chained(office_id: int, row: sa.Row[Any]) -> ChainedEvent:
    """The entry with the digest that its words have now; erased words leave their digest, and must be all gone."""
    values = dict(row._mapping)  # noqa: SLF001 (SQLAlchemy's public name)
    words = (values["actor"], values["subject"], values["detail"])
    if values["salt"] is not None:
        values["words_digest"] = words_digest(values["salt"], *words)
    elif words != (ERASED, "", {}):
        values["words_digest"] = ""
    return ChainedEvent(row.seq, row.previous_hash, row.hash, facts(office_id, values))
