"""the house"""

import sqlalchemy as sa
from alembic import op

import core.db
from core.spread import reference, spread

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it so."""
    op.create_table(
        "job_lease",
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("owner", sa.Uuid(), nullable=True),
        sa.Column("until", core.db.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("job", name=op.f("pk_job_lease")),
    )
    op.create_table(
        "job_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("started_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("finished_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("days_recounted", sa.Integer(), nullable=False),
        sa.Column("rows_written", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_run")),
    )
    op.create_table(
        "office",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("regency", sa.Text(), nullable=False),
        sa.Column("province", sa.Text(), nullable=False),
        sa.Column("postcode", sa.Text(), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("invented", sa.Boolean(), nullable=False),
        sa.Column("printed_base_url", sa.Text(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office")),
        sa.UniqueConstraint("code", name=op.f("uq_office_code")),
        sa.UniqueConstraint("prefix", name=op.f("uq_office_prefix")),
    )
    reference("office")
    op.create_table(
        "audit_entry",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", core.db.UtcDateTime(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_audit_entry_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_audit_entry")),
    )
    spread("audit_entry")
    op.create_table(
        "category",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("settle_days", sa.Integer(), nullable=False),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_category_office_id")),
        sa.PrimaryKeyConstraint("office_id", "code", name=op.f("pk_category")),
    )
    reference("category")
    op.create_table(
        "chain",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_chain_office_id")),
        sa.PrimaryKeyConstraint("office_id", name=op.f("pk_chain")),
    )
    spread("chain")
    op.create_table(
        "complaint_day",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("received_day", sa.Date(), nullable=False),
        sa.Column("move_day", sa.Date(), nullable=False),
        sa.Column("move", sa.Text(), nullable=False),
        sa.Column("category_code", sa.Text(), nullable=False),
        sa.Column("village_code", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("exclusion", sa.Text(), nullable=False),
        sa.Column("moves", sa.Integer(), nullable=False),
        sa.Column("first_closes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_complaint_day_office_id")),
        sa.PrimaryKeyConstraint(
            "office_id",
            "received_day",
            "move_day",
            "move",
            "category_code",
            "village_code",
            "source",
            "exclusion",
            name=op.f("pk_complaint_day"),
        ),
    )
    spread("complaint_day")
    op.create_table(
        "complaint_month",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("received_month", sa.Text(), nullable=False),
        sa.Column("move_month", sa.Text(), nullable=False),
        sa.Column("move", sa.Text(), nullable=False),
        sa.Column("category_code", sa.Text(), nullable=False),
        sa.Column("village_code", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("exclusion", sa.Text(), nullable=False),
        sa.Column("moves", sa.Integer(), nullable=False),
        sa.Column("first_closes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_complaint_month_office_id")),
        sa.PrimaryKeyConstraint(
            "office_id",
            "received_month",
            "move_month",
            "move",
            "category_code",
            "village_code",
            "source",
            "exclusion",
            name=op.f("pk_complaint_month"),
        ),
    )
    spread("complaint_month")
    with op.batch_alter_table("complaint_month", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_complaint_month_office_id_move_month"), ["office_id", "move_month"], unique=False
        )

    op.create_table(
        "dirty_day",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_dirty_day_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_dirty_day")),
    )
    spread("dirty_day")
    op.create_table(
        "edition",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_edition_office_id")),
        sa.PrimaryKeyConstraint("office_id", "code", name=op.f("pk_edition")),
    )
    reference("edition")
    op.create_table(
        "holiday",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("is_off", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_holiday_office_id")),
        sa.PrimaryKeyConstraint("office_id", "day", name=op.f("pk_holiday")),
    )
    reference("holiday")
    op.create_table(
        "import",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("imported", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("at", core.db.UtcDateTime(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("undone_at", core.db.UtcDateTime(), nullable=True),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_import_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_import")),
    )
    spread("import")
    with op.batch_alter_table("import", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_office_id_digest"), ["office_id", "digest"], unique=False)

    op.create_table(
        "rating_day",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("service_code", sa.Text(), nullable=False),
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
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_rating_day_office_id")),
        sa.PrimaryKeyConstraint("office_id", "day", "service_code", "edition_code", name=op.f("pk_rating_day")),
    )
    spread("rating_day")
    op.create_table(
        "rating_month",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("service_code", sa.Text(), nullable=False),
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
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_rating_month_office_id")),
        sa.PrimaryKeyConstraint("office_id", "month", "service_code", "edition_code", name=op.f("pk_rating_month")),
    )
    spread("rating_month")
    op.create_table(
        "section",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_section_office_id")),
        sa.PrimaryKeyConstraint("office_id", "key", name=op.f("pk_section")),
    )
    reference("section")
    op.create_table(
        "setting",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("set_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("set_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_setting_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_setting")),
    )
    spread("setting")
    op.create_table(
        "target",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("value", core.db.FixedPoint(2), nullable=False),
        sa.Column("set_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("set_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_target_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_target")),
    )
    spread("target")
    op.create_table(
        "village",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("bps_code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_village_office_id")),
        sa.PrimaryKeyConstraint("office_id", "code", name=op.f("pk_village")),
    )
    reference("village")
    op.create_table(
        "year_number",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_year_number_office_id")),
        sa.PrimaryKeyConstraint("office_id", "year", name=op.f("pk_year_number")),
    )
    spread("year_number")
    op.create_table(
        "edition_item",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("edition_code", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("element", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("labels", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "edition_code"],
            ["edition.office_id", "edition.code"],
            name=op.f("fk_edition_item_office_id_edition_code"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_edition_item_office_id")),
        sa.PrimaryKeyConstraint("office_id", "edition_code", "key", name=op.f("pk_edition_item")),
    )
    reference("edition_item")
    op.create_table(
        "service",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("section_key", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "section_key"],
            ["section.office_id", "section.key"],
            name=op.f("fk_service_office_id_section_key"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_service_office_id")),
        sa.PrimaryKeyConstraint("office_id", "code", name=op.f("pk_service")),
    )
    reference("service")
    op.create_table(
        "staff",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("section_key", sa.Text(), nullable=True),
        sa.Column("password", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.Text(), nullable=False),
        sa.Column("created_at", core.db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "section_key"],
            ["section.office_id", "section.key"],
            name=op.f("fk_staff_office_id_section_key"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_staff_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_staff")),
        sa.UniqueConstraint("email", name=op.f("uq_staff_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_staff_fs_uniquifier")),
    )
    reference("staff")
    op.create_table(
        "point",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("service_code", sa.Text(), nullable=True),
        sa.Column("village_code", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "service_code"],
            ["service.office_id", "service.code"],
            name=op.f("fk_point_office_id_service_code"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "village_code"],
            ["village.office_id", "village.code"],
            name=op.f("fk_point_office_id_village_code"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_point_office_id")),
        sa.PrimaryKeyConstraint("office_id", "code", name=op.f("pk_point")),
    )
    reference("point")
    op.create_table(
        "complaint",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("receipt_digest", sa.Text(), nullable=False),
        sa.Column("receipt_issue", sa.Integer(), nullable=False),
        sa.Column("category_code", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("village_code", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("lat", core.db.FixedPoint(6), nullable=True),
        sa.Column("lng", core.db.FixedPoint(6), nullable=True),
        sa.Column("happened_at", core.db.UtcDateTime(), nullable=True),
        sa.Column("point_code", sa.Text(), nullable=True),
        sa.Column("is_confidential", sa.Boolean(), nullable=False),
        sa.Column("is_held", sa.Boolean(), nullable=False),
        sa.Column("is_unproven", sa.Boolean(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("received_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("exclusion", sa.Text(), nullable=True),
        sa.Column("first_report", sa.Text(), nullable=True),
        sa.Column("assignee_id", sa.Uuid(), nullable=True),
        sa.Column("answer_due", sa.Date(), nullable=False),
        sa.Column("follow_up_due", sa.Date(), nullable=False),
        sa.Column("settle_due", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("settled_at", core.db.UtcDateTime(), nullable=True),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_at", core.db.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["office_id", "assignee_id"],
            ["staff.office_id", "staff.id"],
            name=op.f("fk_complaint_office_id_assignee_id"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "category_code"],
            ["category.office_id", "category.code"],
            name=op.f("fk_complaint_office_id_category_code"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "import_id"], ["import.office_id", "import.id"], name=op.f("fk_complaint_office_id_import_id")
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "point_code"],
            ["point.office_id", "point.code"],
            name=op.f("fk_complaint_office_id_point_code"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "village_code"],
            ["village.office_id", "village.code"],
            name=op.f("fk_complaint_office_id_village_code"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_complaint_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_complaint")),
        sa.UniqueConstraint("office_id", "number", name=op.f("uq_complaint_office_id_number")),
        sa.UniqueConstraint("office_id", "receipt_digest", name=op.f("uq_complaint_office_id_receipt_digest")),
        sa.UniqueConstraint("office_id", "submission_id", name=op.f("uq_complaint_office_id_submission_id")),
    )
    spread("complaint")
    with op.batch_alter_table("complaint", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_complaint_office_id_due_on_id"), ["office_id", "due_on", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_complaint_office_id_received_on"), ["office_id", "received_on"], unique=False
        )

    op.create_table(
        "rating",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("edition_code", sa.Text(), nullable=False),
        sa.Column("service_code", sa.Text(), nullable=False),
        sa.Column("point_code", sa.Text(), nullable=True),
        sa.Column("persyaratan", sa.SmallInteger(), nullable=False),
        sa.Column("prosedur", sa.SmallInteger(), nullable=False),
        sa.Column("waktu", sa.SmallInteger(), nullable=False),
        sa.Column("biaya", sa.SmallInteger(), nullable=False),
        sa.Column("produk", sa.SmallInteger(), nullable=False),
        sa.Column("kompetensi", sa.SmallInteger(), nullable=False),
        sa.Column("perilaku", sa.SmallInteger(), nullable=False),
        sa.Column("pengaduan", sa.SmallInteger(), nullable=False),
        sa.Column("sarana", sa.SmallInteger(), nullable=False),
        sa.Column("points", sa.SmallInteger(), nullable=False),
        sa.Column("sex", sa.Text(), nullable=True),
        sa.Column("age_band", sa.Text(), nullable=True),
        sa.Column("education", sa.Text(), nullable=True),
        sa.Column("occupation", sa.Text(), nullable=True),
        sa.Column("suggestion", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("rated_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("recorded_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_at", core.db.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["office_id", "edition_code"],
            ["edition.office_id", "edition.code"],
            name=op.f("fk_rating_office_id_edition_code"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "import_id"], ["import.office_id", "import.id"], name=op.f("fk_rating_office_id_import_id")
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "point_code"], ["point.office_id", "point.code"], name=op.f("fk_rating_office_id_point_code")
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "service_code"],
            ["service.office_id", "service.code"],
            name=op.f("fk_rating_office_id_service_code"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_rating_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_rating")),
        sa.UniqueConstraint("office_id", "submission_id", name=op.f("uq_rating_office_id_submission_id")),
    )
    spread("rating")
    with op.batch_alter_table("rating", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rating_office_id_day_id"), ["office_id", "day", "id"], unique=False)

    op.create_table(
        "contact",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "complaint_id"],
            ["complaint.office_id", "complaint.id"],
            name=op.f("fk_contact_office_id_complaint_id"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_contact_office_id")),
        sa.PrimaryKeyConstraint("office_id", "complaint_id", name=op.f("pk_contact")),
    )
    spread("contact")
    op.create_table(
        "event",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("move", sa.Text(), nullable=False),
        sa.Column("at", core.db.UtcDateTime(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("recorded_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("assignee_id", sa.Uuid(), nullable=True),
        sa.Column("exclusion", sa.Text(), nullable=True),
        sa.Column("is_first_close", sa.Boolean(), nullable=False),
        sa.Column("words_digest", sa.Text(), nullable=True),
        sa.Column("previous_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "actor_id"], ["staff.office_id", "staff.id"], name=op.f("fk_event_office_id_actor_id")
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "assignee_id"], ["staff.office_id", "staff.id"], name=op.f("fk_event_office_id_assignee_id")
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "complaint_id"],
            ["complaint.office_id", "complaint.id"],
            name=op.f("fk_event_office_id_complaint_id"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_event_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_event")),
        sa.UniqueConstraint("office_id", "seq", name=op.f("uq_event_office_id_seq")),
    )
    spread("event")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_event_office_id_complaint_id_seq"), ["office_id", "complaint_id", "seq"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_event_office_id_day"), ["office_id", "day"], unique=False)

    op.create_table(
        "event_words",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("handed_over_to", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "event_id"], ["event.office_id", "event.id"], name=op.f("fk_event_words_office_id_event_id")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_event_words_office_id")),
        sa.PrimaryKeyConstraint("office_id", "event_id", name=op.f("pk_event_words")),
    )
    spread("event_words")


def downgrade() -> None:
    """Take it back."""
    op.drop_table("event_words")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_office_id_day"))
        batch_op.drop_index(batch_op.f("ix_event_office_id_complaint_id_seq"))

    op.drop_table("event")
    op.drop_table("contact")
    with op.batch_alter_table("rating", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rating_office_id_day_id"))

    op.drop_table("rating")
    with op.batch_alter_table("complaint", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_complaint_office_id_received_on"))
        batch_op.drop_index(batch_op.f("ix_complaint_office_id_due_on_id"))

    op.drop_table("complaint")
    op.drop_table("point")
    op.drop_table("staff")
    op.drop_table("service")
    op.drop_table("edition_item")
    op.drop_table("year_number")
    op.drop_table("village")
    op.drop_table("target")
    op.drop_table("setting")
    op.drop_table("section")
    op.drop_table("rating_month")
    op.drop_table("rating_day")
    with op.batch_alter_table("import", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_office_id_digest"))

    op.drop_table("import")
    op.drop_table("holiday")
    op.drop_table("edition")
    op.drop_table("dirty_day")
    with op.batch_alter_table("complaint_month", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_complaint_month_office_id_move_month"))

    op.drop_table("complaint_month")
    op.drop_table("complaint_day")
    op.drop_table("chain")
    op.drop_table("category")
    op.drop_table("audit_entry")
    op.drop_table("office")
    op.drop_table("job_run")
    op.drop_table("job_lease")
