"""The regency's table for programs and spreadsheets: one row an office, its totals and no more."""

from collections.abc import Iterator
from dataclasses import asdict
from io import BytesIO

import xlsxwriter
from flask_babel import gettext as _

from core.figures import decimal_string
from core.tabular import harmless
from core.xlsx_files import PLAIN
from indicators.published.data import Cell, Field, moment
from indicators.regency.results import LEAST_REPORTS, LEAST_RESPONDENTS, OfficeLine, Table
from indicators.sheet import SHEET, Indicator

HEAD = (
    Field("period", "teks", "TTTT-BB, TTTT-TWn, TTTT-Sn, TTTT", "Bulan, triwulan, semester, atau tahun"),
    Field("office", "teks", "kode Kemendagri", "Kode kecamatan"),
    Field("name", "teks", "–", "Nama kecamatan"),
    Field("locked_version", "bilangan", "–", "Versi bulan yang dikunci kecamatan; kosong: hitungan malam terakhir"),
)
COUNTS = (
    Field("respondents", "bilangan", "orang", "Responden indeks itu; kosong: tidak diketahui"),
    Field("received", "bilangan", "laporan", "Laporan trantib sah yang diterima"),
    Field("place_ikm", "bilangan", "–", f"Peringkat IKM; kosong: kurang dari {LEAST_RESPONDENTS} responden"),
    Field("place_settlement", "bilangan", "–", f"Peringkat penyelesaian; kosong: kurang dari {LEAST_REPORTS} laporan"),
)
PARTS = ("value", "target", "achievement", "predicate")
FIELDS = (
    *HEAD,
    *(
        Field(f"{row.key}_{part}", "teks" if part == "predicate" else "desimal", unit, f"{row.name}: {word}")
        for row in SHEET
        for part, unit, word in zip(
            PARTS, (row.unit_word, row.unit_word, "%", "–"), ("nilai", "target", "capaian", "predikat"), strict=True
        )
    ),
    *COUNTS,
)


def rows(table: Table) -> Iterator[dict[str, Cell]]:
    """One an office, in the columns of FIELDS, by code."""
    by_ikm, by_settlement = table.places(Indicator.IKM), table.places(Indicator.SETTLEMENT)
    for line in table.lines:
        yield {
            "period": str(table.period),
            "office": line.office.code,
            "name": line.office.name,
            "locked_version": line.version,
            **_figures(line),
            "respondents": line.respondents,
            "received": line.received,
            "place_ikm": by_ikm.get(line.office_id),
            "place_settlement": by_settlement.get(line.office_id),
        }


def as_json(table: Table) -> dict[str, object]:
    """With what each field means."""
    return {
        "regency": table.regency,
        "period": str(table.period),
        "as_of": moment(table.counted_at),
        "offices": list(rows(table)),
        "fields": [asdict(field) for field in FIELDS],
    }


def xlsx(table: Table) -> bytes:
    """The same as a workbook, numbers as numbers, with a second sheet that says what the columns mean."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, PLAIN | {"in_memory": True}) as book:
        _write(book.add_worksheet(_("Kecamatan")), table)
        sheet = book.add_worksheet(_("Keterangan"))
        sheet.set_column(0, 2, 24)
        for place, field in enumerate(FIELDS):
            sheet.write_row(place, 0, [field.name, field.unit, field.meaning])
    return file.getvalue()


def _write(sheet: xlsxwriter.worksheet.Worksheet, table: Table) -> None:
    sheet.freeze_panes(1, len(HEAD))
    sheet.set_column(0, len(FIELDS), 16)
    sheet.write_row(0, 0, [field.name for field in FIELDS])
    for number, row in enumerate(rows(table), 1):
        for place, field in enumerate(FIELDS):
            cell = row[field.name]
            if cell is None:
                continue
            if field.type == "teks":
                sheet.write_string(number, place, harmless(str(cell)))
            else:
                sheet.write_number(number, place, float(cell))  # a spreadsheet has no other numbers


def _figures(line: OfficeLine) -> dict[str, Cell]:
    found: dict[str, Cell] = {}
    for key, cell in line.cells.items():
        figures = (cell.result.value, cell.target, cell.result.achievement)
        texts = [*map(decimal_string, figures), cell.result.predicate_label]
        found |= {f"{key}_{part}": text for part, text in zip(PARTS, texts, strict=True)}
    return found
