"""INSERT … ON CONFLICT, which SQLite and PostgreSQL spell alike and SQLAlchemy keeps in each one's dialect."""

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from core.db import Base


def insert_for(session: Session, model: type[Base]) -> postgresql.Insert | sqlite.Insert:
    """An INSERT into the model's table that knows `on_conflict_do_update` and `on_conflict_do_nothing`."""
    return insert_of(session.get_bind().dialect.name, model)


def insert_of(dialect: str, model: type[Base]) -> postgresql.Insert | sqlite.Insert:
    """The same for a statement that is built once for each dialect: building it takes longer than running it."""
    return postgresql.insert(model) if dialect == "postgresql" else sqlite.insert(model)
