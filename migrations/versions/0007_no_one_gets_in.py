"""Second factors, sessions, the chained audit trail, and what the law and backups ask to be written down."""

import hashlib
import hmac
import json
import secrets
from datetime import UTC
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from alembic import op

import core.db
from core.spread import reference, spread

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


AT_ONCE = 1000
GENESIS = "0" * 64
TRAIL = sa.table(
    "audit_entry",
    sa.column("office_id", sa.Integer),
    sa.column("id", sa.Uuid),
    sa.column("at", core.db.UtcDateTime()),
    sa.column("actor"),
    sa.column("action"),
    sa.column("subject"),
    sa.column("detail", sa.JSON),
    sa.column("seq", sa.BigInteger),
    sa.column("previous_hash"),
    sa.column("hash"),
    sa.column("salt", sa.LargeBinary),
    sa.column("words_digest"),
)
CHAIN = sa.table("audit_chain", sa.column("office_id"), sa.column("seq"), sa.column("hash"))
LINK = (
    sa.update(TRAIL)
    .where(TRAIL.c.office_id == sa.bindparam("of_office"), TRAIL.c.id == sa.bindparam("of_id"))
    .values({name: sa.bindparam(name) for name in ("seq", "previous_hash", "hash", "salt", "words_digest")})
)


def chain_trail() -> None:
    """Number and chain what the audit trail holds already, office by office, in the order of its writing."""
    connection = op.get_bind()
    for office in connection.scalars(sa.select(TRAIL.c.office_id).distinct().order_by(TRAIL.c.office_id)).all():
        seq, end, last = 0, GENESIS, None
        while rows := connection.execute(_next(office, last)).all():
            links = []
            for row in rows:
                seq, previous = seq + 1, end
                salt = secrets.token_bytes(16)
                words = _digest(salt, row)
                end = _linked(previous, row, words)
                link = {"seq": seq, "previous_hash": previous, "hash": end, "salt": salt, "words_digest": words}
                links.append(link | {"of_office": office, "of_id": row.id})
            connection.execute(LINK, links)
            last = rows[-1].id
        connection.execute(sa.insert(CHAIN), {"office_id": office, "seq": seq, "hash": end})


def _next(office: int, last: UUID | None) -> sa.Select[Any]:
    chosen = sa.select(TRAIL).where(TRAIL.c.office_id == office)
    after = chosen if last is None else chosen.where(TRAIL.c.id > last)
    return after.order_by(TRAIL.c.id).limit(AT_ONCE)


def _digest(salt: bytes, row: Any) -> str:
    text = json.dumps([row.actor, row.subject, row.detail], sort_keys=True, ensure_ascii=True)
    return hmac.new(salt, text.encode("utf-8"), hashlib.sha256).hexdigest()


