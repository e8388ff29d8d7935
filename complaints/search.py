"""Finds reports by their words, never reading them all: a full-text index on SQLite and on PostgreSQL."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session

from complaints.case_models import Joiner
from complaints.models import Complaint, Event, EventWords
from complaints.receipts import parse_public_number
from complaints.search_words import Part, Phrase, asked, kept
from offices.models import Village

# Numbers of one office lie together, so that a range of them is an office: office, year, number in the year.
YEARS = 10_000
IN_A_YEAR = 10**8
# Words of a report are indexed up to here: PostgreSQL keeps at most a megabyte for a report. `MOST`: its further words
# are, while the row holds less than so many different words, or letters.
MOST_WORDS = 4000
MOST = {"postgresql": MOST_WORDS, "sqlite": 8 * MOST_WORDS}
ON_POSTGRES = sa.table(
    "complaint_text",
    sa.column("office_id", sa.Integer),
    sa.column("complaint_id", sa.Uuid),
    sa.column("serial", sa.BigInteger),
    sa.column("words"),
)
ON_SQLITE = sa.table(
    "complaint_text", sa.column("rowid", sa.BigInteger), sa.column("complaint_id", sa.Uuid), sa.column("words")
)
VILLAGE_NAME = sa.select(Village.name).where(
    Village.office_id == sa.bindparam("office"), Village.code == sa.bindparam("village")
)


@dataclass(frozen=True)
class Entry:
    """A report as it is put into the index; `words` are stemmed."""

    complaint_id: UUID
    number: str
    words: Sequence[str]


def matching(session: Session, office_id: int, text: str) -> sa.Subquery:
    """The office's reports that hold all that is asked for, whatever was typed; none where no word was.

    Columns `complaint_id` and `serial`, which grows with the public number: ordered by it, a page of the newest costs
    the same for a word that every report has.
    """
    parts = asked(text)
    if session.get_bind().dialect.name == "postgresql":
        return _on_postgres(office_id, parts)
    return _on_sqlite(office_id, parts)


def entry(session: Session, office_id: int, village: str | None, *texts: str) -> list[str]:
    """The words of a new report, made before its transaction begins; `village` is a code."""
    name = None
    if village:
        name = session.connection().scalars(VILLAGE_NAME, {"office": office_id, "village": village}).first()
    return kept([*texts, name or ""])


def write(session: Session, office_id: int, entries: Iterable[Entry]) -> None:
    """Put reports into the index, in the caller's transaction; each becomes what its entry says."""
    rows = [_row(session, office_id, one) for one in entries]
    if rows:
        session.connection().execute(_insert(session.get_bind().dialect.name), rows)


def add(session: Session, office_id: int, number: str, text: str) -> None:
    """Index further words of a report, in the caller's transaction."""
    dialect = session.get_bind().dialect.name
    row = {"serial": serial(office_id, number), "words": _written(dialect, kept([text])), "most": MOST[dialect]}
    session.connection().execute(_append(dialect), row | {"office": office_id})


def again(session: Session, report: Complaint) -> None:
    """Index anew what now stands in a report, in the caller's transaction: erased words are found no more."""
    words = entry(session, report.office_id, report.village_code, *_texts(session, report))
    dialect = session.get_bind().dialect.name
    gone = {"office": report.office_id, "serial": serial(report.office_id, report.number)}
    session.connection().execute(_delete(dialect), gone)
    write(session, report.office_id, [Entry(report.id, report.number, words)])


def serial(office_id: int, number: str) -> int:
    """The report's place in the index. Raises ValueError for what is no public number."""
    found = parse_public_number(number)
    if found is None or found.n >= IN_A_YEAR:
        raise ValueError("not a public number of ours")
    return (office_id * YEARS + found.year) * IN_A_YEAR + found.n


