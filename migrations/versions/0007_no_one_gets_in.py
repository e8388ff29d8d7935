"""Second factors, sessions, the chained audit trail, and what the law and backups ask to be written down."""

import sqlalchemy as sa
from alembic import op

import core.db

revision = "0007"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it so."""
    op.create_table(
        "backup_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("asked_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("night", sa.Date(), nullable=True),
        sa.Column("file", sa.Text(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("made_at", core.db.UtcDateTime(), nullable=True),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("same_disk", sa.Boolean(), nullable=False),
        sa.Column("verified_at", core.db.UtcDateTime(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("removed_at", core.db.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backup_run")),
    )
    with op.batch_alter_table("backup_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_backup_run_asked_at"), ["asked_at"], unique=False)


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("backup_run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_backup_run_asked_at"))

    op.drop_table("backup_run")
