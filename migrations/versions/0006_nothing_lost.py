"""Ratings that say how the monthly sums hold them."""

import sqlalchemy as sa
from alembic import op

from core.spread import spread

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KEYS = ("persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana")
SUMMED = ", ".join(("respondents", *KEYS, "squares"))
SUMS = ", ".join(("count(*)", *(f"sum({key})" for key in KEYS), "sum(CAST(points AS BIGINT) * points)"))
GROUPS = {
    "sex": "sex",
    "age_band": "age_band",
    "education": "education",
    "occupation": "occupation",
    "point": "point_code",
    "source": "source",
    "visit": "visit",
    "officer": "served_by",
}
ANSWERS = {key: key for key in KEYS}
MONTH = "substr(CAST(day AS TEXT), 1, 7)"
IN_INDEX = "withdrawn_at IS NULL AND NOT is_excluded"
TAKEN_OUT = "withdrawn_at IS NULL AND is_excluded"
# As it stood when the last night began, which is what the sums hold, and what pages say.
COUNT = """
    UPDATE rating SET counted = CASE WHEN coalesce(
        (SELECT is_excluded FROM rating_review
            WHERE rating_review.office_id = rating.office_id AND rating_id = rating.id AND reviewed_at <= night.began
            ORDER BY reviewed_at DESC, rating_review.id DESC LIMIT 1),
        false) THEN 'out' ELSE 'in' END
    FROM (SELECT max(started_at) AS began FROM job_run WHERE job = 'nightly' AND error IS NULL) AS night
    WHERE recorded_at <= night.began AND (withdrawn_at IS NULL OR withdrawn_at > night.began)
"""


def upgrade() -> None:
    """Make it so."""
    count_ratings_once()


def downgrade() -> None:
    """Take it back."""
    count_days_again()


def count_ratings_once() -> None:
    """Months are kept by what changed, without days; and answers for themselves."""
    op.add_column("rating", sa.Column("counted", sa.Text(), server_default="", nullable=False))
    op.execute(COUNT)
    for table in ("rating_day", "rating_group_day", "rating_group_month"):
        op.drop_table(table)
    _make("rating_group_month", *_group_keys("month", sa.Text()), sums=_sums(), sqlite_with_rowid=False)
    keys = (sa.Column("month", sa.Text()), sa.Column("edition_code", sa.Text()), sa.Column("answer", sa.SmallInteger()))
    _make("rating_answer_month", *keys, sums=_whole_numbers(KEYS), sqlite_with_rowid=False)
    op.execute("DELETE FROM rating_month")
    _sum("rating_month", "service_code, edition_code", "month", MONTH, "counted = 'in'")
    _sum_groups("month", MONTH, GROUPS, "counted = 'in'", "counted = 'out'")
    given = " UNION ALL ".join(f"SELECT {key} AS answer FROM rating" for key in KEYS)
    counts = ", ".join(f"sum(CASE WHEN {key} = answer THEN 1 ELSE 0 END)" for key in KEYS)
    op.execute(
        f"WITH given AS MATERIALIZED (SELECT DISTINCT answer FROM ({given}) AS answers) "
        f"INSERT INTO rating_answer_month (office_id, month, edition_code, answer, {', '.join(KEYS)}) "
        f"SELECT office_id, {MONTH}, edition_code, answer, {counts} FROM rating, given "
        f"WHERE counted = 'in' AND answer IN ({', '.join(KEYS)}) GROUP BY 1, 2, 3, 4"
    )


def count_days_again() -> None:
    """Days and months as they were, of what stands now."""
    for table in ("rating_answer_month", "rating_group_month"):
        op.drop_table(table)
    service = (sa.Column("service_code", sa.Text()), sa.Column("edition_code", sa.Text()))
    _make("rating_day", sa.Column("day", sa.Date()), *service, sums=_sums())
    _make("rating_group_day", *_group_keys("day", sa.Date()), sums=_sums())
    _make("rating_group_month", *_group_keys("month", sa.Text()), sums=_sums())
    op.execute("DELETE FROM rating_month")
    for table, time, value in (("rating_day", "day", "day"), ("rating_month", "month", MONTH)):
        _sum(table, "service_code, edition_code", time, value, IN_INDEX)
        _sum_groups(time, value, GROUPS | ANSWERS, IN_INDEX, TAKEN_OUT)
    op.drop_column("rating", "counted")


def _make(table: str, *keys: sa.Column[object], sums: list[sa.Column[int]], sqlite_with_rowid: bool = True) -> None:
    key = ("office_id", *(each.name for each in keys))
    for each in keys:
        each.nullable = False
    op.create_table(
        table,
        sa.Column("office_id", sa.Integer(), nullable=False),
        *keys,
        *sums,
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f(f"fk_{table}_office_id")),
        sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{table}")),
        sqlite_with_rowid=sqlite_with_rowid,
    )
    spread(table)


def _group_keys(time: str, kind: sa.types.TypeEngine[object]) -> list[sa.Column[object]]:
    texts = (sa.Column(name, sa.Text()) for name in ("dimension", "value", "edition_code"))
    return [sa.Column(time, kind), *texts]


def _sums() -> list[sa.Column[int]]:
    return [*_whole_numbers(("respondents", *KEYS)), sa.Column("squares", sa.BigInteger(), nullable=False)]


def _whole_numbers(names: tuple[str, ...]) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _sum(table: str, keys: str, time: str, value: str, which: str) -> None:
    op.execute(
        f"INSERT INTO {table} (office_id, {time}, {keys}, {SUMMED}) "
        f"SELECT office_id, {value}, {keys}, {SUMS} FROM rating WHERE {which} GROUP BY 1, 2, 3, 4"
    )


def _sum_groups(time: str, value: str, groups: dict[str, str], inside: str, outside: str) -> None:
    """Of each dimension, and of what was taken out, which is a dimension, too."""
    each = [(dimension, column, inside) for dimension, column in groups.items()]
    for dimension, column, which in [*each, ("excluded", "service_code", outside)]:
        op.execute(
            f"INSERT INTO rating_group_{time} (office_id, {time}, dimension, value, edition_code, {SUMMED}) "
            f"SELECT office_id, {value}, '{dimension}', coalesce(CAST({column} AS TEXT), ''), edition_code, {SUMS} "
            f"FROM rating WHERE {which} GROUP BY 1, 2, 3, 4, 5"
        )
