"""The pages of the registers: read by all staff, written by few, and everything typed is kept."""

import csv
import io
import re
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from core import clock
from core.db import db, reader
from core.figures import half_up
from core.periods import Period
from indicators import targets
from indicators.registers import activities, documents, entry_queries, programme, queries, reviews
from indicators.registers.models import OrganisationDocument, Version
from indicators.registers.terms import Register
from indicators.registers.values import registered
from indicators.sheet import Indicator
from tests import make
from tests.indicators.registers import entries
from tests.indicators.registers.entries import ACTIVITY, DOCUMENT, INDICATOR, REVIEW, SIGNED, added
from tests.pdfs import PDF

NOW = datetime.fromisoformat("2026-11-22T03:00:00+00:00")
LISTS = [f"/register/{each.value}" for each in Register if each is not Register.REALISATIONS]
SignIn = Callable[[str], FlaskClient]
TYPED = {
    "kind": "rb", "year": "2026", "title": "Rencana aksi RB", "dated": "2026-02-11", "approved_on": "2026-02-20",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def operator(sign_in: SignIn) -> FlaskClient:
    return sign_in("operator")


def posted(client: FlaskClient, path: str, seen_at: str | None = None, **values: Any) -> TestResponse:
    """The form as it was shown, with these values typed in."""
    page = client.get(seen_at or path).text
    shown = re.findall(r'type="hidden" name="(csrf_token|entry|seen)" value="([^"]*)"', page)
    return client.post(path, data=dict(reversed(shown)) | values)


def stored(register: Register) -> list[Version]:
    db.session.rollback()
    model = entry_queries.MODELS[register]
    return list(reader().query(model).order_by(model.recorded_at))


def kept_document(app: Flask, **more: Any) -> UUID:
    return added(documents.add, DOCUMENT, entries.kept(app.config["SETTINGS"]), **more)


def test_the_overview_says_what_is_missing(app: Flask, sign_in: SignIn) -> None:
    kept_document(app)
    page = sign_in("officer").get("/register/").text
    assert "1 dari 4 dokumen" in page
    assert "Belum ada: RB, ANJAB, Pelayanan Publik." in page
    assert "Belum ada hasil evaluasi." in page


@pytest.mark.parametrize("path", LISTS)
def test_every_list_says_what_to_do_when_it_is_empty(operator: FlaskClient, path: str) -> None:
    page = operator.get(f"{path}?tahun=2025").text
    assert "Belum ada isian untuk tahun 2025" in page
    assert f"{path}/baru?tahun=2025" in page


@pytest.mark.parametrize("year", ["abc", "26", "1999", "٢٠٢٦"])
def test_a_year_that_is_none_is_not_found(operator: FlaskClient, year: str) -> None:
    assert operator.get(f"/register/?tahun={year}").status_code == 404


def test_a_document_is_added_with_its_file(operator: FlaskClient) -> None:
    answer = posted(operator, "/register/dokumen/baru", **TYPED, evidence=(io.BytesIO(PDF), "rb.pdf"))
    assert answer.status_code == 303
    row = stored(Register.DOCUMENTS)[0]
    assert isinstance(row, OrganisationDocument)
    assert (row.kind, str(row.approved_on)) == ("rb", "2026-02-20")
    assert "rb.pdf" in operator.get(answer.location).text
    assert operator.get(f"/petugas/lampiran/{row.file_id}").data == PDF


def test_what_was_typed_is_kept_and_the_file_asked_for_again(operator: FlaskClient) -> None:
    wrong = {**TYPED, "approved_on": "2026-11-23"}
    answer = posted(operator, "/register/dokumen/baru", **wrong, evidence=(io.BytesIO(PDF), "rb.pdf"))
    assert answer.status_code == 422
    assert "Hari itu belum tiba." in answer.text
    assert 'value="Rencana aksi RB"' in answer.text
    assert 'value="2026-11-23"' in answer.text
    assert "Pilih berkasnya sekali lagi" in answer.text
    assert not stored(Register.DOCUMENTS)


def test_a_file_that_is_none_is_refused_at_its_field(operator: FlaskClient) -> None:
    answer = posted(operator, "/register/dokumen/baru", **TYPED, evidence=(io.BytesIO(b"MZ"), "rb.pdf"))
    assert answer.status_code == 422
    assert "bukan gambar atau PDF" in answer.text


def test_a_figure_keeps_its_comma_and_an_unclear_one_is_asked_for(operator: FlaskClient) -> None:
    path, values = "/register/program/baru", {"year": "2026", "name": "Serapan", "unit": "%", "direction": "higher"}
    refused = posted(operator, path, **values, target="1.250")
    assert refused.status_code == 422
    assert "Tulis 1250 atau 1,25." in refused.text
    assert 'value="1.250"' in refused.text
    assert posted(operator, path, **values, target="96,5").status_code == 303
    assert [row.target for row in stored(Register.PROGRAMME)] == [Decimal("96.5")]  # type: ignore[attr-defined]


def test_an_entry_is_changed_taken_out_and_its_history_told(app: Flask, operator: FlaskClient) -> None:
    path = f"/register/dokumen/{kept_document(app)}"
    changed = posted(operator, f"{path}/ubah", path, **{**TYPED, "kind": "lakip", "title": "LAKIP yang benar"})
    assert changed.status_code == 303
    assert posted(operator, f"{path}/hapus", path, reason="").status_code == 422
    assert posted(operator, f"{path}/hapus", path, reason="Tercatat dua kali").status_code == 303
    page = operator.get(path).text
    assert "LAKIP 2026 → LAKIP yang benar" in page
    assert page.count("Tercatat dua kali") == 2
    assert "Isian ini sudah dihapus" in page
    assert "Yang dihapus (1)" in operator.get("/register/dokumen").text


def test_a_change_that_was_overtaken_shows_what_is_written_now(app: Flask, operator: FlaskClient) -> None:
    path = f"/register/dokumen/{kept_document(app)}"
    answer = posted(operator, f"{path}/ubah", path, **{**TYPED, "seen": str(uuid4()), "title": "Yang kedua"})
    assert answer.status_code == 422
    assert "Orang lain baru saja mengubah isian ini" in answer.text
    assert 'value="Yang kedua"' in answer.text
    seen = str(stored(Register.DOCUMENTS)[-1].id)
    assert f'name="seen" value="{seen}"' in answer.text


def test_a_realisation_is_written_on_its_indicators_page(operator: FlaskClient) -> None:
    of = added(programme.add, INDICATOR)
    path = f"/register/program/{of}/realisasi"
    answer = posted(operator, path, measured_on="2026-09-30", value="95,25")
    assert answer.location == f"/register/program/{of}"
    assert "95,25 persen" in operator.get(answer.location).text
    assert "tercapai" in operator.get("/register/program").text
    assert posted(operator, path, measured_on="2025-12-31", value="1").status_code == 422
    measured = stored(Register.REALISATIONS)[0].entry_id
    assert "Layanan tepat waktu, 30 September 2026" in operator.get(f"/register/realisasi/{measured}").text


def test_a_realisation_of_nothing_is_not_found(operator: FlaskClient) -> None:
    assert operator.get(f"/register/program/{uuid4()}/realisasi").status_code == 404


@pytest.mark.parametrize(
    ("role", "section", "allowed"),
    [("officer", None, ()), ("section_head", "trantib", ()), ("section_head", "pmks", ("kegiatan",)),
     ("head", None, ("dokumen", "sakip")), ("secretary", None, ("dokumen", "kegiatan", "sakip", "program", "sukma-e"))],
    ids=str,
)  # fmt: skip
def test_all_read_and_some_write(app: Flask, role: str, section: str | None, allowed: tuple[str, ...]) -> None:
    client = make.signed_in(app, role, section)
    assert {client.get(path).status_code for path in LISTS} == {200}
    open_to = [path.rpartition("/")[2] for path in LISTS if client.get(f"{path}/baru").status_code == 200]
    assert tuple(open_to) == allowed
    page = client.get(f"/register/kegiatan/{added(activities.add, ACTIVITY)}").text
    assert ("Simpan perubahan" in page) == ("kegiatan" in allowed)


def test_another_registers_entry_is_not_found_here(app: Flask, operator: FlaskClient) -> None:
    assert operator.get(f"/register/kegiatan/{kept_document(app)}").status_code == 404


def furnish(app: Flask) -> None:
    """A year in which some of everything counts."""
    settings = app.config["SETTINGS"]
    kept_document(app)
    kept_document(app, kind="rb", title="=1+1", approved_on=None)
    for planned, held in (("2026-05-10", "2026-05-11"), ("2026-05-20", None), ("2026-06-01", "2026-06-01")):
        days = {"planned_on": entries.day(planned), "held_on": held and entries.day(held)}
        added(activities.add, ACTIVITY, entries.kept(settings), **days)
    for score, day in (("70.00", "03-01"), ("78.50", "04-14")):
        more = {"score": Decimal(score), "reviewed_on": entries.day(day)}
        added(reviews.add, REVIEW, entries.kept(settings), **more)
    for direction, value in (("higher", "95.5"), ("lower", "96")):
        of = added(programme.add, INDICATOR, direction=direction)
        measure = {"indicator_id": of, "measured_on": entries.day("05-31"), "value": Decimal(value)}
        added(programme.measure, measure, entries.kept(settings))


def sheet(client: FlaskClient, path: str) -> list[dict[str, str]]:
    text = client.get(path).data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("period", ["2026-05", "2026-TW2", "2026"])
def test_each_figure_can_be_counted_again_from_its_file(app: Flask, operator: FlaskClient, period: str) -> None:
    furnish(app)
    asked = Period.parse(period)
    db.session.rollback()
    found = registered(queries.entries(reader(), make.OFFICE, asked), asked)
    rows = {name: sheet(operator, f"/register/{name}.csv?masa={period}") for name in ("dokumen", "kegiatan", "sakip")}
    last = asked.last.last_day.isoformat()
    kinds = {row["kind"] for row in rows["dokumen"] if row["has_file"] == "ya" and "" < row["approved_on"] <= last}
    held = [row for row in rows["kegiatan"] if row["has_file"] == "ya" and "" < row["held_on"] <= last]
    assert len(kinds) == found.documents
    assert half_up(Decimal(100 * len(held)) / len(rows["kegiatan"]), 2) == found.activities.percent
    for name, counted in (("dokumen", len(kinds)), ("kegiatan", len(held)), ("sakip", 1)):
        assert sum(row["is_counted"] == "ya" for row in rows[name]) == counted
    assert found.review
    assert max(rows["sakip"], key=lambda row: row["reviewed_on"])["score"] == str(found.review.score)
    better = {"higher": Decimal.__ge__, "lower": Decimal.__le__}
    shown = sheet(operator, f"/register/program.csv?masa={period}")
    met = [row for row in shown if better[row["direction"]](Decimal(row["reached"]), Decimal(row["target"]))]
    assert found.programme
    assert (len(met), len(shown)) == (found.programme.part, found.programme.whole)


def test_a_file_runs_no_formula_and_is_documented(app: Flask, operator: FlaskClient) -> None:
    furnish(app)
    rows = sheet(operator, "/register/dokumen.csv?tahun=2026")
    assert "'=1+1" in {row["title"] for row in rows}
    page = operator.get("/register/dokumen").text
    assert [name for name in rows[0] if f"<dt>{name}</dt>" not in page] == []
    assert [row["reached"] for row in sheet(operator, "/register/program.csv")] == ["95.5000", "96.0000"]


def test_the_evidence_of_an_indicator_is_that_of_its_measure(app: Flask, operator: FlaskClient) -> None:
    of = added(programme.add, INDICATOR)
    measure = {"indicator_id": of, "measured_on": entries.day("05-31"), "value": Decimal(96)}
    added(programme.measure, measure, entries.kept(app.config["SETTINGS"]))
    assert [row["has_file"] for row in sheet(operator, "/register/program.csv")] == ["ya"]
    assert "bukti.pdf" in operator.get("/ringkasan/2026-05/program").text


FIGURES = {
    "dokumen": ("1 dokumen", "1 dari 4 jenis dokumen"),
    "pemberdayaan": ("50,00 %", "1 ÷ 2 × 100 = 50,00"),
    "sakip": ("78,50 (BB)", "nilai evaluasi 78,50"),
    "program": ("50,00 %", "1 ÷ 2 × 100 = 50,00"),
}


@pytest.mark.parametrize(("path", "shown"), FIGURES.items(), ids=FIGURES)
def test_a_calculation_shows_its_formula_and_its_rows(
    app: Flask, sign_in: SignIn, path: str, shown: tuple[str, str]
) -> None:
    furnish(app)
    client = sign_in("officer")
    page = client.get(f"/ringkasan/2026-05/{path}").text
    assert all(words in page for words in shown)
    assert "/register/" in page
    assert client.get(f"/ringkasan/2026-05/{path}?jangka=tahun").status_code == 200
    assert "–" in client.get(f"/ringkasan/2025/{path}").text


def test_a_calculation_compares_with_the_target_of_its_period(app: Flask, operator: FlaskClient) -> None:
    furnish(app)
    target = {"indicator": Indicator.WELFARE, "year": 2026, "value": Decimal(80), "now": make.START, **SIGNED}
    targets.set_target(**target)
    page = operator.get("/ringkasan/2026-05/pemberdayaan").text
    assert "50,00 ÷ target 80,00 × 100" in page
    assert "62,50" in page
    assert "Rendah" in page


def test_a_calculation_can_be_read_as_of_a_moment(app: Flask, operator: FlaskClient) -> None:
    furnish(app)
    before = operator.get("/ringkasan/2026-05/dokumen?pada=2026-09-30T00:00%2B07:00").text
    assert "Seperti tercatat 30 September 2026 pukul 00.00 WIB." in before
    assert "Belum ada isian untuk masa ini." in before
    assert "1 dari 4" in operator.get("/ringkasan/2026-05/dokumen?pada=2026-10-02T00:00").text


@pytest.mark.parametrize(
    "path",
    ["2026-13", "2027", "2026-12", "abc", "2026-05?pada=besok", "2026-05?pada=2026-12-01", "2026-05?pada=0001-01-01"],
)
def test_what_has_not_begun_or_is_no_time_is_not_found(operator: FlaskClient, path: str) -> None:
    period, _mark, query = path.partition("?")
    assert operator.get(f"/ringkasan/{period}/dokumen?{query}").status_code == 404


@pytest.mark.parametrize(
    ("moment", "advice"),
    [("besok", "Tulis tanggal seperti 2026-11-05 sesudah “pada=”."), ("2099-01-01", "Saat itu belum tiba.")],
)
def test_a_moment_that_is_none_says_how_to_write_one(operator: FlaskClient, moment: str, advice: str) -> None:
    assert advice in operator.get(f"/ringkasan/2026-05/dokumen?pada={moment}").text
