"""Registers, targets of quarters, locked months, and what it takes to read a month as it once was."""

import sqlalchemy as sa
from alembic import op

import core.db
from core.spread import spread

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def _new_id() -> str:
    """An id for each row of a statement; SQLite keeps one as 32 hexadecimal letters."""
    return "gen_random_uuid()" if op.get_bind().dialect.name == "postgresql" else "lower(hex(randomblob(16)))"


def upgrade() -> None:
    """Make it so."""
    op.create_table(
        "holiday_entry",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("is_off", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_holiday_entry_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_holiday_entry")),
    )
    spread("holiday_entry")
    with op.batch_alter_table("holiday_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_holiday_entry_office_id_day"), ["office_id", "day"], unique=False)

    op.create_table(
        "month_approval",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("approved_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_month_approval_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_month_approval")),
        sa.UniqueConstraint("office_id", "month", "version", name=op.f("uq_month_approval_office_id_month_version")),
    )
    spread("month_approval")
    op.create_table(
        "month_lock",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("as_of", core.db.UtcDateTime(), nullable=False),
        sa.Column("locked_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("locked_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("letter_number", sa.Text(), nullable=False),
        sa.Column("left_open", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("definitions", sa.Text(), nullable=False),
        sa.Column("inputs_hash", sa.Text(), nullable=False),
        sa.Column("anchor_events", sa.BigInteger(), nullable=False),
        sa.Column("anchor_hash", sa.Text(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("published", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_month_lock_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_month_lock")),
        sa.UniqueConstraint("office_id", "month", "version", name=op.f("uq_month_lock_office_id_month_version")),
    )
    spread("month_lock")
    op.create_table(
        "month_note",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("analysis", sa.Text(), nullable=False),
        sa.Column("obstacle", sa.Text(), nullable=False),
        sa.Column("follow_up", sa.Text(), nullable=False),
        sa.Column("recorded_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_month_note_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_month_note")),
    )
    spread("month_note")
    with op.batch_alter_table("month_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_month_note_office_id_month"), ["office_id", "month"], unique=False)

    op.create_table(
        "empowerment_activity",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("village_code", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("participants", sa.Integer(), nullable=True),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("is_removed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "file_id"],
            ["attachment.office_id", "attachment.id"],
            name=op.f("fk_empowerment_activity_office_id_file_id"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_empowerment_activity_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_empowerment_activity")),
    )
    spread("empowerment_activity")
    with op.batch_alter_table("empowerment_activity", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_empowerment_activity_office_id_entry_id_recorded_at"),
            ["office_id", "entry_id", "recorded_at"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_empowerment_activity_office_id_planned_on"), ["office_id", "planned_on"], unique=False
        )

    op.create_table(
        "note_check",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "note_id"],
            ["month_note.office_id", "month_note.id"],
            name=op.f("fk_note_check_office_id_note_id"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_note_check_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_note_check")),
    )
    spread("note_check")
    with op.batch_alter_table("note_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_note_check_office_id_note_id"), ["office_id", "note_id"], unique=False)

    op.create_table(
        "organisation_document",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("is_removed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "file_id"],
            ["attachment.office_id", "attachment.id"],
            name=op.f("fk_organisation_document_office_id_file_id"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_organisation_document_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_organisation_document")),
    )
    spread("organisation_document")
    with op.batch_alter_table("organisation_document", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_organisation_document_office_id_entry_id_recorded_at"),
            ["office_id", "entry_id", "recorded_at"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_organisation_document_office_id_year"), ["office_id", "year"], unique=False
        )

    op.create_table(
        "outside_index",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("value", core.db.FixedPoint(2), nullable=False),
        sa.Column("respondents", sa.Integer(), nullable=True),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("is_removed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "file_id"],
            ["attachment.office_id", "attachment.id"],
            name=op.f("fk_outside_index_office_id_file_id"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_outside_index_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_outside_index")),
    )
    spread("outside_index")
    with op.batch_alter_table("outside_index", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_outside_index_office_id_entry_id_recorded_at"),
            ["office_id", "entry_id", "recorded_at"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_outside_index_office_id_year"), ["office_id", "year"], unique=False)

    op.create_table(
        "programme_indicator",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("target", core.db.FixedPoint(4), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("is_removed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "file_id"],
            ["attachment.office_id", "attachment.id"],
            name=op.f("fk_programme_indicator_office_id_file_id"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_programme_indicator_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_programme_indicator")),
    )
    spread("programme_indicator")
    with op.batch_alter_table("programme_indicator", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_programme_indicator_office_id_entry_id_recorded_at"),
            ["office_id", "entry_id", "recorded_at"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_programme_indicator_office_id_year"), ["office_id", "year"], unique=False)

    op.create_table(
        "programme_realisation",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Uuid(), nullable=False),
        sa.Column("measured_on", sa.Date(), nullable=False),
        sa.Column("value", core.db.FixedPoint(4), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("is_removed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "file_id"],
            ["attachment.office_id", "attachment.id"],
            name=op.f("fk_programme_realisation_office_id_file_id"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_programme_realisation_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_programme_realisation")),
    )
    spread("programme_realisation")
    with op.batch_alter_table("programme_realisation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_programme_realisation_office_id_entry_id_recorded_at"),
            ["office_id", "entry_id", "recorded_at"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_programme_realisation_office_id_year"), ["office_id", "year"], unique=False
        )

    op.create_table(
        "sakip_review",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("score", core.db.FixedPoint(2), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("is_removed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "file_id"],
            ["attachment.office_id", "attachment.id"],
            name=op.f("fk_sakip_review_office_id_file_id"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_sakip_review_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_sakip_review")),
    )
    spread("sakip_review")
    with op.batch_alter_table("sakip_review", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sakip_review_office_id_entry_id_recorded_at"),
            ["office_id", "entry_id", "recorded_at"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_sakip_review_office_id_year"), ["office_id", "year"], unique=False)

    op.create_table(
        "month_notice",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("at", core.db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "staff_id"], ["staff.office_id", "staff.id"], name=op.f("fk_month_notice_office_id_staff_id")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_month_notice_office_id")),
        sa.PrimaryKeyConstraint("office_id", "month", "kind", "indicator", "staff_id", name=op.f("pk_month_notice")),
    )
    spread("month_notice")
    op.create_table(
        "category_change",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("changed_at", core.db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "complaint_id"],
            ["complaint.office_id", "complaint.id"],
            name=op.f("fk_category_change_office_id_complaint_id"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_category_change_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_category_change")),
    )
    spread("category_change")
    with op.batch_alter_table("category_change", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_category_change_office_id_complaint_id"), ["office_id", "complaint_id"], unique=False
        )

    op.create_table(
        "suggestion_turn",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rating_id", sa.Uuid(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("turned_at", core.db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "rating_id"],
            ["rating.office_id", "rating.id"],
            name=op.f("fk_suggestion_turn_office_id_rating_id"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_suggestion_turn_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_suggestion_turn")),
    )
    spread("suggestion_turn")
    with op.batch_alter_table("suggestion_turn", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_suggestion_turn_office_id_rating_id"), ["office_id", "rating_id"], unique=False
        )

    with op.batch_alter_table("complaint_month", schema=None) as batch_op:
        batch_op.create_index(
            "ix_complaint_month_moves", ["office_id", "move", "move_month", "source", "moves"], unique=False
        )

    with op.batch_alter_table("target", schema=None) as batch_op:
        batch_op.add_column(sa.Column("quarter", sa.Integer(), server_default="0", nullable=False))
        batch_op.alter_column("value", existing_type=sa.BIGINT(), nullable=True)
        batch_op.create_index(batch_op.f("ix_target_office_id_year"), ["office_id", "year"], unique=False)

    # When these days were written down is not known: they were always there.
    op.execute(
        "INSERT INTO holiday_entry (office_id, id, day, is_off, recorded_at, recorded_by) "
        f"SELECT office_id, {_new_id()}, day, is_off, '1970-01-01 00:00:00', '' FROM holiday"
    )
    op.execute(
        "INSERT INTO suggestion_turn (office_id, id, rating_id, is_open, turned_at) "
        f"SELECT office_id, {_new_id()}, id, false, changed_at FROM suggestion_mark WHERE state <> 'open'"
    )


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("target", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_target_office_id_year"))
        batch_op.alter_column("value", existing_type=sa.BIGINT(), nullable=False)
        batch_op.drop_column("quarter")

    with op.batch_alter_table("complaint_month", schema=None) as batch_op:
        batch_op.drop_index("ix_complaint_month_moves")

    with op.batch_alter_table("suggestion_turn", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_suggestion_turn_office_id_rating_id"))

    op.drop_table("suggestion_turn")
    with op.batch_alter_table("category_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_category_change_office_id_complaint_id"))

    op.drop_table("category_change")
    op.drop_table("month_notice")
    with op.batch_alter_table("sakip_review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sakip_review_office_id_year"))
        batch_op.drop_index(batch_op.f("ix_sakip_review_office_id_entry_id_recorded_at"))

    op.drop_table("sakip_review")
    with op.batch_alter_table("programme_realisation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_programme_realisation_office_id_year"))
        batch_op.drop_index(batch_op.f("ix_programme_realisation_office_id_entry_id_recorded_at"))

    op.drop_table("programme_realisation")
    with op.batch_alter_table("programme_indicator", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_programme_indicator_office_id_year"))
        batch_op.drop_index(batch_op.f("ix_programme_indicator_office_id_entry_id_recorded_at"))

    op.drop_table("programme_indicator")
    with op.batch_alter_table("outside_index", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outside_index_office_id_year"))
        batch_op.drop_index(batch_op.f("ix_outside_index_office_id_entry_id_recorded_at"))

    op.drop_table("outside_index")
    with op.batch_alter_table("organisation_document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisation_document_office_id_year"))
        batch_op.drop_index(batch_op.f("ix_organisation_document_office_id_entry_id_recorded_at"))

    op.drop_table("organisation_document")
    with op.batch_alter_table("note_check", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_note_check_office_id_note_id"))

    op.drop_table("note_check")
    with op.batch_alter_table("empowerment_activity", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_empowerment_activity_office_id_planned_on"))
        batch_op.drop_index(batch_op.f("ix_empowerment_activity_office_id_entry_id_recorded_at"))

    op.drop_table("empowerment_activity")
    with op.batch_alter_table("month_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_month_note_office_id_month"))

    op.drop_table("month_note")
    op.drop_table("month_lock")
    op.drop_table("month_approval")
    with op.batch_alter_table("holiday_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_holiday_entry_office_id_day"))

    op.drop_table("holiday_entry")
