"""Builders of the follow-up plan: planning.added(period=…)."""

from typing import Any
from uuid import UUID

from survey.elements import ElementKey
from survey.review import plans
from tests import make

VALUES: dict[str, Any] = {
    "element": ElementKey.WAKTU, "service_code": None, "action": "Loket kedua dibuka", "due": "2026-TW4",
    "owner": "Kepala Seksi Pelayanan",
}  # fmt: skip
SIGNED: dict[str, Any] = {"office_id": make.OFFICE, "by": "camat@mumbulsari.example"}


def added(**values: Any) -> UUID:
    """A line of the plan, every value with a default; its id."""
    return plans.add(**SIGNED, **{"period": "2026-S1", "now": make.START, **VALUES, **values})
