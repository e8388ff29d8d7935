"""Spreads tables over the workers of Citus, the distributed PostgreSQL; elsewhere does nothing."""

import sqlalchemy as sa
from alembic import op

SPREAD_COLUMN = "office_id"


def spread(table: str) -> None:
    """Spread a growing table by office. Call it right after the table is made, before its children are:
    spreading a table that foreign keys already point to fails.
    """
    if _has_citus():
        _call("SELECT create_distributed_table(:table, :column)", table=table, column=SPREAD_COLUMN)


def reference(table: str) -> None:
    """Copy a small master table whole to every worker, so that spread tables may point to it."""
    if _has_citus():
        _call("SELECT create_reference_table(:table)", table=table)


def _has_citus() -> bool:
    connection = op.get_bind()
    if connection.dialect.name != "postgresql":
        return False
    return bool(connection.scalar(sa.text("SELECT count(*) FROM pg_extension WHERE extname = 'citus'")))


def _call(statement: str, **values: str) -> None:
    op.get_bind().execute(sa.text(statement), values)
