"""What the report says, whatever form it is handed over in."""

import csv
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from core.calendar import Month
from core.figures import printed
from offices import settings
from offices.papers.document import Chart, Heading, Paragraph, Signing
from survey.elements import OFFICIAL_ORDER, ElementKey
from survey.questionnaire import Questionnaire
from survey.reports import content, gathering, words
from survey.reports.closing import ONLY_SUMS
from survey.review import plans
from survey.review.terms import Status
from tests import make
from tests.expectations import SEKADAU_FILE, SEKADAU_SUMS
from tests.survey import given
from tests.survey.reports import report_cases as cases

NEXT_MONTH = make.START.replace(month=11)


def set_(key: str, value: str) -> None:
    settings.set_value(office_id=make.OFFICE, key=key, value=value, month=Month(2026, 1), by="tests", now=make.START)


def said(**of: str) -> str:
    found = cases.document(**of)
    return " ".join(block.text for block in (*found.blocks, *found.annex) if isinstance(block, Paragraph))


def test_the_chapters_are_those_of_the_official_report(app: Flask) -> None:
    found = cases.document()
    chapters = [each.text for each in (*found.blocks, *found.annex) if isinstance(each, Heading) and each.level == 1]
    assert chapters == [
        "BAB I PENDAHULUAN",
        "BAB II METODOLOGI",
        "BAB III HASIL SURVEI",
        "BAB IV KESIMPULAN DAN REKOMENDASI",
        "LAMPIRAN",
    ]


