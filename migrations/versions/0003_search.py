"""A full-text index of reports: FTS5 on SQLite, a tsvector with GIN on PostgreSQL."""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from complaints.search_words import kept
from core.spread import spread

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

AT_ONCE = 1000
REPORTS = """
    SELECT complaint.office_id, complaint.id, complaint.number, complaint.description, complaint.place, village.name
    FROM complaint
    LEFT JOIN village ON village.office_id = complaint.office_id AND village.code = complaint.village_code
    WHERE (complaint.office_id, complaint.number) > (:office, :number)
    ORDER BY complaint.office_id, complaint.number LIMIT :most
"""
Found = Sequence[sa.Row[Any]]


def upgrade() -> None:
    """Make it so."""
    if op.get_bind().dialect.name == "postgresql":
        _make_on_postgres()
    else:
        _make_on_sqlite()
    for found in _reports():
        op.get_bind().execute(_insert(), [_row(*report) for report in found])


def downgrade() -> None:
    """Take it back."""
    op.execute("DROP TABLE complaint_text")


def _make_on_postgres() -> None:
    op.create_table(
        "complaint_text",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("serial", sa.BigInteger(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("words", postgresql.TSVECTOR(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="fk_complaint_text_office_id"),
        sa.ForeignKeyConstraint(
            ["office_id", "complaint_id"],
            ["complaint.office_id", "complaint.id"],
            name="fk_complaint_text_office_id_complaint_id",
        ),
        sa.PrimaryKeyConstraint("office_id", "serial", name="pk_complaint_text"),
    )
    spread("complaint_text")
    op.execute("CREATE INDEX ix_complaint_text_words ON complaint_text USING gin (words)")


def _make_on_sqlite() -> None:
    """Words come in as plain letters already, so the tokenizer has only to part them at spaces. What is deleted is
    wiped from the index, too.
    """
    op.execute(
        "CREATE VIRTUAL TABLE complaint_text USING fts5(words, complaint_id UNINDEXED, tokenize = 'ascii', columnsize = 0)"
    )
    op.execute("INSERT INTO complaint_text (complaint_text, rank) VALUES ('secure-delete', 1)")


def _reports() -> Iterator[Found]:
    """All reports, in parts."""
    office, number = 0, ""
    chosen = sa.text(REPORTS).columns(id=sa.Uuid())
    while found := op.get_bind().execute(chosen, {"office": office, "number": number, "most": AT_ONCE}).all():
        yield found
        office, number = found[-1].office_id, found[-1].number


def _row(office: int, key: Any, number: str, description: str, place: str, village: str | None) -> dict[str, Any]:
    """As `complaints.search` writes it: the words, then the number in the year."""
    _kind, year, n = number.split("-")
    words = [*kept([description, place, village or ""]), n]
    if op.get_bind().dialect.name == "postgresql":
        words = [f"'{word}':{at}" for at, word in enumerate(words, 1)]
    serial = (office * 10_000 + int(year)) * 10**8 + int(n)
    return {"office": office, "complaint": key, "serial": serial, "words": " ".join(words)}


def _insert() -> sa.TextClause:
    if op.get_bind().dialect.name == "postgresql":
        text = (
            "INSERT INTO complaint_text (office_id, serial, complaint_id, words) "
            "VALUES (:office, :serial, :complaint, CAST(:words AS tsvector))"
        )
    else:
        text = "INSERT INTO complaint_text (rowid, complaint_id, words) VALUES (:serial, :complaint, :words)"
    return sa.text(text).bindparams(sa.bindparam("complaint", type_=sa.Uuid()))
