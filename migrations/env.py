"""Runs the migrations in one transaction, on the writer's engine."""

from typing import Any, Literal

from alembic import context

from core import schema
from core.db import Base, FixedPoint, UtcDateTime, writer_engine


def render_item(kind: str, item: Any, _context: object) -> str | Literal[False]:
    """Write our own column types as they are written by hand."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "core.db.UtcDateTime()"
    if kind == "type" and isinstance(item, FixedPoint):
        return f"core.db.FixedPoint({item.places})"
    return False


def include_name(name: str | None, kind: str, _parents: object) -> bool:
    """Leave alone the full-text index, which no model describes."""
    return kind != "table" or not str(name).startswith("complaint_text")


with writer_engine().connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        render_item=render_item,
        include_name=include_name,
    )
    schema.refuse_going_back(connection, context.get_context().opts)
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
