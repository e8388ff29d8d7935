"""Editions as an operator writes them, from the page to the monthly index."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core.db import reader
from core.periods import Period
from indicators import nightly
from offices import queries as offices
from survey import queries
from survey.elements import ElementKey
from survey.figures import building
from tests import make
from tests.survey import given

SignIn = Callable[[str], FlaskClient]
HERE = "/pengaturan/kuesioner"
NEXT_MONTH = date(2026, 11, 1)
NOVEMBER = datetime(2026, 11, 2, 3, tzinfo=UTC)
LABELS = {"id_1": "Lama", "id_2": "Agak lama", "id_3": "Cepat", "id_4": "Cepat sekali"}


@pytest.fixture
def operator(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    client = sign_in("operator")
    given.now_is(monkeypatch, make.START)
    return client


def send(client: FlaskClient, path: str, *, form_at: str = "", **typed: object) -> tuple[int, str]:
    data = typed | {"csrf_token": make.token(client, form_at or path)}
    answer = client.post(path, data=data, follow_redirects=True)
    return answer.status_code, answer.text


def begun(client: FlaskClient, **typed: str) -> tuple[int, str]:
    new = {"code": "skm-2027", "name": "SKM 2027", "source": "skm-2017", "starts_on": "2026-11-01"} | typed
    return send(client, f"{HERE}/baru", **new)


def asked(code: str = "skm-2027") -> list[str]:
    reader().rollback()
    found = queries.questionnaire(reader(), make.OFFICE, code)
    return list(found.keys) if found else []


def test_a_new_edition_begins_with_the_questions_of_another(operator: FlaskClient) -> None:
    assert "Edisi baru dibuat." in begun(operator)[1]
    assert asked() == [each.key for each in given.OFFICIAL]
    page = operator.get(HERE).text
    assert "Akan datang" in page
    assert "sejak 1 November 2026" in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"code": "skm-2017"}, "sudah dipakai edisi lain"),
        ({"code": "baru"}, "sudah dipakai edisi lain"),
        ({"code": "SKM 2027"}, "huruf kecil"),
        ({"starts_on": "2026-10-01"}, "Paling cepat besok"),
        ({"starts_on": "besok"}, "misalnya 2026-11-22"),
        ({"source": "lain"}, "Pilih salah satu"),
    ],
)
def test_what_was_typed_stays_when_an_edition_cannot_begin(
    operator: FlaskClient, typed: dict[str, str], words: str
) -> None:
    status, page = begun(operator, name="Edisi tahun depan", **typed)
    assert status == 422
    assert words in page
    assert 'value="Edisi tahun depan"' in page


def test_two_editions_never_start_on_one_day(operator: FlaskClient) -> None:
    begun(operator)
    assert "sudah mulai berlaku 1 November 2026" in begun(operator, code="lain")[1]


def test_a_question_gets_other_words_and_a_translation(operator: FlaskClient) -> None:
    begun(operator)
    path = f"{HERE}/skm-2027/pertanyaan/waktu"
    jv = {f"jv_{number}": f"jawaban {number}" for number in range(1, 5)} | {"jv_text": "Pripun wekdalipun?"}
    jv |= {f"{code}_{part}": "" for code in ("en", "mad") for part in ("text", 1, 2, 3, 4)}
    assert "Pertanyaan disimpan." in send(operator, path, id_text="Cepatkah layanannya?", **LABELS, **jv)[1]
    assert "Cepatkah layanannya?" in operator.get(f"{HERE}/skm-2027/pratinjau").text
    in_javanese = operator.get(f"{HERE}/skm-2027/pratinjau?bahasa=jv").text
    assert "Pripun wekdalipun?" in in_javanese
    send(operator, f"{HERE}/skm-2027/pertanyaan/baru?unsur=biaya", unsur="biaya", id_text="Murahkah?", **LABELS)
    assert "Murahkah?" in operator.get(f"{HERE}/skm-2027/pratinjau?bahasa=jv").text
    send(operator, f"{HERE}/skm-2027/pertanyaan/waktu/naik", form_at=f"{HERE}/skm-2027")
    assert "Pripun wekdalipun?" in operator.get(path).text


def test_the_preview_speaks_the_language_that_is_chosen(operator: FlaskClient) -> None:
    page = operator.get(f"{HERE}/skm-2017/pratinjau?bahasa=en").text
    assert '<html lang="en">' in page
    assert "Bagaimana pelayanan kami?" not in page
    assert operator.get(f"{HERE}/skm-2017/pratinjau?bahasa=xx").status_code == 404


def test_half_a_translation_is_sent_back_as_it_was_typed(operator: FlaskClient) -> None:
    begun(operator)
    path = f"{HERE}/skm-2027/pertanyaan/waktu"
    half = {"jv_text": "Pripun?", "jv_1": "", "jv_2": "", "jv_3": "", "jv_4": ""}
    status, page = send(operator, path, id_text="Cepatkah?", **LABELS, **half)
    assert status == 422
    assert "atau kosongkan semuanya" in page
    assert "Pripun?" in page


def test_a_translation_that_was_not_looked_at_is_asked_about_once(operator: FlaskClient) -> None:
    begun(operator)
    path, english = (
        f"{HERE}/skm-2027/pertanyaan/waktu",
        {f"en_{part}": f"English {part}" for part in ("text", 1, 2, 3, 4)},
    )
    send(operator, path, id_text="Cepatkah?", **LABELS, **english, told="1")
    _status, page = send(operator, path, id_text="Lamakah?", **LABELS, **english)
    assert "terjemahannya (English" in page
    assert "Lamakah?" in page
    assert "Pertanyaan disimpan." in send(operator, path, id_text="Lamakah?", **LABELS, **english, told="1")[1]


def test_questions_are_moved_and_removed_by_buttons(operator: FlaskClient) -> None:
    begun(operator)
    here, first = f"{HERE}/skm-2027", given.OFFICIAL[0].key
    send(operator, f"{here}/pertanyaan/{first}/turun", form_at=here)
    assert asked()[:2] == [given.OFFICIAL[1].key, first]
    send(operator, f"{here}/pertanyaan/baru?unsur=waktu", unsur="waktu", id_text="Lamakah antrenya?", **LABELS)
    assert asked()[3] == "waktu_2"
    send(operator, f"{here}/pertanyaan/waktu/hapus", form_at=here)
    assert "waktu" not in asked()
    _status, page = send(operator, f"{here}/pertanyaan/waktu_2/hapus", form_at=here)
    assert "sedikitnya satu pertanyaan" in page
    assert len(asked()) == 9


def test_an_element_is_asked_for_six_times_at_most(operator: FlaskClient) -> None:
    begun(operator)
    path = f"{HERE}/skm-2027/pertanyaan/baru?unsur=biaya"
    answers = [send(operator, path, unsur="biaya", id_text=f"Biaya {turn}?", **LABELS) for turn in range(6)]
    assert [status for status, _page in answers] == [200] * 5 + [422]
    assert "Biaya 5?" in answers[-1][1]


def test_one_in_force_never_changes(operator: FlaskClient) -> None:
    status, page = send(operator, f"{HERE}/skm-2017/pertanyaan/waktu", id_text="Lain?", **LABELS, told="1")
    assert status == 422
    assert "sudah berlaku sejak 1 Januari 2017" in page
    assert "Lain?" in page
    assert send(operator, f"{HERE}/skm-2017/hapus", form_at=HERE + "/baru")[0] == 422


def english(text: str, **labels: str) -> dict[str, str]:
    """What the page of translations sends when only the English words are there."""
    words = {"en_text": text, "en_1": "Slow", "en_2": "Rather slow", "en_3": "Quick", "en_4": "Very quick"} | labels
    return words | {f"{code}_{part}": "" for code in ("jv", "mad") for part in ("text", 1, 2, 3, 4)}


def test_words_in_another_language_are_mended_while_the_edition_is_in_force(
    operator: FlaskClient, client: FlaskClient
) -> None:
    form = f"/survei/{given.point()}?bahasa=en"
    assert "How fast was the service?" in client.get(form).text
    assert "Terjemahan disimpan." in send(operator, f"{HERE}/skm-2017/terjemahan/waktu", **english("How quick?"))[1]
    page = client.get(form).text
    assert "How quick?" in page
    assert "Rather slow" in page
    assert queries.questionnaire(reader(), make.OFFICE, "skm-2017") == given.official()


def test_each_mended_language_is_noted_with_what_it_said(operator: FlaskClient) -> None:
    path = f"{HERE}/skm-2017/terjemahan/waktu"
    for _twice in range(2):
        send(operator, path, **english("How quick?"))
    noted = [row for row in offices.audit_trail(reader(), make.OFFICE) if row.action == "edition.words"]
    assert {row.subject for row in noted} == {"skm-2017/en", "skm-2017/jv", "skm-2017/mad"}
    assert len(noted) == 3
    assert "How fast was the service? → How quick?" in operator.get("/audit").text


def test_half_a_mended_translation_is_sent_back_as_it_was_typed(operator: FlaskClient) -> None:
    path = f"{HERE}/skm-2017/terjemahan/waktu"
    status, page = send(operator, path, **english("How quick?", en_2=""))
    assert status == 422
    assert "atau kosongkan semuanya" in page
    assert "How quick?" in page
    assert operator.get(f"{HERE}/skm-2017/terjemahan/lain").status_code == 404


def test_a_coming_edition_is_deleted_after_asking(operator: FlaskClient) -> None:
    begun(operator)
    assert "dihapus." in send(operator, f"{HERE}/skm-2027/hapus")[1]
    assert asked() == []
    assert operator.get(f"{HERE}/skm-2027").status_code == 404
    assert "edition.remove" in [row.action for row in offices.audit_trail(reader(), make.OFFICE)]


def test_the_preview_can_send_nothing(operator: FlaskClient) -> None:
    answer = operator.get(f"{HERE}/skm-2017/pratinjau")
    policy = answer.headers["Content-Security-Policy"]
    assert "form-action 'none'" in policy
    assert "script-src" not in policy
    assert operator.post(f"{HERE}/skm-2017/pratinjau").status_code == 405
    assert all(label in answer.text for question in given.OFFICIAL for label in question.labels)


def test_two_questions_of_an_element_count_as_their_mean(
    operator: FlaskClient, app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One respondent: 4 everywhere, but the two about time 1 and 4 (mean 2.5), those about cost 2, 3, 3 (mean 8/3)."""
    begun(operator)
    path = f"{HERE}/skm-2027/pertanyaan/baru?unsur="
    for element in ("waktu", "biaya", "biaya"):
        send(operator, f"{path}{element}", unsur=element, id_text="Yang lain?", **LABELS)
    given.now_is(monkeypatch, NOVEMBER)
    point = given.point()
    found = queries.questionnaire(reader(), make.OFFICE, "skm-2027")
    answers = dict.fromkeys(asked(), "4") | {"waktu": "1", "biaya": "2", "biaya_2": "3", "biaya_3": "3"}
    filled = given.filled_in(found, **answers, edition="skm-2027", submission_id=str(uuid4()))
    page = f"/survei/{point}"
    assert client.post(page, data=filled | {"csrf_token": make.token(client, page)}).status_code == 303
    nightly.run_now(lambda: NOVEMBER + timedelta(days=30), nightly.recount_all)
    reader().rollback()
    office = offices.default_office(reader())
    assert office is not None
    figures = building.build(reader(), office, Period.parse("2026-11"))
    # (7 × 4 + 5/2 + 8/3) / 9 × 25 = 92.129…
    assert figures.whole.index == Decimal("92.13")
    nrr = {score.key: score.nrr for score in figures.whole.elements}
    assert (nrr[ElementKey.WAKTU], nrr[ElementKey.BIAYA]) == (Decimal("2.5000"), Decimal("2.6667"))
