"""What the survey needs to be published: visits, groups, paper, reviews, suggestions, follow-ups, other languages."""

import sqlalchemy as sa
from alembic import op

import core.db
from core.spread import reference, spread

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KEYS = ("persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana")
ELEMENTS = ", ".join(KEYS)
SUMS = ", ".join(f"sum({key})" for key in KEYS)
DIMENSIONS = {
    "sex": "sex",
    "age_band": "age_band",
    "education": "education",
    "occupation": "occupation",
    "point": "point_code",
    "source": "source",
    "visit": "visit",
    "officer": "served_by",
} | dict(zip(KEYS, KEYS, strict=True))


def upgrade() -> None:
    """Make it so."""
    op.create_table(
        "attachment",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("added_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_attachment_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_attachment")),
    )
    spread("attachment")
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attachment_office_id_about"), ["office_id", "about"], unique=False)

    op.create_table(
        "rating_group_day",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("dimension", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("edition_code", sa.Text(), nullable=False),
        sa.Column("respondents", sa.Integer(), nullable=False),
        sa.Column("persyaratan", sa.Integer(), nullable=False),
        sa.Column("prosedur", sa.Integer(), nullable=False),
        sa.Column("waktu", sa.Integer(), nullable=False),
        sa.Column("biaya", sa.Integer(), nullable=False),
        sa.Column("produk", sa.Integer(), nullable=False),
        sa.Column("kompetensi", sa.Integer(), nullable=False),
        sa.Column("perilaku", sa.Integer(), nullable=False),
        sa.Column("pengaduan", sa.Integer(), nullable=False),
        sa.Column("sarana", sa.Integer(), nullable=False),
        sa.Column("squares", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_rating_group_day_office_id")),
        sa.PrimaryKeyConstraint(
            "office_id", "day", "dimension", "value", "edition_code", name=op.f("pk_rating_group_day")
        ),
    )
    spread("rating_group_day")
    op.create_table(
        "rating_group_month",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("dimension", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("edition_code", sa.Text(), nullable=False),
        sa.Column("respondents", sa.Integer(), nullable=False),
        sa.Column("persyaratan", sa.Integer(), nullable=False),
        sa.Column("prosedur", sa.Integer(), nullable=False),
        sa.Column("waktu", sa.Integer(), nullable=False),
        sa.Column("biaya", sa.Integer(), nullable=False),
        sa.Column("produk", sa.Integer(), nullable=False),
        sa.Column("kompetensi", sa.Integer(), nullable=False),
        sa.Column("perilaku", sa.Integer(), nullable=False),
        sa.Column("pengaduan", sa.Integer(), nullable=False),
        sa.Column("sarana", sa.Integer(), nullable=False),
        sa.Column("squares", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_rating_group_month_office_id")),
        sa.PrimaryKeyConstraint(
            "office_id", "month", "dimension", "value", "edition_code", name=op.f("pk_rating_group_month")
        ),
    )
    spread("rating_group_month")
    op.create_table(
        "edition_words",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("edition_code", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("labels", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "edition_code", "key"],
            ["edition_item.office_id", "edition_item.edition_code", "edition_item.key"],
            name=op.f("fk_edition_words_office_id_edition_code_key"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_edition_words_office_id")),
        sa.PrimaryKeyConstraint("office_id", "edition_code", "key", "language", name=op.f("pk_edition_words")),
    )
    reference("edition_words")
    op.create_table(
        "follow_up",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("element", sa.Text(), nullable=False),
        sa.Column("service_code", sa.Text(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("due", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("evidence_id", sa.Uuid(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("public_words", sa.Text(), nullable=False),
        sa.Column("added_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.Column("changed_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "evidence_id"],
            ["attachment.office_id", "attachment.id"],
            name=op.f("fk_follow_up_office_id_evidence_id"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "service_code"],
            ["service.office_id", "service.code"],
            name=op.f("fk_follow_up_office_id_service_code"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_follow_up_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_follow_up")),
    )
    spread("follow_up")
    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_up_office_id_period"), ["office_id", "period"], unique=False)

    op.create_table(
        "visit_code",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("service_code", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("issued_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("issued_by", sa.Uuid(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("is_used", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "service_code"],
            ["service.office_id", "service.code"],
            name=op.f("fk_visit_code_office_id_service_code"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_visit_code_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_visit_code")),
        sa.UniqueConstraint("office_id", "digest", name=op.f("uq_visit_code_office_id_digest")),
    )
    spread("visit_code")
    with op.batch_alter_table("visit_code", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_visit_code_office_id_day_service_code"), ["office_id", "day", "service_code"], unique=False
        )

    op.create_table(
        "visit_count",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("service_code", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("visits", sa.Integer(), nullable=True),
        sa.Column("recorded_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "service_code"],
            ["service.office_id", "service.code"],
            name=op.f("fk_visit_count_office_id_service_code"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_visit_count_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_visit_count")),
    )
    spread("visit_count")
    with op.batch_alter_table("visit_count", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_visit_count_office_id_day_service_code"), ["office_id", "day", "service_code"], unique=False
        )

    op.create_table(
        "paper_batch",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("edition_code", sa.Text(), nullable=False),
        sa.Column("service_code", sa.Text(), nullable=True),
        sa.Column("point_code", sa.Text(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("begun_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("begun_by", sa.Text(), nullable=False),
        sa.Column("second_by", sa.Text(), nullable=True),
        sa.Column("ended_at", core.db.UtcDateTime(), nullable=True),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["office_id", "edition_code"],
            ["edition.office_id", "edition.code"],
            name=op.f("fk_paper_batch_office_id_edition_code"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "import_id"],
            ["import.office_id", "import.id"],
            name=op.f("fk_paper_batch_office_id_import_id"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "point_code"],
            ["point.office_id", "point.code"],
            name=op.f("fk_paper_batch_office_id_point_code"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "service_code"],
            ["service.office_id", "service.code"],
            name=op.f("fk_paper_batch_office_id_service_code"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_paper_batch_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_paper_batch")),
    )
    spread("paper_batch")
    with op.batch_alter_table("paper_batch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_batch_office_id_begun_at"), ["office_id", "begun_at"], unique=False)

    op.create_table(
        "paper_form",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("entry", sa.SmallInteger(), nullable=False),
        sa.Column("given", sa.JSON(), nullable=False),
        sa.Column("entered_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "batch_id"],
            ["paper_batch.office_id", "paper_batch.id"],
            name=op.f("fk_paper_form_office_id_batch_id"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_paper_form_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_paper_form")),
        sa.UniqueConstraint(
            "office_id", "batch_id", "number", "entry", name=op.f("uq_paper_form_office_id_batch_id_number_entry")
        ),
    )
    spread("paper_form")
    op.create_table(
        "rating_review",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rating_id", sa.Uuid(), nullable=False),
        sa.Column("is_excluded", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reviewed_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("reviewed_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "rating_id"],
            ["rating.office_id", "rating.id"],
            name=op.f("fk_rating_review_office_id_rating_id"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_rating_review_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_rating_review")),
    )
    spread("rating_review")
    with op.batch_alter_table("rating_review", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_rating_review_office_id_rating_id"), ["office_id", "rating_id"], unique=False
        )

    op.create_table(
        "suggestion_mark",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("follow_up_id", sa.Uuid(), nullable=True),
        sa.Column("changed_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "follow_up_id"],
            ["follow_up.office_id", "follow_up.id"],
            name=op.f("fk_suggestion_mark_office_id_follow_up_id"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "id"], ["rating.office_id", "rating.id"], name=op.f("fk_suggestion_mark_office_id_id")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_suggestion_mark_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_suggestion_mark")),
    )
    spread("suggestion_mark")
    with op.batch_alter_table("rating", schema=None) as batch_op:
        batch_op.add_column(sa.Column("visit", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("served_by", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("fill_s", sa.SmallInteger(), nullable=True))
        batch_op.add_column(sa.Column("is_excluded", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.create_index(
            "ix_rating_suggestion",
            ["office_id", "day", "id"],
            unique=False,
            sqlite_where=sa.text("suggestion <> ''"),
            postgresql_where=sa.text("suggestion <> ''"),
        )

    # What rated a settled report named it in `once`.
    op.execute("UPDATE rating SET visit = 'report' WHERE once IS NOT NULL")
    for dimension, column in DIMENSIONS.items():
        op.execute(
            "INSERT INTO rating_group_day (office_id, day, dimension, value, edition_code, respondents, "
            f"{ELEMENTS}, squares) SELECT office_id, day, '{dimension}', coalesce(CAST({column} AS TEXT), ''), "
            f"edition_code, count(*), {SUMS}, sum(CAST(points AS BIGINT) * points) FROM rating "
            "WHERE withdrawn_at IS NULL GROUP BY 1, 2, 3, 4, 5"
        )
    op.execute(
        "INSERT INTO rating_group_month (office_id, month, dimension, value, edition_code, respondents, "
        f"{ELEMENTS}, squares) SELECT office_id, substr(CAST(day AS TEXT), 1, 7), dimension, value, edition_code, "
        f"sum(respondents), {SUMS}, sum(squares) FROM rating_group_day GROUP BY 1, 2, 3, 4, 5"
    )


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("rating", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_rating_suggestion",
            sqlite_where=sa.text("suggestion <> ''"),
            postgresql_where=sa.text("suggestion <> ''"),
        )
        batch_op.drop_column("is_excluded")
        batch_op.drop_column("fill_s")
        batch_op.drop_column("served_by")
        batch_op.drop_column("visit")

    op.drop_table("suggestion_mark")
    with op.batch_alter_table("rating_review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rating_review_office_id_rating_id"))

    op.drop_table("rating_review")
    op.drop_table("paper_form")
    with op.batch_alter_table("paper_batch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_batch_office_id_begun_at"))

    op.drop_table("paper_batch")
    with op.batch_alter_table("visit_count", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_visit_count_office_id_day_service_code"))

    op.drop_table("visit_count")
    with op.batch_alter_table("visit_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_visit_code_office_id_day_service_code"))

    op.drop_table("visit_code")
    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_follow_up_office_id_period"))

    op.drop_table("follow_up")
    op.drop_table("edition_words")
    op.drop_table("rating_group_month")
    op.drop_table("rating_group_day")
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attachment_office_id_about"))

    op.drop_table("attachment")