def _texts(session: Session, report: Complaint) -> list[str]:
    same = sa.and_(EventWords.office_id == Event.office_id, EventWords.event_id == Event.id)
    mine = sa.and_(Event.office_id == report.office_id, Event.complaint_id == report.id, EventWords.said != "")
    said = session.scalars(sa.select(EventWords.said).join(Event, same).where(mine).order_by(Event.seq))
    joined = session.scalars(
        sa.select(Joiner.said).filter_by(office_id=report.office_id, complaint_id=report.id).order_by(Joiner.id)
    )
    return [report.description, report.place, *joined, *said]


def _on_sqlite(office_id: int, parts: Sequence[Part]) -> sa.Subquery:
    first, last = office_id * YEARS * IN_A_YEAR, (office_id + 1) * YEARS * IN_A_YEAR - 1
    question = " AND ".join(map(_sqlite_part, parts))
    within = sa.literal_column("complaint_text").op("MATCH")(question) if parts else sa.false()
    found = sa.select(ON_SQLITE.c.complaint_id, ON_SQLITE.c.rowid.label("serial"))
    return found.where(within, ON_SQLITE.c.rowid.between(first, last)).subquery("found")


def _on_postgres(office_id: int, parts: Sequence[Part]) -> sa.Subquery:
    question = " & ".join(map(_postgres_part, parts))
    within = ON_POSTGRES.c.words.op("@@")(sa.cast(question, postgresql.TSQUERY))
    found = sa.select(ON_POSTGRES.c.complaint_id, ON_POSTGRES.c.serial)
    return found.where(within if parts else sa.false(), ON_POSTGRES.c.office_id == office_id).subquery("found")


def _sqlite_part(part: Part) -> str:
    """Letters and digits alone stand between the quotes, so nothing typed is ever syntax."""
    if isinstance(part, Phrase):
        return '"' + " ".join(part.words) + '"'
    return "(" + " OR ".join(f'"{start}" *' for start in part.starts) + ")"


def _postgres_part(part: Part) -> str:
    if isinstance(part, Phrase):
        return "(" + " <-> ".join(f"'{word}'" for word in part.words) + ")"
    return "(" + " | ".join(f"'{start}':*" for start in part.starts) + ")"


def _row(session: Session, office_id: int, one: Entry) -> dict[str, object]:
    place = serial(office_id, one.number)
    dialect = session.get_bind().dialect.name
    words = _written(dialect, [*one.words[:MOST_WORDS], f"{place % IN_A_YEAR:05d}"])
    return {"office": office_id, "complaint": one.complaint_id, "serial": place, "words": words}


def _written(dialect: str, words: Sequence[str]) -> str:
    """On PostgreSQL as a finished tsvector, so that no parser of its own cuts the words another way."""
    if dialect != "postgresql":
        return " ".join(words)
    return " ".join(f"'{word}':{place}" for place, word in enumerate(words, 1))


@cache
def _insert(dialect: str) -> sa.TextClause:
    if dialect == "postgresql":
        text = (
            "INSERT INTO complaint_text (office_id, complaint_id, serial, words) "
            "VALUES (:office, :complaint, :serial, CAST(:words AS tsvector))"
        )
    else:
        text = "INSERT INTO complaint_text (rowid, complaint_id, words) VALUES (:serial, :complaint, :words)"
    return sa.text(text).bindparams(sa.bindparam("complaint", type_=sa.Uuid()))


@cache
def _append(dialect: str) -> sa.TextClause:
    if dialect == "postgresql":
        return sa.text(
            "UPDATE complaint_text SET words = words || CAST(:words AS tsvector) "
            "WHERE office_id = :office AND serial = :serial AND length(words) < :most"
        )
    return sa.text(
        "UPDATE complaint_text SET words = words || ' ' || :words WHERE rowid = :serial AND length(words) < :most"
    )


@cache
def _delete(dialect: str) -> sa.TextClause:
    if dialect == "postgresql":
        return sa.text("DELETE FROM complaint_text WHERE office_id = :office AND serial = :serial")
    return sa.text("DELETE FROM complaint_text WHERE rowid = :serial")
