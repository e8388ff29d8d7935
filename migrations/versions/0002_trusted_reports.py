"""What makes reports trusted: photos, people who join, answers, notices."""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

import core.db
from core import clock
from core.calendar import wib_day
from core.spread import reference, spread

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it so."""
    op.create_table(
        "case_count",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("is_held", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Text(), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_case_count_office_id")),
        sa.PrimaryKeyConstraint("office_id", "status", "is_held", "due_on", name=op.f("pk_case_count")),
    )
    spread("case_count")
    op.create_table(
        "message",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("once", sa.Text(), nullable=False),
        sa.Column("about", sa.Uuid(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("added_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("next_at", core.db.UtcDateTime(), nullable=True),
        sa.Column("claimed_until", core.db.UtcDateTime(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("sent_at", core.db.UtcDateTime(), nullable=True),
        sa.Column("given_up_at", core.db.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_message_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_message")),
        sa.UniqueConstraint("office_id", "once", name=op.f("uq_message_office_id_once")),
    )
    spread("message")
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_message_office_id_about"), ["office_id", "about"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_message_office_id_given_up_at"), ["office_id", "given_up_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_message_office_id_next_at"), ["office_id", "next_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_message_office_id_sent_at"), ["office_id", "sent_at"], unique=False)

    op.create_table(
        "webhook",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("sealed_secret", sa.LargeBinary(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("added_at", core.db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_webhook_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_webhook")),
    )
    reference("webhook")
    op.create_table(
        "outline",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("village_code", sa.Text(), nullable=False),
        sa.Column("geometry", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "village_code"],
            ["village.office_id", "village.code"],
            name=op.f("fk_outline_office_id_village_code"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_outline_office_id")),
        sa.PrimaryKeyConstraint("office_id", "village_code", name=op.f("pk_outline")),
    )
    reference("outline")
    op.create_table(
        "ready_answer",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("move", sa.Text(), nullable=False),
        sa.Column("category_code", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "category_code"],
            ["category.office_id", "category.code"],
            name=op.f("fk_ready_answer_office_id_category_code"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_ready_answer_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_ready_answer")),
    )
    reference("ready_answer")
    op.create_table(
        "notice_choice",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("by_mail", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "staff_id"], ["staff.office_id", "staff.id"], name=op.f("fk_notice_choice_office_id_staff_id")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_notice_choice_office_id")),
        sa.PrimaryKeyConstraint("office_id", "staff_id", name=op.f("pk_notice_choice")),
    )
    spread("notice_choice")
    op.create_table(
        "route",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("category_code", sa.Text(), nullable=True),
        sa.Column("village_code", sa.Text(), nullable=True),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("section_key", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["office_id", "category_code"],
            ["category.office_id", "category.code"],
            name=op.f("fk_route_office_id_category_code"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "section_key"],
            ["section.office_id", "section.key"],
            name=op.f("fk_route_office_id_section_key"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "staff_id"], ["staff.office_id", "staff.id"], name=op.f("fk_route_office_id_staff_id")
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "village_code"],
            ["village.office_id", "village.code"],
            name=op.f("fk_route_office_id_village_code"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_route_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_route")),
    )
    reference("route")
    op.create_table(
        "saved_view",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("added_at", core.db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "staff_id"], ["staff.office_id", "staff.id"], name=op.f("fk_saved_view_office_id_staff_id")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_saved_view_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_saved_view")),
    )
    spread("saved_view")
    with op.batch_alter_table("saved_view", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_saved_view_office_id_staff_id"), ["office_id", "staff_id"], unique=False)

    op.create_table(
        "due_change",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("at", core.db.UtcDateTime(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("old_due", sa.Date(), nullable=False),
        sa.Column("new_due", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "complaint_id"],
            ["complaint.office_id", "complaint.id"],
            name=op.f("fk_due_change_office_id_complaint_id"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_due_change_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_due_change")),
    )
    spread("due_change")
    with op.batch_alter_table("due_change", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_due_change_office_id_complaint_id"), ["office_id", "complaint_id"], unique=False
        )

    op.create_table(
        "escalation",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", core.db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "complaint_id"],
            ["complaint.office_id", "complaint.id"],
            name=op.f("fk_escalation_office_id_complaint_id"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_escalation_office_id")),
        sa.PrimaryKeyConstraint("office_id", "complaint_id", "kind", name=op.f("pk_escalation")),
    )
    spread("escalation")
    op.create_table(
        "identity_look",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("at", core.db.UtcDateTime(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "complaint_id"],
            ["complaint.office_id", "complaint.id"],
            name=op.f("fk_identity_look_office_id_complaint_id"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "staff_id"], ["staff.office_id", "staff.id"], name=op.f("fk_identity_look_office_id_staff_id")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_identity_look_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_identity_look")),
    )
    spread("identity_look")
    with op.batch_alter_table("identity_look", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_identity_look_office_id_at"), ["office_id", "at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_identity_look_office_id_complaint_id"), ["office_id", "complaint_id"], unique=False
        )

    op.create_table(
        "joiner",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("receipt_digest", sa.Text(), nullable=False),
        sa.Column("receipt_issue", sa.Integer(), nullable=False),
        sa.Column("joined_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["office_id", "complaint_id"],
            ["complaint.office_id", "complaint.id"],
            name=op.f("fk_joiner_office_id_complaint_id"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_joiner_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_joiner")),
        sa.UniqueConstraint("office_id", "receipt_digest", name=op.f("uq_joiner_office_id_receipt_digest")),
        sa.UniqueConstraint("office_id", "submission_id", name=op.f("uq_joiner_office_id_submission_id")),
    )
    spread("joiner")
    with op.batch_alter_table("joiner", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_joiner_office_id_complaint_id"), ["office_id", "complaint_id"], unique=False
        )

    op.create_table(
        "task",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("assignee_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("added_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("done_at", core.db.UtcDateTime(), nullable=True),
        sa.Column("done_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["office_id", "added_by"], ["staff.office_id", "staff.id"], name=op.f("fk_task_office_id_added_by")
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "assignee_id"], ["staff.office_id", "staff.id"], name=op.f("fk_task_office_id_assignee_id")
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "complaint_id"],
            ["complaint.office_id", "complaint.id"],
            name=op.f("fk_task_office_id_complaint_id"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "done_by"], ["staff.office_id", "staff.id"], name=op.f("fk_task_office_id_done_by")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_task_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_task")),
    )
    spread("task")
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_office_id_complaint_id"), ["office_id", "complaint_id"], unique=False)

    op.create_table(
        "photo",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("joiner_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("upload_id", sa.Uuid(), nullable=False),
        sa.Column("added_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=True),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("file_hash", sa.Text(), nullable=False),
        sa.Column("look", sa.Text(), nullable=False),
        sa.Column("taken_at", core.db.UtcDateTime(), nullable=True),
        sa.Column("metres_off", sa.Integer(), nullable=True),
        sa.Column("is_shown", sa.Boolean(), nullable=False),
        sa.Column("erased_at", core.db.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["office_id", "added_by"], ["staff.office_id", "staff.id"], name=op.f("fk_photo_office_id_added_by")
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "complaint_id"],
            ["complaint.office_id", "complaint.id"],
            name=op.f("fk_photo_office_id_complaint_id"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "event_id"], ["event.office_id", "event.id"], name=op.f("fk_photo_office_id_event_id")
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "joiner_id"], ["joiner.office_id", "joiner.id"], name=op.f("fk_photo_office_id_joiner_id")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_photo_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_photo")),
        sa.UniqueConstraint("office_id", "upload_id", name=op.f("uq_photo_office_id_upload_id")),
    )
    spread("photo")
    with op.batch_alter_table("photo", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_photo_office_id_complaint_id"), ["office_id", "complaint_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_photo_office_id_file_hash"), ["office_id", "file_hash"], unique=False)

    op.create_table(
        "push_subscription",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=True),
        sa.Column("joiner_id", sa.Uuid(), nullable=True),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("endpoint_digest", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", core.db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "complaint_id"],
            ["complaint.office_id", "complaint.id"],
            name=op.f("fk_push_subscription_office_id_complaint_id"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "joiner_id"],
            ["joiner.office_id", "joiner.id"],
            name=op.f("fk_push_subscription_office_id_joiner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "staff_id"],
            ["staff.office_id", "staff.id"],
            name=op.f("fk_push_subscription_office_id_staff_id"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_push_subscription_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_push_subscription")),
    )
    spread("push_subscription")
    with op.batch_alter_table("push_subscription", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_push_subscription_office_id_complaint_id"), ["office_id", "complaint_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_push_subscription_office_id_endpoint_digest"), ["office_id", "endpoint_digest"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_push_subscription_office_id_staff_id"), ["office_id", "staff_id"], unique=False
        )

    op.create_table(
        "finding",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("photo_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("other_photo_id", sa.Uuid(), nullable=True),
        sa.Column("distance", sa.Integer(), nullable=True),
        sa.Column("found_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=True),
        sa.Column("explained_by", sa.Uuid(), nullable=True),
        sa.Column("explained_at", core.db.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["office_id", "complaint_id"],
            ["complaint.office_id", "complaint.id"],
            name=op.f("fk_finding_office_id_complaint_id"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "explained_by"],
            ["staff.office_id", "staff.id"],
            name=op.f("fk_finding_office_id_explained_by"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "other_photo_id"],
            ["photo.office_id", "photo.id"],
            name=op.f("fk_finding_office_id_other_photo_id"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "photo_id"], ["photo.office_id", "photo.id"], name=op.f("fk_finding_office_id_photo_id")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_finding_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_finding")),
    )
    spread("finding")
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_finding_office_id_complaint_id"), ["office_id", "complaint_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_finding_office_id_found_at"), ["office_id", "found_at"], unique=False)

    with op.batch_alter_table("category", schema=None) as batch_op:
        batch_op.add_column(sa.Column("questions", sa.Text(), server_default="", nullable=False))

    with op.batch_alter_table("complaint", schema=None) as batch_op:
        batch_op.add_column(sa.Column("held_because", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("waiting_since", core.db.UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("waited_days", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("response", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("answer_by", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("joined", sa.Integer(), server_default="0", nullable=False))
        batch_op.create_index(
            "ix_complaint_held",
            ["office_id", "received_on"],
            unique=False,
            sqlite_where=sa.text("held_because IS NOT NULL"),
            postgresql_where=sa.text("held_because IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_complaint_office_id_answer_by"), ["office_id", "answer_by"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_complaint_office_id_assignee_id_id"), ["office_id", "assignee_id", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_complaint_office_id_category_code_id"), ["office_id", "category_code", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_complaint_office_id_first_report"), ["office_id", "first_report"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_complaint_office_id_status_id"), ["office_id", "status", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_complaint_office_id_village_code_id"), ["office_id", "village_code", "id"], unique=False
        )

    with op.batch_alter_table("complaint_day", schema=None) as batch_op:
        batch_op.add_column(sa.Column("confirmed", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("disputed", sa.Integer(), server_default="0", nullable=False))

    with op.batch_alter_table("complaint_month", schema=None) as batch_op:
        batch_op.add_column(sa.Column("confirmed", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("disputed", sa.Integer(), server_default="0", nullable=False))

    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("confirmed_change", sa.SmallInteger(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("disputed_change", sa.SmallInteger(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("joiner_id", sa.Uuid(), nullable=True))

    with op.batch_alter_table("event_words", schema=None) as batch_op:
        batch_op.add_column(sa.Column("question", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("said", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("note", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("record_number", sa.Text(), server_default="", nullable=False))

    with op.batch_alter_table("rating", schema=None) as batch_op:
        batch_op.add_column(sa.Column("once", sa.Text(), nullable=True))
        batch_op.create_index(batch_op.f("ix_rating_office_id_once"), ["office_id", "once"], unique=True)

    op.execute(
        "INSERT INTO case_count (office_id, status, is_held, due_on, reports) "
        "SELECT office_id, status, is_held, coalesce(cast(due_on AS text), ''), count(*) FROM complaint GROUP BY 1, 2, 3, 4"
    )

    # Settled before residents could answer: they are final once they had time to, as those that are settled from now on.
    last_day = wib_day(clock.now()) + timedelta(days=14)
    answerable = sa.text(
        "UPDATE complaint SET answer_by = :day WHERE status = 'settled' AND answer_by IS NULL AND import_id IS NULL"
    )
    op.execute(answerable.bindparams(sa.bindparam("day", last_day, sa.Date)))


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("rating", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rating_office_id_once"))
        batch_op.drop_column("once")

    with op.batch_alter_table("event_words", schema=None) as batch_op:
        batch_op.drop_column("record_number")
        batch_op.drop_column("note")
        batch_op.drop_column("said")
        batch_op.drop_column("question")

    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_column("joiner_id")
        batch_op.drop_column("disputed_change")
        batch_op.drop_column("confirmed_change")

    with op.batch_alter_table("complaint_month", schema=None) as batch_op:
        batch_op.drop_column("disputed")
        batch_op.drop_column("confirmed")

    with op.batch_alter_table("complaint_day", schema=None) as batch_op:
        batch_op.drop_column("disputed")
        batch_op.drop_column("confirmed")

    with op.batch_alter_table("complaint", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_complaint_office_id_village_code_id"))
        batch_op.drop_index(batch_op.f("ix_complaint_office_id_status_id"))
        batch_op.drop_index(batch_op.f("ix_complaint_office_id_first_report"))
        batch_op.drop_index(batch_op.f("ix_complaint_office_id_category_code_id"))
        batch_op.drop_index(batch_op.f("ix_complaint_office_id_assignee_id_id"))
        batch_op.drop_index(batch_op.f("ix_complaint_office_id_answer_by"))
        batch_op.drop_index(
            "ix_complaint_held",
            sqlite_where=sa.text("held_because IS NOT NULL"),
            postgresql_where=sa.text("held_because IS NOT NULL"),
        )
        batch_op.drop_column("joined")
        batch_op.drop_column("answer_by")
        batch_op.drop_column("response")
        batch_op.drop_column("waited_days")
        batch_op.drop_column("waiting_since")
        batch_op.drop_column("held_because")

    with op.batch_alter_table("category", schema=None) as batch_op:
        batch_op.drop_column("questions")

    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_finding_office_id_found_at"))
        batch_op.drop_index(batch_op.f("ix_finding_office_id_complaint_id"))

    op.drop_table("finding")
    with op.batch_alter_table("push_subscription", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_push_subscription_office_id_staff_id"))
        batch_op.drop_index(batch_op.f("ix_push_subscription_office_id_endpoint_digest"))
        batch_op.drop_index(batch_op.f("ix_push_subscription_office_id_complaint_id"))

    op.drop_table("push_subscription")
    with op.batch_alter_table("photo", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_photo_office_id_file_hash"))
        batch_op.drop_index(batch_op.f("ix_photo_office_id_complaint_id"))

    op.drop_table("photo")
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_task_office_id_complaint_id"))

    op.drop_table("task")
    with op.batch_alter_table("joiner", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_joiner_office_id_complaint_id"))

    op.drop_table("joiner")
    with op.batch_alter_table("identity_look", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_identity_look_office_id_complaint_id"))
        batch_op.drop_index(batch_op.f("ix_identity_look_office_id_at"))

    op.drop_table("identity_look")
    op.drop_table("escalation")
    with op.batch_alter_table("due_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_due_change_office_id_complaint_id"))

    op.drop_table("due_change")
    with op.batch_alter_table("saved_view", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_saved_view_office_id_staff_id"))

    op.drop_table("saved_view")
    op.drop_table("route")
    op.drop_table("notice_choice")
    op.drop_table("ready_answer")
    op.drop_table("outline")
    op.drop_table("webhook")
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_message_office_id_sent_at"))
        batch_op.drop_index(batch_op.f("ix_message_office_id_next_at"))
        batch_op.drop_index(batch_op.f("ix_message_office_id_given_up_at"))
        batch_op.drop_index(batch_op.f("ix_message_office_id_about"))

    op.drop_table("message")
    op.drop_table("case_count")
