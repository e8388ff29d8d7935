"""The report's files, opened again by other libraries, say what the monthly summary says."""

import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx.oxml.ns import qn
from flask import Flask
from openpyxl import load_workbook

from core.db import reader
from core.figures import printed
from core.periods import Period
from indicators.months import export, summary
from offices.papers import as_docx
from offices.papers.document import Chart, Table, as_text
from survey.reports import content
from survey.reports.material import Material
from tests import make
from tests.survey.reports import report_cases as cases

SOFFICE = shutil.which("soffice")


@pytest.fixture
def material(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Material:
    cases.answered(24, sex="male", education="slta")
    cases.answered(4, sex="female", education="s2")
    cases.night(monkeypatch)
    return cases.material()


def summed() -> dict[str, Any]:
    """What `summary --format json` says of the survey."""
    lines: Any = export.as_json(summary.build(reader(), cases.office(), Period.parse("2026-10")))["indicators"]
    found: dict[str, Any] = lines[1]
    return found


def local(number: str) -> str:
    return number.replace(".", ",")


def test_the_pdf_is_tagged_and_says_the_summarys_figures(material: Material) -> None:
    found = cases.pdf(material)
    about = cases.root_of(found)
    assert about["/MarkInfo"]["/Marked"]
    assert about["/Lang"] == "id"
    assert cases.is_accessible(found)
    words, told = cases.text_of(found), summed()
    assert f"adalah {local(told['value'])}, mutu {told['detail']['grade']}" in words
    for element in told["detail"]["elements"]:
        assert f"{local(element['nrr'])} {local(element['weighted'])} {element['grade']} {element['rank']}" in words
    assert "–".join(map(local, told["detail"]["interval95"])) in words


def test_an_emoji_in_a_suggestion_leaves_the_pdf_readable(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    for words in (
        "Pelayanan cepat sekali 👍🏽🙏",
        "Antre <b>lama</b> #1 *sekali*",
        "Tolong $kursi$ @ruang [tunggu] _lagi_",
    ):
        make.rating(suggestion=words)
    cases.night(monkeypatch)
    found = cases.pdf(cases.material())
    assert cases.is_accessible(found)
    told = cases.text_of(found)
    for words in ("“Pelayanan cepat sekali”", "“Antre <b>lama</b> #1 *sekali*”", "$kursi$ @ruang [tunggu] _lagi_"):
        assert words in told


def test_the_text_document_has_all_tables_and_headings(material: Material) -> None:
    found, made = content.compose(material), cases.docx_of(material)
    blocks = [each for each in (*found.blocks, *found.annex) if isinstance(each, Table) and (each.rows or each.sums)]
    assert len(made.tables) == len(blocks)
    for table, block in zip(made.tables, blocks, strict=True):
        written = [[node.text or "" for node in row.iter(qn("w:t"))] for row in table._tbl.tr_lst]
        expected = [[c.head for c in block.columns], *([as_text(cell) for cell in row] for row in block.rows)]
        assert written == [*expected, *([as_text(cell) for cell in row] for row in block.sums)]
        assert table._tbl.tr_lst[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    assert (
        next(each.text for each in made.paragraphs if each.style and each.style.name == "Heading 1")
        == "BAB I PENDAHULUAN"
    )
    assert made.core_properties.language == "id-ID"


def test_the_text_documents_charts_are_drawn_from_books_of_their_own(material: Material) -> None:
    made = cases.docx_of(material)
    charts = [block for block in content.compose(material).blocks if isinstance(block, Chart)]
    parts = [each for each in made.part.rels.values() if each.reltype.endswith("/chart")]
    described = [each.get("descr") for each in made.element.body.iter() if each.tag.endswith("}docPr")]
    assert described == [chart.alt for chart in charts]
    for chart, part in zip(charts, parts, strict=True):
        (book,) = part.target_part.rels.values()
        with BytesIO(book.target_part.blob) as file:
            rows = list(load_workbook(file)["Data"].iter_rows(min_row=2, max_col=2, values_only=True))
        expected = [
            (label, float(value or 0)) for label, value in zip(chart.labels, chart.series[0].values, strict=True)
        ]
        assert rows[: len(chart.labels)] == expected
        assert f'r:id="{book.rId}"'.encode() in part.target_part.blob


def test_the_annex_has_every_respondent_and_no_attribute(material: Material) -> None:
    sheet = cases.opened(cases.xlsx(material))["Lampiran"]
    rows = list(sheet.iter_rows(min_row=3, max_col=10, values_only=True))
    assert rows[0] == ("No", *(f"U{n}" for n in range(1, 10)))
    assert [row[0] for row in rows[1:29]] == list(range(1, 29))
    told = summed()["detail"]["elements"]
    assert [sum(int(str(row[n])) for row in rows[1:29]) for n in range(1, 10)] == [each["sum"] for each in told]
    assert sheet.max_column == 10


def test_a_spreadsheet_computes_the_summarys_figures(material: Material, tmp_path: Path) -> None:
    assert SOFFICE is not None, "`make test` installs LibreOffice"
    path = tmp_path / "laporan.xlsx"
    workbook = load_workbook(BytesIO(cases.xlsx(material)))
    workbook.save(path)  # without the values that the formulas came with
    profile = f"-env:UserInstallation=file://{tmp_path}/office"
    command: list[str | Path] = [
        str(SOFFICE),
        profile,
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        tmp_path / "lagi",
        path,
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    rows = list(cases.opened((tmp_path / "lagi/laporan.xlsx").read_bytes())["Lampiran"].iter_rows(values_only=True))
    told = summed()
    total, mean, weighted, index = (row[1:10] for row in rows[31:35])
    assert list(total) == [each["sum"] for each in told["detail"]["elements"]]
    assert [f"{value:.4f}" for value in mean] == [each["nrr"] for each in told["detail"]["elements"]]
    assert [f"{value:.4f}" for value in weighted] == [each["weighted"] for each in told["detail"]["elements"]]
    assert f"{index[0]:.2f}" == told["value"]


def test_without_a_spreadsheet_program_the_formulas_show_their_figures(material: Material) -> None:
    sheet = cases.opened(cases.xlsx(material))["Lampiran"]
    assert printed(material.figures.whole.index) == local(f"{sheet['B35'].value:.2f}")
    formula = cases.opened(cases.xlsx(material), values=False)["Lampiran"]["B35"].value
    assert all(part in formula for part in ("SUM(B32:J32)", "COUNT(B4:B31)"))


@pytest.mark.parametrize("respondents", [0, 1])
def test_hardly_any_ratings_make_all_documents(app: Flask, monkeypatch: pytest.MonkeyPatch, respondents: int) -> None:
    cases.answered(respondents)
    cases.night(monkeypatch)
    found = cases.material()
    assert "BAB IV" in cases.text_of(cases.pdf(found))
    assert as_docx.made(content.compose(found))
    sheet = cases.opened(cases.xlsx(found))["Lampiran"]
    assert (sheet.cell(4 + respondents, 1).value, sheet.cell(7 + respondents, 2).value == "–") == (
        "ΣNilai/unsur",
        not respondents,
    )


def test_no_document_tells_a_small_group(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same respondents but for who they are: each document is the same to the letter."""
    told = []
    for ones, others in (("diploma", "s2"), ("s2", "diploma")):
        make.withdraw_ratings(now=make.START)
        for count, education in ((20, "slta"), (12, "sd"), (3, ones), (8, others)):
            for _n in range(count):
                make.rating(answer=3, education=education)
        cases.night(monkeypatch)
        found = cases.material()
        told.append((content.compose(found), cases.text_of(cases.pdf(found)), docx_text(found), sheet_text(found)))
    assert told[0] == told[1]


def docx_text(found: Material) -> list[str | None]:
    return [node.text for node in cases.docx_of(found).element.body.iter(qn("w:t"))]


def sheet_text(found: Material) -> list[object]:
    book = cases.opened(cases.xlsx(found))
    return [row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True)]
