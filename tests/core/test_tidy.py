"""The night keeps the database's statistics fresh, of tables too that its own connection never read."""

import sqlite3
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from core import sqlite


def test_a_table_that_has_grown_is_analysed_again(tmp_path: Path) -> None:
    file = tmp_path / "house.db"
    with closing(sqlite3.connect(file)) as house:
        house.executescript("CREATE TABLE report (day); CREATE INDEX by_day ON report (day)")
        house.executescript("INSERT INTO report VALUES (1); ANALYZE")
        house.executemany("INSERT INTO report VALUES (?)", [(n,) for n in range(500)])
        house.commit()
    engine = sa.create_engine(f"sqlite:///{file}")
    sqlite.tidy(engine)
    engine.dispose()
    with closing(sqlite3.connect(file)) as house:
        assert house.execute("SELECT stat FROM sqlite_stat1").fetchone() == ("501 1",)
