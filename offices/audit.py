"""The audit trail of master data: who changed what, in the transaction of the change."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from core.ids import uuid7
from offices.models import AuditEntry

# What each action is called on the page.
ACTIONS: Mapping[str, object] = {
    "service.add": _l("Layanan ditambah"),
    "service.edit": _l("Layanan diubah"),
    "point.add": _l("Titik ditambah"),
    "point.edit": _l("Titik diubah"),
    "category.add": _l("Jenis laporan ditambah"),
    "category.edit": _l("Jenis laporan diubah"),
    "holiday.add": _l("Cuti bersama ditambah"),
    "holiday.edit": _l("Hari libur diubah"),
    "holiday.fill": _l("Hari libur setahun diisi"),
    "address.print": _l("Alamat poster pertama dicatat"),
    "address.replace": _l("Alamat poster diganti"),
    "staff.add": _l("Akun dibuat"),
    "staff.reset": _l("Kata sandi dikosongkan, tautan baru dibuat"),
    "staff.active": _l("Akun dibuka atau ditutup"),
    "setting.set": _l("Pengaturan diubah"),
}


def record(
    session: Session, office_id: int, actor: str, action: str, subject: str, detail: Mapping[str, Any], *, now: datetime
) -> None:
    """Add an entry; `actor` is an e-mail address or the name of a command."""
    entry = AuditEntry(
        office_id=office_id, id=uuid7(now), at=now, actor=actor, action=action, subject=subject, detail=dict(detail)
    )
    session.add(entry)
