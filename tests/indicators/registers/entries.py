"""Builders of register entries: entries.document("rb") in memory, entries.added(documents.add, …) in the register."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from core.calendar import Month
from core.clock import now
from core.config import Settings
from core.periods import Period
from indicators.registers import activities, documents, outside, programme, reviews
from indicators.registers.models import (
    EmpowermentActivity,
    OrganisationDocument,
    OutsideIndex,
    ProgrammeIndicator,
    ProgrammeRealisation,
    SakipReview,
)
from indicators.registers.terms import Register
from indicators.registers.values import Entries
from offices import attachments
from offices.attachments import Kept
from tests import make
from tests.pdfs import PDF

FILE = UUID(int=1)
NOW = make.START
SHARED: dict[str, Any] = {"office_id": make.OFFICE, "file_id": FILE, "recorded_at": NOW, "recorded_by": "tests"}


def day(text: str) -> date:
    """From "05-31" of 2026, or a whole date."""
    return date.fromisoformat(text if len(text) > 5 else f"2026-{text}")


def document(kind: str = "lakip", approved: str | None = "03-01", **values: Any) -> OrganisationDocument:
    given = {"year": 2026, "title": "Dokumen", "dated": day("01-02"), "approved_on": approved and day(approved)}
    return OrganisationDocument(**{**SHARED, "id": uuid4(), "entry_id": uuid4(), "kind": kind, **given, **values})


def activity(planned: str = "05-10", held: str | None = "05-10", **values: Any) -> EmpowermentActivity:
    given = {"name": "Pelatihan", "planned_on": day(planned), "held_on": held and day(held)}
    return EmpowermentActivity(**{**SHARED, "id": uuid4(), "entry_id": uuid4(), **given, **values})


def review(score: str = "78.50", on: str = "04-14", **values: Any) -> SakipReview:
    given = {"year": 2026, "reviewed_on": day(on), "score": Decimal(score)}
    return SakipReview(**{**SHARED, "id": uuid4(), "entry_id": uuid4(), **given, **values})


def indicator(target: str = "80", direction: str = "higher", **values: Any) -> ProgrammeIndicator:
    given = {"year": 2026, "name": "Layanan", "unit": "persen", "target": Decimal(target), "direction": direction}
    return ProgrammeIndicator(**{**SHARED, "id": uuid4(), "entry_id": uuid4(), "programme": "", **given, **values})


def reached(of: ProgrammeIndicator, value: str, on: str = "06-30", **values: Any) -> ProgrammeRealisation:
    given = {"year": of.year, "indicator_id": of.entry_id, "measured_on": day(on), "value": Decimal(value)}
    return ProgrammeRealisation(**{**SHARED, "id": uuid4(), "entry_id": uuid4(), **given, **values})


def shown(period: str = "2026-05", value: str = "82.10", **values: Any) -> OutsideIndex:
    given = {"year": Period.parse(period).last.year, "period": period, "value": Decimal(value), "respondents": 120}
    row = {**SHARED, "id": uuid4(), "entry_id": uuid4(), "seen_on": day("06-03"), **given, **values}
    return OutsideIndex(**row)


def entries(**registers: Any) -> Entries:
    """Registers that are empty where nothing is given."""
    names = ("documents", "activities", "reviews", "programme", "realisations", "outside")
    return Entries(**{name: registers.get(name, []) for name in names})


DOCUMENT: dict[str, Any] = {
    "year": 2026, "kind": "lakip", "title": "LAKIP 2026", "dated": day("01-20"), "approved_on": day("02-01"),
}  # fmt: skip
ACTIVITY: dict[str, Any] = {
    "name": "Pelatihan kader", "planned_on": day("05-10"), "held_on": day("05-11"), "village_code": None, "place": "",
    "participants": 30, "result": "",
}  # fmt: skip
REVIEW: dict[str, Any] = {"year": 2026, "reviewed_on": day("04-14"), "score": Decimal("78.50"), "reviewer": ""}
INDICATOR: dict[str, Any] = {
    "year": 2026, "programme": "Pelayanan", "name": "Layanan tepat waktu", "unit": "persen", "target": Decimal(95),
    "direction": "higher",
}  # fmt: skip
OUTSIDE: dict[str, Any] = {
    "period": "2026-05", "value": Decimal("82.10"), "respondents": None, "seen_on": day("06-03"),
}  # fmt: skip
SIGNED: dict[str, Any] = {"office_id": make.OFFICE, "by": "tests"}


def added(service: Callable[..., Any], values: dict[str, Any], filed: Kept | None = None, **more: Any) -> UUID:
    """An entry of a register, by its service; its id."""
    given = {"entry_id": uuid4(), "now": NOW, **values, **more}
    service(filed=filed, **SIGNED, **given)
    found: UUID = given["entry_id"]
    return found


def kept(settings: Settings, now: datetime = NOW) -> Kept:
    """A PDF on its shelf, whose row is still to be written."""
    data_dir: Path = settings.data_dir
    return attachments.kept(data_dir, make.OFFICE, PDF, "bukti.pdf", now=now)


def one_of_each(settings: Settings, today: date) -> dict[Register, UUID]:
    """An entry of each register, with its file."""
    month = Month.of_day(today)
    values: dict[str, Any] = {"now": now()}
    known = {
        Register.DOCUMENTS: added(documents.add, DOCUMENT, kept(settings), **values, dated=today, approved_on=today),
        Register.ACTIVITIES: added(activities.add, ACTIVITY, kept(settings), **values, planned_on=today, held_on=today),
        Register.REVIEWS: added(reviews.add, REVIEW, kept(settings), **values, year=today.year, reviewed_on=today),
        Register.PROGRAMME: added(programme.add, INDICATOR, **values, year=today.year),
        Register.OUTSIDE: added(outside.add, OUTSIDE, kept(settings), **values, period=str(month), seen_on=today),
    }
    measure: dict[str, Any] = {
        "indicator_id": known[Register.PROGRAMME], "measured_on": today, "value": Decimal("96.5"),
    }  # fmt: skip
    return known | {Register.REALISATIONS: added(programme.measure, measure, **values)}


def in_every_register(settings: Settings, today: date) -> dict[str, str]:
    """What stands in the gaps of the registers' addresses."""
    known = one_of_each(settings, today)
    rules = {f"/register/{register.value}/<uuid:entry_id>": str(entry_id) for register, entry_id in known.items()}
    return rules | {"/register/program/<uuid:indicator_id>/realisasi": str(known[Register.PROGRAMME])}