def test_figures_of_all_tables_are_those_of_the_survey(any_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    cases.answered(24, sex="male")
    cases.night(monkeypatch)
    figures, found = cases.material().figures, cases.tables(cases.document())
    assert [row[2:7] for row in found["Nilai setiap unsur"][:9]] == [
        [str(each.sum), printed(each.nrr), printed(each.weighted), each.grade, str(each.rank)]
        for each in figures.whole.elements
    ]
    assert found["Nilai setiap unsur"][-1][4] == printed(figures.whole.index)
    counts = [list(map(int, row[2:])) for row in found["Banyaknya responden menurut jawaban"]]
    assert [sum(row) for row in counts] == [24] * 9
    assert [sum(n * count for n, count in enumerate(row, 1)) for row in counts] == [
        each.sum for each in figures.whole.elements
    ]
    annex = found["Nilai per responden dan per unsur"]
    assert [sum(int(row[place]) for row in annex[:24]) for place in range(1, 10)] == list(map(int, annex[24][1:]))


@pytest.mark.skipif(not SEKADAU_FILE.exists(), reason="the published sheet is not at hand")
def test_the_published_sheet_of_sekadau_gives_its_published_report(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with SEKADAU_FILE.open() as file:
        for row in csv.DictReader(file):
            cells = {name.lower(): int(cell) for name, cell in row.items() if name.upper().startswith("U")}
            answers: dict[str, Any] = {key.value: cells[f"u{n}"] for n, key in enumerate(OFFICIAL_ORDER, 1)}
            make.rating(**answers)
    cases.night(monkeypatch)
    found = cases.tables(cases.document())
    assert found["Indeks Kepuasan Masyarakat"][0] == ["IKM yang diumumkan", "49", "78,74", "76,26–81,23", "B (Baik)"]
    assert [int(row[2]) for row in found["Nilai setiap unsur"][:9]] == list(SEKADAU_SUMS)
    assert found["Tiga unsur terendah"][0][0] == "U1 Persyaratan"


def test_every_chart_says_its_figures_in_words(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    cases.answered(12)
    cases.answered(12, now=NEXT_MONTH)
    cases.night(monkeypatch)
    charts = [block for block in cases.document("2026-11").blocks if isinstance(block, Chart)]
    assert len(charts) == 3
    for chart in charts:
        assert all(text in chart.alt for series in chart.series for text in series.texts)


def test_a_period_without_ratings_has_a_report_of_dashes(any_app: Flask) -> None:
    found = cases.document("2026-09")
    assert (found.cover.big, found.cover.said) == ("–", "Belum ada penilaian")
    rows = cases.tables(found)
    assert rows["Indeks Kepuasan Masyarakat"][0] == ["IKM yang diumumkan", "0", "–", "–", "–"]
    assert {row[3] for row in rows["Nilai setiap unsur"][:9]} == {"–"}


def test_a_single_respondent_has_an_index_without_an_interval(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    make.rating(answer=3)
    cases.night(monkeypatch)
    rows = cases.tables(cases.document())
    assert rows["Indeks Kepuasan Masyarakat"][0] == ["IKM yang diumumkan", "1", "75,00", "–", "C (Kurang baik)"]


def test_both_indices_are_printed_with_the_number_taken_out(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    make.rating(answer=4)
    make.rating(answer=1, is_excluded=True)
    cases.night(monkeypatch)
    rows = cases.tables(cases.document())["Indeks Kepuasan Masyarakat"]
    assert [row[1:3] for row in rows[:2]] == [["1", "100,00"], ["2", "62,50"]]
    assert "1 penilaian dikeluarkan oleh petugas yang tercatat namanya" in said()


@pytest.mark.parametrize(
    ("codes", "reports", "cell"),
    [
        pytest.param(12, 0, "12", id="enough"),
        pytest.param(0, 1, "disembunyikan", id="one alone"),
        pytest.param(12, 1, "disembunyikan", id="a service that is rated by links alone"),
        pytest.param(0, 0, "0", id="nobody"),
    ],
)
def test_ratings_with_proof_of_a_visit_tell_no_small_group(
    app: Flask, monkeypatch: pytest.MonkeyPatch, codes: int, reports: int, cell: str
) -> None:
    for visit, count in (("", 20), ("code", codes), ("report", reports)):
        cases.answered(count, visit=visit)
    cases.night(monkeypatch)
    rows = cases.tables(cases.document())
    assert rows["Indeks Kepuasan Masyarakat"][-1][1] == cell
    assert ["Responden yang terbukti berkunjung", cell] in rows["Responden dan sampel"]


def test_both_weights_are_printed_where_the_office_uses_another(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    make.rating(answer=4)
    set_("weight", "0.111")
    cases.night(monkeypatch)
    assert "Bobot setiap unsur dalam laporan ini: 0,111." in said()
    assert "Dengan bobot 1/9 IKM-nya 100,00." in said()
    rows = cases.tables(cases.document())
    assert [row[2] for row in rows["Indeks Kepuasan Masyarakat"][:2]] == ["99,90", "100,00"]
    assert rows["Nilai per responden dan per unsur"][-1][1] == "99,90"


@pytest.mark.parametrize(("users", "words_said"), [("2000", "sampel belum mencukupi"), ("10", "sampel mencukupi")])
def test_it_says_whether_the_sample_is_enough(
    app: Flask, monkeypatch: pytest.MonkeyPatch, users: str, words_said: str
) -> None:
    cases.answered(10)
    set_("service_users", users)
    cases.night(monkeypatch)
    assert words_said in said()


def test_a_hidden_group_and_an_absent_one_read_the_same(any_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever compares two reports, or a report with what they know, learns nothing of a small group."""
    for education, count in (("slta", 20), ("sd", 12), ("s2", 9)):
        cases.answered(count, education=education)
    cases.night(monkeypatch)
    rows = cases.tables(cases.document())["Responden menurut pendidikan"]
    shown = {row[0]: row[1] for row in rows}
    assert shown["SLTA"] == "20"
    assert {shown[name] for name in ("S2 ke atas", "S1", "D1–D3–D4", "Tidak diisi")} == {words.HIDDEN}


def test_too_many_rows_are_left_to_the_workbook(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    cases.answered(3)
    cases.night(monkeypatch)
    monkeypatch.setattr(gathering, "MOST_PRINTED_ROWS", 2)
    assert "semua baris responden ada dalam berkas XLSX" in said()
    assert len(cases.tables(cases.document())[ONLY_SUMS]) == 4


def test_the_annex_says_when_it_differs(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    cases.answered(3)
    cases.night(monkeypatch)
    found = cases.material()
    assert found.rows is not None
    short = replace(found, rows=found.rows[1:])
    assert "2 baris, sedangkan yang dihitung 3 responden" in " ".join(
        block.text for block in content.compose(short).annex if isinstance(block, Paragraph)
    )


def test_the_plans_stand_in_it_with_what_they_did(any_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    cases.answered(12, waktu=1)
    cases.answered(12, now=NEXT_MONTH, waktu=4)
    line: Any = {
        "element": ElementKey.WAKTU,
        "service_code": None,
        "action": "Buka loket kedua",
        "due": "2026-TW4",
        "owner": "Sekcam",
    }
    planned = plans.add(office_id=make.OFFICE, period="2026-10", by="tests", now=make.START, **line)
    plans.mark(
        office_id=make.OFFICE, follow_up_id=planned, seen=make.START, status=Status.DONE, result="Loket dibuka",
        done_on=None, by="tests", now=make.START,
    )  # fmt: skip
    cases.night(monkeypatch)
    plan = cases.tables(cases.document("2026-10"))["Rencana tindak lanjut"]
    assert cases.tables(cases.document("2026"))["Rencana tindak lanjut"] == plan
    assert plan == [["1", "U3 Waktu Penyelesaian", "Buka loket kedua", "Triwulan IV 2026", "Sekcam"]]
    became = cases.tables(cases.document("2026-11"))["Tindak lanjut dari Oktober 2026"][0]
    assert became[4] == "Selesai. Loket dibuka"
    assert "75,00" in became[5]


def test_what_earlier_plans_have_not_finished_stands_in_it(any_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    cases.answered(12, now=NEXT_MONTH)
    line: Any = {"element": ElementKey.WAKTU, "service_code": None, "action": "Buka loket kedua", "owner": "Sekcam"}
    for period, due in (("2026-10", "2026-TW4"), ("2026-10", "2027-TW1"), ("2026-11", "2026-TW4")):
        plans.add(office_id=make.OFFICE, period=period, due=due, by="tests", now=make.START, **line)
    cases.night(monkeypatch)
    found = cases.tables(cases.document("2026-11"))
    running = found["Kegiatan dari rencana sebelumnya yang belum selesai"]
    assert [row[3] for row in running] == ["Triwulan IV 2026"]
    assert len(found["Rencana tindak lanjut"]) == 1
    words = said(period="2026-11")
    assert "Rencana tindak lanjutnya memuat 1 kegiatan. Dari rencana sebelumnya, 1 kegiatan belum selesai." in words


def test_several_questions_of_an_element_are_averaged_first(any_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    questions = (*given.OFFICIAL, given.WAITING)
    given.edition("dua", given.TODAY, questions=questions)
    asked = Questionnaire("dua", questions)
    given.rated(questionnaire=asked, answers=given.all_answered(3, asked) | {given.WAITING.key: 2})
    make.rating(answer=3)
    cases.night(monkeypatch)
    rows = cases.tables(cases.document())
    assert sorted(row[3] for row in rows["Nilai per responden dan per unsur"][:2]) == ["2,50", "3"]
    assert rows["Nilai setiap unsur"][2][2:4] == ["5,50", "2,7500"]
    assert rows["Banyaknya responden menurut jawaban"][2][2:] == ["0", "0", "2", "0"]
    assert "Rata-rata beberapa pertanyaan dalam satu unsur dibulatkan" in said()
    assert "Kuesioner berganti di antara periode-periode ini" in said()


def test_it_is_signed_by_whom_the_office_has_set(app: Flask) -> None:
    set_("head_name", "Contoh Wibowo")
    signing = next(block for block in cases.document().blocks if isinstance(block, Signing))
    assert (signing.title, signing.name, signing.number) == ("Camat Mumbulsari", "Contoh Wibowo", "")


@pytest.mark.parametrize(("period", "standing"), [("2026-10", "sudah berakhir"), ("2026-TW4", "masih berjalan")])
def test_it_says_that_it_is_provisional(
    app: Flask, monkeypatch: pytest.MonkeyPatch, period: str, standing: str
) -> None:
    cases.answered(2)
    cases.night(monkeypatch)
    found = cases.document(period).cover.standing
    assert "Sementara, versi 1, dihitung 10 November 2026" in found
    assert found.startswith("Penilaian hanya ada pada Oktober 2026. ") == (period == "2026-TW4")
    assert standing in found


def test_it_asks_as_often_for_many_ratings_as_for_few(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = []
    for more in (3, 60):
        cases.answered(more)
        cases.night(monkeypatch)
        asked = make.statements()
        cases.material()
        counts.append(len(asked))
    assert counts[0] == counts[1]
