"""Which office this request is for: that of the signed-in account, else the default one."""

from flask import g
from flask_security import current_user

from core.db import reader
from core.errors import Missing
from offices import queries
from offices.models import Office


def current_office() -> Office:
    """The request's office; raises Missing before the first start has made one."""
    if "office" not in g:
        g.office = _find()
    office: Office = g.office
    return office


def _find() -> Office:
    if current_user and current_user.is_authenticated:
        return queries.office(reader(), current_user.office_id)
    office = queries.default_office(reader())
    if office is None:
        raise Missing("Kantor belum disiapkan. Jalankan perintah init.")
    return office
