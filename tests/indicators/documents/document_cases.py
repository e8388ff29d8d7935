"""What the documents of a month are made of in tests: registers, targets, notes, signers, a night."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import docx
import pytest
from openpyxl import Workbook, load_workbook
from pypdf import PdfReader
from sqlalchemy.orm import Session

from core import clock
from core.calendar import Month
from core.db import read_afresh, transaction
from core.ids import uuid7
from core.periods import Period
from indicators import nightly, targets
from indicators.documents import gathering
from indicators.documents.material import Material
from indicators.months import export, summary
from indicators.registers import notes
from indicators.registers.models import (
    EmpowermentActivity,
    OrganisationDocument,
    ProgrammeIndicator,
    ProgrammeRealisation,
    SakipReview,
)
from indicators.sheet import Indicator
from offices import queries, settings
from offices.models import Attachment, Office, Service
from survey.elements import OFFICIAL_ORDER
from tests import make

YEAR = 2026
NIGHT = make.START + timedelta(days=40)
VILLAGES = ("35.09.23.2001", "35.09.23.2002", "35.09.23.2004")
CATEGORIES = ("kebisingan", "sungai")
TARGETS = {
    Indicator.DOCUMENTS: "4", Indicator.IKM: "82", Indicator.WELFARE: "90",
    Indicator.SETTLEMENT: "90", Indicator.SAKIP: "75", Indicator.PROGRAMME: "85",
}  # fmt: skip
NOTE = {
    "analysis": "Pelayanan membaik karena loket dibuka sejak pukul 07.30 dan petugas dilatih dua kali pada bulan ini.",
    "obstacle": "Jaringan internet kantor sering putus pada siang hari.",
    "follow_up": "Mengusulkan jalur cadangan ke Dinas Kominfo pada triwulan berikutnya.",
}
SIGNERS = {
    "head_name": "Drs. Ahmad Fauzi, M.Si.", "head_nip": "19700101 199503 1 001",
    "head_rank": "Pembina Tingkat I (IV/b)", "secretary_name": "Siti Aminah, S.Sos.",
    "secretary_nip": "19750505 200003 2 002", "secretary_rank": "Penata Tingkat I (III/d)",
    "office_address": "Jalan Raya Mumbulsari Nomor 1", "office_phone": "(0331) 123456",
    "office_email": "kecamatan.mumbulsari@jemberkab.example",
}  # fmt: skip


@transaction
def registers(session: Session, /, *, now: datetime = make.START, year: int = YEAR) -> None:
    """Three of four documents, five of six activities of October, a review, two of three programme indicators."""
    same: dict[str, Any] = {"office_id": make.OFFICE, "recorded_at": now, "recorded_by": "tests"}

    def keys(*, has_file: bool = True) -> dict[str, Any]:
        file_id = _file(session, now) if has_file else None
        return same | {"id": uuid7(now), "entry_id": uuid4(), "file_id": file_id}

    for kind in ("lakip", "rb", "anjab"):
        day = date(year, 2, 10)
        session.add(OrganisationDocument(**keys(), year=year, kind=kind, title="Dokumen", dated=day, approved_on=day))
    for number in range(1, 7):
        planned, held = date(year, 10, number * 4), date(year, 10, number * 4 + 1) if number < 6 else None
        about = {"name": f"Pelatihan kelompok {number}", "planned_on": planned, "held_on": held}
        session.add(EmpowermentActivity(**keys(), **about, village_code=None, participants=20))
    session.add(SakipReview(**keys(), year=year, reviewed_on=date(year, 6, 20), score=Decimal("72.35")))
    for name, target, reached, direction in (
        ("Desa dengan posyandu aktif", "7", "7", "higher"),
        ("Keluhan yang terulang", "10", "4", "lower"),
        ("Warga yang dilatih", "250.5", "120", "higher"),
    ):
        indicator = ProgrammeIndicator(
            **keys(), year=year, name=name, unit="buah", target=Decimal(target), direction=direction
        )
        session.add(indicator)
        measured = {"indicator_id": indicator.entry_id, "measured_on": date(year, 9, 30), "value": Decimal(reached)}
        session.add(ProgrammeRealisation(**keys(), year=year, **measured))


def _file(session: Session, now: datetime) -> UUID:
    about = {"about": "register", "file_name": "bukti.pdf", "kind": "pdf", "size": 1, "sha256": "", "added_by": "tests"}
    row = Attachment(office_id=make.OFFICE, id=uuid7(now), added_at=now, **about)
    session.add(row)
    session.flush()
    return row.id


def aims(year: int = YEAR) -> None:
    """Targets of the whole year."""
    for indicator, value in TARGETS.items():
        targets.set_target(
            office_id=make.OFFICE, year=year, indicator=indicator, value=Decimal(value), by="tests", now=make.START
        )


def note(indicator: Indicator, month: str = "2026-10", *, now: datetime = NIGHT, **words: str) -> None:
    """What somebody says of an indicator."""
    notes.write(
        office_id=make.OFFICE, month=Month.parse(month), indicator=indicator, seen=None, by="tests", now=now,
        **NOTE | words,
    )  # fmt: skip


def signers(month: str = "2026-10") -> None:
    """Who signs, and where the office is."""
    for key, value in SIGNERS.items():
        signer(key, value, make.START, month)


def signer(key: str, value: str, now: datetime, month: str = "2026-11") -> None:
    settings.set_value(office_id=make.OFFICE, key=key, value=value, month=Month.parse(month), by="tests", now=now)


@transaction
def service(session: Session, /, name: str) -> str:
    """One more service; its code."""
    code = f"layanan-{make.word()}"
    row = Service(office_id=make.OFFICE, code=code, name=name, section_key="pemerintahan", position=99)
    session.add(row)
    return code


def date_of(day: str) -> datetime:
    """Some hour of a day."""
    return datetime.fromisoformat(f"{day}T03:00:00+00:00")


def night(monkeypatch: pytest.MonkeyPatch, moment: datetime = NIGHT) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment)
    nightly.run_now(clock.now, nightly.recount_marked)


def ratings(count: int, *, now: datetime = make.START, **values: Any) -> None:
    """So many respondents, each with answers of their own."""
    for n in range(count):
        answers: dict[str, Any] = {
            key.value: 1 + (n * (place + 2) + place) % 4 for place, key in enumerate(OFFICIAL_ORDER)
        }
        make.rating(now=now, **answers | values)


def reports() -> None:
    """Seven reports of October in three desa; four are settled, and one was spam."""
    for n in range(7):
        found = make.complaint(
            now=make.START + timedelta(days=n), village_code=VILLAGES[n % 3], category_code=CATEGORIES[n % 2]
        )
        if n < 4:
            make.happened(found, "settle", now=make.START + timedelta(days=n + 2), is_first_close=True)
        if n == 6:
            make.happened(found, "exclude", now=make.START + timedelta(days=n + 1), exclusion="spam")


def october() -> None:
    """Everything a month has."""
    ratings(24)
    ratings(4, service="kk")
    reports()
    registers()
    aims()
    signers()


def told(period: str = "2026-10") -> list[dict[str, Any]]:
    """The six indicators as `summary --format json` has them, but a target of documents as it is printed."""
    found: Any = export.as_json(summary.build(read_afresh(), office(), Period.parse(period)))["indicators"]
    documents, *others = found
    whole = (documents["target"] or "").removesuffix(".00") or None
    return [documents | {"target": whole}, *others]


def local(number: str | None) -> str:
    """As a document prints it."""
    return "–" if number is None else number.replace(".", ",")


def office() -> Office:
    return queries.office(read_afresh(), make.OFFICE)


def material(period: str = "2026-10") -> Material:
    session = read_afresh()
    return gathering.gather(session, queries.office(session, make.OFFICE), Period.parse(period))


def text_of(made: bytes) -> str:
    """All words of a PDF, on one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages).split())


def docx_of(made: bytes) -> docx.document.Document:
    return docx.Document(BytesIO(made))


def opened(workbook: bytes, *, values: bool = True) -> Workbook:
    return load_workbook(BytesIO(workbook), data_only=values)
