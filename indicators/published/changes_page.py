"""The change log in words, and as rows for programs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from flask_babel import gettext as _

from core.calendar import Month
from core.figures import printed
from indicators.published.changes import Change, Entry, Kind
from indicators.published.data import column_of, moment
from indicators.sheet import SHEET, Indicator
from offices import rights, settings
from offices.rights import Action
from offices.roles import LABELS

NAMES = {row.key.value: f"{row.number}. {row.name}" for row in SHEET}
(LOCKS,) = rights.holders(Action.LOCK_MONTH)


@dataclass(frozen=True)
class Told:
    """An entry as texts; `lines`: (what, before, after)."""

    at: datetime
    title: str
    said: Sequence[str]
    lines: Sequence[tuple[str, str, str]]


def told(entry: Entry) -> Told:
    """In plain words."""
    lines = [_line(each) for each in entry.changes if each.before or entry.kind is not Kind.EDITION]
    return Told(entry.at, _title(entry), [text for text in _said(entry) if text], lines)


def row(entry: Entry) -> dict[str, object]:
    """In the columns of data.CHANGE_ROW."""
    return {
        "at": moment(entry.at),
        "kind": entry.kind.value,
        "subject": entry.subject,
        "version": entry.version,
        "by": _by(entry),
        "reason": entry.reason or None,
        "approved_at": moment(entry.approved_at),
        "valid_from": entry.valid_from,
        "changes": [
            {"field": _column(each.field), "before": each.before, "after": each.after} for each in entry.changes
        ],
    }


def _title(entry: Entry) -> str:
    match entry.kind:
        case Kind.LOCK:
            return _("%(month)s dikunci, versi %(number)s", month=_month(entry.subject), number=entry.version)
        case Kind.SETTING:
            return settings.KNOWN[entry.subject].meaning
        case Kind.EDITION:
            return _("Kuesioner: %(name)s", name=entry.name)


def _said(entry: Entry) -> list[str]:
    who = _("Oleh %(role)s.", role=_by(entry))
    since = _("Mulai bulan %(month)s.", month=_month(entry.valid_from)) if entry.valid_from else ""
    if entry.kind is not Kind.LOCK:
        return [since, who]
    reason = _("Alasan: %(reason)s", reason=entry.reason) if entry.reason else ""
    agreed = _("Disetujui Camat.") if entry.approved_at else _("Belum disetujui Camat.")
    same = "" if entry.changes else _("Keenam nilainya tetap.")
    return [reason, f"{who} {agreed}", same]


def _by(entry: Entry) -> str:
    return str(LABELS[LOCKS]) if entry.kind is Kind.LOCK else _("Kantor")


def _line(change: Change) -> tuple[str, str, str]:
    return NAMES.get(change.field, ""), _value(change.field, change.before), _value(change.field, change.after)


def _value(field: str, text: str | None) -> str:
    return printed(Decimal(text)) if text and field in NAMES else text or printed(None)


def _column(field: str) -> str:
    return column_of(Indicator(field)) if field in NAMES else field


def _month(text: str) -> str:
    return Month.parse(text).long