def _linked(previous: str, row: Any, words: str) -> str:
    moment = row.at.astimezone(UTC).isoformat(timespec="microseconds")
    facts = {"office_id": row.office_id, "id": str(row.id), "at": moment, "action": row.action, "words_digest": words}
    text = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(f'{{"facts":{text},"previous":"{previous}"}}'.encode("ascii")).hexdigest()


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

    op.create_table(
        "key_mark",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_key_mark")),
    )
    op.create_table(
        "spent_challenge",
        sa.Column("challenge", sa.Text(), nullable=False),
        sa.Column("spent_at", core.db.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("challenge", name=op.f("pk_spent_challenge")),
    )
    op.create_table(
        "audit_chain",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_audit_chain_office_id")),
        sa.PrimaryKeyConstraint("office_id", name=op.f("pk_audit_chain")),
    )
    spread("audit_chain")
    op.create_table(
        "breach",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("found_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("added_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_breach_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_breach")),
    )
    spread("breach")
    op.create_table(
        "erasure",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", core.db.UtcDateTime(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("before", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_erasure_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_erasure")),
    )
    spread("erasure")
    op.create_table(
        "own_processing",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("kinds", sa.Text(), nullable=False),
        sa.Column("whose", sa.Text(), nullable=False),
        sa.Column("recipients", sa.Text(), nullable=False),
        sa.Column("how_long", sa.Text(), nullable=False),
        sa.Column("protection", sa.Text(), nullable=False),
        sa.Column("added_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.Column("removed_at", core.db.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_own_processing_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_own_processing")),
    )
    spread("own_processing")
    op.create_table(
        "breach_notice",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("breach_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("disclosed", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("remedy", sa.Text(), nullable=False),
        sa.Column("made_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "breach_id"],
            ["breach.office_id", "breach.id"],
            name=op.f("fk_breach_notice_office_id_breach_id"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_breach_notice_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_breach_notice")),
        sa.UniqueConstraint(
            "office_id", "breach_id", "version", name=op.f("uq_breach_notice_office_id_breach_id_version")
        ),
    )
    spread("breach_notice")
    op.create_table(
        "breach_step",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("breach_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("done_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("done_by", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "breach_id"],
            ["breach.office_id", "breach.id"],
            name=op.f("fk_breach_step_office_id_breach_id"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_breach_step_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_breach_step")),
        sa.UniqueConstraint("office_id", "breach_id", "step", name=op.f("uq_breach_step_office_id_breach_id_step")),
    )
    spread("breach_step")
    op.create_table(
        "passkey",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("transports", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("extensions", sa.Text(), nullable=True),
        sa.Column("backup_state", sa.Boolean(), nullable=False),
        sa.Column("device_type", sa.Text(), nullable=False),
        sa.Column("usage", sa.Text(), nullable=False),
        sa.Column("added_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("lastuse_datetime", core.db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "staff_id"], ["staff.office_id", "staff.id"], name=op.f("fk_passkey_office_id_staff_id")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_passkey_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkey_credential_id")),
    )
    reference("passkey")
    op.create_table(
        "staff_session",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("uniquifier", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("home", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("started_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("seen_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("ended_at", core.db.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["office_id", "staff_id"], ["staff.office_id", "staff.id"], name=op.f("fk_staff_session_office_id_staff_id")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_staff_session_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_staff_session")),
    )
    spread("staff_session")
    with op.batch_alter_table("staff_session", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_staff_session_office_id_staff_id"), ["office_id", "staff_id"], unique=False
        )

    op.create_table(
        "consent",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("joiner_id", sa.Uuid(), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("given_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("withdrawn_at", core.db.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["office_id", "complaint_id"],
            ["complaint.office_id", "complaint.id"],
            name=op.f("fk_consent_office_id_complaint_id"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_consent_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_consent")),
    )
    spread("consent")
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_consent_office_id_complaint_id"), ["office_id", "complaint_id"], unique=False
        )

    op.create_table(
        "correction",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("joiner_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("asked_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("due_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("wanted", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("answered_at", core.db.UtcDateTime(), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "answered_by"],
            ["staff.office_id", "staff.id"],
            name=op.f("fk_correction_office_id_answered_by"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "complaint_id"],
            ["complaint.office_id", "complaint.id"],
            name=op.f("fk_correction_office_id_complaint_id"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_correction_office_id")),
        sa.PrimaryKeyConstraint("office_id", "id", name=op.f("pk_correction")),
    )
    spread("correction")
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_correction_office_id_answered_at"), ["office_id", "answered_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_correction_office_id_complaint_id"), ["office_id", "complaint_id"], unique=False
        )

    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.add_column(sa.Column("seq", sa.BigInteger(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("previous_hash", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("hash", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("salt", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("words_digest", sa.Text(), server_default="", nullable=False))
    chain_trail()
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_audit_entry_office_id_action_id"), ["office_id", "action", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_audit_entry_office_id_actor_id"), ["office_id", "actor", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_audit_entry_office_id_seq"), ["office_id", "seq"], unique=True)
        batch_op.create_index(
            batch_op.f("ix_audit_entry_office_id_subject_id"), ["office_id", "subject", "id"], unique=False
        )

    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.add_column(sa.Column("tf_primary_method", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("tf_totp_secret", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("totp_counter", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("mf_recovery_codes", sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column("fs_webauthn_user_handle", sa.Text(), nullable=True))


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.drop_column("fs_webauthn_user_handle")
        batch_op.drop_column("mf_recovery_codes")
        batch_op.drop_column("totp_counter")
        batch_op.drop_column("tf_totp_secret")
        batch_op.drop_column("tf_primary_method")

    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_entry_office_id_subject_id"))
        batch_op.drop_index(batch_op.f("ix_audit_entry_office_id_seq"))
        batch_op.drop_index(batch_op.f("ix_audit_entry_office_id_actor_id"))
        batch_op.drop_index(batch_op.f("ix_audit_entry_office_id_action_id"))
        batch_op.drop_column("words_digest")
        batch_op.drop_column("salt")
        batch_op.drop_column("hash")
        batch_op.drop_column("previous_hash")
        batch_op.drop_column("seq")

    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_correction_office_id_complaint_id"))
        batch_op.drop_index(batch_op.f("ix_correction_office_id_answered_at"))

    op.drop_table("correction")
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consent_office_id_complaint_id"))

    op.drop_table("consent")
    with op.batch_alter_table("staff_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_staff_session_office_id_staff_id"))

    op.drop_table("staff_session")
    op.drop_table("passkey")
    op.drop_table("breach_step")
    op.drop_table("breach_notice")
    op.drop_table("own_processing")
    op.drop_table("erasure")
    op.drop_table("breach")
    op.drop_table("audit_chain")
    op.drop_table("spent_challenge")
    op.drop_table("key_mark")
    with op.batch_alter_table("backup_run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_backup_run_asked_at"))

    op.drop_table("backup_run")
