"""Writes of the other systems that are told of events. Each leaves an entry in the audit trail."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints import notices
from complaints.messages import notice_queries
from core import outbox, outgoing
from core.db import transaction
from core.errors import Refused
from core.ids import uuid7
from core.outbox import Channel, Permanent, Temporary
from core.sealing import seal
from core.webhooks import new_secret
from offices import audit
from offices.models import Webhook
from offices.service import change

MOST_HOOKS = 20
WRONG_ADDRESS = "Tulis alamat https di internet, misalnya https://aplikasi.contoh.go.id/kabar."
NOT_FOUND = "Nama server pada alamat ini tidak ditemukan. Periksa ejaannya."
TOO_MANY = f"Paling banyak {MOST_HOOKS} sistem. Matikan dulu yang tidak dipakai."


def check_address(url: str, limits: outgoing.Limits) -> None:
    """Raise Refused for an address that would never be posted to. It is checked again at each posting."""
    try:
        parts = outgoing.checked(url, limits)
        outgoing.addresses(str(parts.hostname), parts.port or outgoing.PORTS[parts.scheme], limits)
    except (ValueError, Permanent) as fault:
        raise Refused(WRONG_ADDRESS, "url") from fault
    except Temporary as fault:
        raise Refused(NOT_FOUND, "url") from fault


@transaction
def add(session: Session, *, office_id: int, name: str, url: str, identity_key: str, by: str, now: datetime) -> str:
    """One more system that is told, from now on: the secret with which it can check what it gets. Raises Refused."""
    if len(notice_queries.webhooks(session, office_id)) >= MOST_HOOKS:
        raise Refused(TOO_MANY)
    secret, hook_id = new_secret(), uuid7(now)
    row = {"office_id": office_id, "id": hook_id, "name": name, "url": url, "is_active": True, "added_at": now}
    session.execute(sa.insert(Webhook).values(row | {"sealed_secret": seal(identity_key, secret)}))
    audit.record(session, office_id, by, "webhook.add", name, {"url": url}, now=now)
    return secret


@transaction
def set_active(session: Session, *, office_id: int, hook_id: UUID, active: bool, by: str, now: datetime) -> None:
    """Tell a system no longer, or again. Raises Missing."""
    hook = notice_queries.any_webhook(session, office_id, hook_id)
    change(session, hook, {"is_active": active}, by, "webhook.active", hook.name, now)


@transaction
def test(session: Session, *, office_id: int, hook_id: UUID, by: str, now: datetime) -> None:
    """Put a message down that says nothing but that it came. Raises Missing."""
    hook = notice_queries.any_webhook(session, office_id, hook_id)
    sealed = notices.payload(webhook=hook.id)
    once = f"test:{hook.id}:{now.isoformat()}"
    outbox.put(session, office_id, Channel.WEBHOOK, once=once, about=None, sealed=sealed, now=now)
    audit.note(session, office_id, by, "webhook.test", hook.name, {}, now=now)
