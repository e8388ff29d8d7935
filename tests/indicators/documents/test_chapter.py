"""The chapter for the LKjIP and the yearly table, opened again by other libraries."""

from io import BytesIO
from typing import Any

import pytest
from docx.oxml.ns import qn
from flask import Flask
from openpyxl import load_workbook

from core.db import read_afresh
from core.periods import Period
from indicators.documents import as_docx, yearly
from indicators.sheet import Indicator
from tests import make
from tests.indicators.documents import document_cases as cases

SHEET, PLACES = 0, (3, 4, 5, 6)


@pytest.fixture
def october(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    cases.october()
    cases.note(Indicator.IKM)
    cases.note(Indicator.SETTLEMENT, analysis="<b>tebal</b> & 👍🏽 selesai")
    cases.night(monkeypatch)


def chapter(period: str = "2026-10") -> Any:
    return cases.docx_of(as_docx.chapter(read_afresh(), cases.office(), Period.parse(period)))


def rows(table: Any) -> list[list[str]]:
    return [[node.text or "" for node in row.iter(qn("w:t"))] for row in table._tbl.tr_lst]


def words(made: Any) -> str:
    return "\n".join(each.text for each in made.paragraphs)


def figures(each: dict[str, Any]) -> list[str]:
    return [cases.local(each[key]) for key in ("target", "value", "achievement", "predicate")]


def test_the_chapter_says_the_summarys_figures(october: None) -> None:
    made, told = chapter(), cases.told()
    assert [[row[place] for place in PLACES] for row in rows(made.tables[SHEET])[1:]] == [*map(figures, told)]
    beside = {table[1][0]: table for table in map(rows, made.tables[1:7])}
    assert set(beside) == {"Target"}
    for each, table in zip(told, map(rows, made.tables[1:7]), strict=True):
        assert table[0] == ["Uraian", "Oktober 2025", "Oktober 2026"]
        assert [row[2] for row in table[1:]] == figures(each)
    said = words(made)
    assert "4 ÷ 6 × 100 = 66,67" in said
    assert "5 ÷ 6 × 100 = 83,33" in said
    assert f"Analisis: {cases.NOTE['analysis']}" in said
    assert "Analisis: <b>tebal</b> & selesai" in said


def test_it_has_real_headings_and_charts_to_edit(october: None) -> None:
    made = chapter()
    heads = [(each.style.name, each.text) for each in made.paragraphs if each.style.name.startswith("Heading")]
    assert heads[0] == ("Heading 1", "BAB III AKUNTABILITAS KINERJA")
    assert ("Heading 3", "2. Indeks Kepuasan Masyarakat (IKM)") in heads
    charts = [each.target_part for each in made.part.rels.values() if each.reltype.endswith("/chart")]
    assert len(charts) == 7
    (book,) = charts[0].rels.values()
    with BytesIO(book.target_part.blob) as file:
        values = [row[1] for row in load_workbook(file)["Data"].iter_rows(min_row=2, max_col=2, values_only=True)]
    assert values == [float(each["achievement"]) for each in cases.told()]


def test_a_longer_period_has_the_notes_of_each_month(october: None) -> None:
    cases.note(Indicator.IKM, "2026-11", analysis="Bulan berikutnya")
    made = chapter("2026-TW4")
    (notes,) = [table for table in map(rows, made.tables) if table[0][0] == "Bulan" and "Bulan berikutnya" in table[-1]]
    assert [row[0] for row in notes[1:]] == ["Oktober 2026", "November 2026"]


def test_nothing_makes_a_chapter_too(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    cases.night(monkeypatch)
    made = chapter("2028-02")
    assert [row[4] for row in rows(made.tables[SHEET])[1:]] == ["–"] * 6
    assert "6 belum dapat dinilai" in words(made)


def test_the_yearly_table_says_the_summarys_figures(october: None) -> None:
    year = yearly.gather_year(read_afresh(), cases.office(), 2026)
    made = cases.docx_of(yearly.docx(year))
    quarters = [cases.told(f"2026-TW{number}") for number in range(1, 5)]
    paper = cases.text_of(yearly.pdf(year))
    for row, each, *of_quarters in zip(rows(made.tables[0])[1:], cases.told("2026"), *quarters, strict=True):
        values = [cases.local(one["value"]) for one in of_quarters]
        expected = [cases.local(each["target"]), *values, *figures(each)[1:], "–", "–"]
        assert row[4:] == expected
        assert " ".join(expected[:-4]) in paper
    assert "Drs. Ahmad Fauzi, M.Si." in paper
    with yearly.xlsx(year) as file:
        sheet = "\n".join(
            str(cell) for (cell,) in load_workbook(file)[yearly.NAME].iter_rows(max_col=1, values_only=True)
        )
    for footnote in yearly.FOOTNOTES:
        assert all(footnote in text for text in (words(made), paper, sheet))


def test_a_quarter_that_has_not_begun_has_no_figures(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    cases.registers()
    cases.night(monkeypatch, cases.date_of("2026-05-04"))
    year = yearly.gather_year(read_afresh(), cases.office(), 2026)
    documents = yearly.table(year).rows[0]
    assert [*documents[5:9]] == [3, 3, None, None]


def test_years_are_compared_and_only_what_is_proven_is_called_so(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    for day, answer in (("2025-03-03", 2), ("2026-03-03", 4)):
        cases.ratings(10, now=cases.date_of(day))
        for _n in range(30):
            make.rating(answer=answer, now=cases.date_of(day))
    cases.registers()
    cases.night(monkeypatch, cases.date_of("2027-01-02"))
    rows_of = yearly.table(yearly.gather_year(read_afresh(), cases.office(), 2026)).rows
    assert rows_of[1][-1] == "+37,50: naik"
    assert rows_of[0][-1] == "–"
