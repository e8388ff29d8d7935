"""The two pages say what the summary says, whatever people wrote."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from pypdf import PdfReader

from core.calendar import Month
from core.db import read_afresh
from core.periods import Period
from indicators.documents import as_pdf, yearly
from indicators.documents.material import Material
from indicators.locks.shown import LockFacts, Shown, Whole
from indicators.months.export import Version
from indicators.registers.note_queries import Note
from indicators.registers.values import Outside
from indicators.sheet import SHEET, Indicator
from tests import make
from tests.indicators.documents import document_cases as cases
from tests.indicators.locks import given_locks as given

HOSTILE = '#import "x": * $y$ <script>alert(1)</script> *tebal* _miring_ @ref `kode` 👍🏽'
LONG = "Panjang sekali " * 8
READABLE = '#import "x": * $y$ <script>alert(1)</script> *tebal* _miring_ @ref `kode`'


def pages(period: str = "2026-10", **asked: Any) -> PdfReader:
    found = as_pdf.month_pdf(read_afresh(), cases.office(), Period.parse(period), **asked)
    return PdfReader(BytesIO(found))


def words(found: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in found.pages).split())


def is_accessible(found: PdfReader) -> bool:
    root: Any = found.trailer["/Root"]
    return "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data().decode() and root["/MarkInfo"]["/Marked"]


def test_two_pages_say_the_summarys_figures(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    cases.october()
    cases.note(Indicator.IKM)
    cases.night(monkeypatch)
    found, told = pages(), cases.told()
    said = words(found)
    assert len(found.pages) == 2
    assert is_accessible(found)
    for each in told:
        figures = (each["target"], each["value"], each["achievement"], each["predicate"])
        assert " ".join(map(cases.local, figures)) in said
    for service in told[1]["detail"]["services"]:
        assert f" {service['respondents']} {cases.local(service['value'])} {service['grade']}" in said
    weakest = sorted(told[1]["detail"]["elements"], key=lambda each: -each["rank"])[:3]
    for element in weakest:
        assert f" {cases.local(element['nrr'])} " in said
    assert "Dari 4 laporan selesai: 0 dibenarkan pelapor, 4 tanpa jawaban, 0 disanggah." in said
    assert "Laporan yang tidak dihitung: 1 " in said
    assert "Mengusulkan jalur cadangan" in said


def test_who_made_it_and_who_approves_it_sign_a_draft_that_says_so(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    cases.october()
    cases.night(monkeypatch)
    said = words(pages())
    for text in cases.SIGNERS.values():
        assert text in said
    for text in ("Mengetahui,", "Camat Mumbulsari,", "Sekretaris Kecamatan Mumbulsari,", "– (sementara)", "SEMENTARA"):
        assert text in said


def test_what_people_write_is_never_markup(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    cases.note(Indicator.SETTLEMENT, analysis=HOSTILE, obstacle="👍🏽🙏", follow_up="[x](y) // z /* a */")
    cases.night(monkeypatch)
    found = pages()
    assert is_accessible(found)
    said = "".join(words(found).split())
    for text in (READABLE, "[x](y) // z /* a */"):
        assert "".join(text.split()) in said


def long(found: Material, letters: int, rows: int) -> Material:
    """The month with `letters` wherever people may write, and so many services, categories and desa."""
    text = (LONG * 9)[:letters]
    seen = Outside(Decimal("81.11"), 300, date(2026, 10, 30))
    summary, below = found.summary, found.breakdown
    service, part = summary.survey.services[0], below.categories[0]
    services = [replace(service, name=text[:120])] * rows
    survey = replace(summary.survey, excluded=12, sample_needed=384, services=services)
    parts = [replace(part, name=text[:120])] * rows
    whole = Whole(
        replace(summary, is_outside=True, survey=survey, registered=replace(summary.registered, outside=seen)),
        replace(below, categories=parts, villages=parts),
    )
    by, at, proof = text[:120], cases.NIGHT, "f" * 64
    lock = LockFacts(2, at, at, by, text[:300], text[:60], at, by, f"985:{proof}", proof, ("doubtful",))
    said = Note(uuid4(), text[:1000], text[:1000], text[:1000], by, at, None, None)
    return replace(
        found,
        letterhead=replace(found.letterhead, contact=" · ".join([text[:300]] * 3)),
        shown=Shown(whole, Version(2, is_locked=True), lock if letters % 2 else None),
        notes={Month(2026, month): {row.key: said for row in SHEET} for month in range(1 if letters > 160 else 10, 11)},
        late=list(Indicator),
    )


@pytest.mark.parametrize("rows", [15, 60])
def test_two_pages_stay_two_whatever_is_long(app: Flask, monkeypatch: pytest.MonkeyPatch, rows: int) -> None:
    cases.october()
    cases.night(monkeypatch)
    for letters in (0, 41, 1001):
        found = PdfReader(BytesIO(as_pdf.made(long(cases.material(), letters, rows))))
        first, second = (" ".join(page.extract_text().split()) for page in found.pages)
        assert is_accessible(found)
        assert "6. Persentase" in first
        assert "NIP 19750505 200003 2 002" in second
        assert ("Dibiarkan terbuka: penilaian yang meragukan." in first) == (letters % 2)
        assert "SUKMA-E" in first
        assert "Survei kepuasan" not in first
        assert ("layanan lain (" in second) == (rows > 15)
        assert ("selengkapnya dalam Bab III" in second) == (letters > 160)


@pytest.mark.parametrize("period", ["2026-10", "2028-02", "2026-TW4", "2026"])
def test_a_period_with_nothing_in_it_has_no_figures(app: Flask, monkeypatch: pytest.MonkeyPatch, period: str) -> None:
    cases.night(monkeypatch, datetime(2028, 3, 1, tzinfo=UTC))
    found = pages(period)
    said = words(found)
    assert len(found.pages) == 2
    assert "0,00" not in said
    assert "Belum ada penilaian." in said
    assert "Tidak ada laporan" in said


def test_the_years_table_is_one_sheet(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    cases.october()
    cases.night(monkeypatch)
    for key in ("office_address", "office_phone", "office_email"):
        cases.signer(key, f"Jalan Raya {key} nomor 12 di sebelah barat pasar", make.START, "2026-10")
    year = yearly.gather_year(read_afresh(), cases.office(), 2026)
    found = PdfReader(BytesIO(yearly.pdf(year)))
    assert len(found.pages) == 1
    assert is_accessible(found)
    assert "Tabel 2: Target dan capaian setiap triwulan 2026" in words(found)


def test_a_locked_month_prints_what_was_locked_and_who_signed_then(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    cases.signers("2026-01")
    cases.registers()
    given.october()
    given.night()
    given.lock(letter_number="005/117/35.09.23/2026")
    before = cases.told()
    given.late_rating()
    cases.signer("secretary_name", "Orang Baru", given.AT + given.MINUTE)
    said, now = words(pages()), words(pages(as_of=given.AT + 5 * given.MINUTE))
    for text in ("Nomor : 005/117/35.09.23/2026", "Versi : 1 ", "Siti Aminah, S.Sos.", "Belum disetujui Camat."):
        assert text in said
    assert "SEMENTARA" not in said
    assert "Segel catatan laporan (jangkar) saat dikunci: 3:" in said
    assert "Segel catatan laporan (jangkar) pada akhir masa atau saat dihitung: 3:" in now
    assert f"{cases.local(before[1]['value'])} " in said
    assert cases.told()[1]["value"] != before[1]["value"]
    assert "HITUNGAN ULANG" in now
    assert "Saat itu bulan ini sudah dikunci sebagai versi 1" in now
    assert "Orang Baru" in now
    assert cases.local(cases.told()[1]["value"]) in now
