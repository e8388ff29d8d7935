"""The page of doubtful ratings, and the pages of suggestions."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from html import unescape
from itertools import islice
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from core import clock
from core.calendar import Month
from core.db import db, read_afresh, reader
from offices import queries as offices
from survey.elements import OFFICIAL_ORDER
from survey.models import Rating
from survey.review import lists, looking, rating_queries, suggestion_queries
from survey.review.integrity import Rules
from survey.review.lists import Asked, Look
from survey.review.shown import Page
from tests import make
from tests.complaints.pages import fields_of
from tests.survey import given

REVIEW, SAID = "/petugas/survei/tinjauan", "/petugas/survei/saran"
OCTOBER = f"{REVIEW}?bulan=2026-10"
ATTRIBUTES: dict[str, Any] = {"sex": "female", "age_band": "60plus", "education": "s2", "occupation": "petani"}
ALL_OUT = {"putusan": "keluar-semua", "reason": "Satu HP"}
SignIn = Callable[[str], FlaskClient]


@pytest.fixture
def reviewer(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    moment = datetime.fromisoformat("2026-11-22T03:00:00+00:00")
    monkeypatch.setattr(clock, "now", lambda: moment)
    return sign_in("secretary")


def bursting(count: int = 8, **values: Any) -> list[Rating]:
    """So many within ten minutes at one point, each filled in within 40 seconds, none like the one before."""
    point = given.point()
    for n in range(count):
        moment = make.START + timedelta(minutes=n % 10, seconds=n)
        make.rating(answer=3, waktu=2 + n % 3, point_code=point, fill_s=40, now=moment, **values)
    return given.ratings()


def ticked(*ratings: Rating) -> list[str]:
    return [str(Page.INTEGRITY.shown(each.id)) for each in ratings]


def posted(client: FlaskClient, path: str, **values: Any) -> TestResponse:
    said = {"putusan": "hitung" if "dikeluarkan" in path else "keluar"}
    return client.post(path, data={**said, **values, "csrf_token": make.token(client, path)})


def drawn_in(page: str) -> dict[str, str]:
    """What the page says of the list as it was drawn."""
    fields = fields_of(page)
    return {name: fields[name] for name in ("daftar", "sampai")}


def test_flagged_ratings_are_shown_without_what_tells_who_it_was(reviewer: FlaskClient) -> None:
    bursting(**ATTRIBUTES)
    page = reviewer.get(OCTOBER).text
    assert "Perlu dilihat (8)" in page
    assert "pukul 08.00–09.00" in page
    assert "3 3 2 3 3 3 3 3 3" in page
    for told in ("Perempuan", "60 tahun", "S2 ke atas", "Petani", "08.01"):
        assert told not in page


def test_a_whole_list_is_taken_out_and_put_back_at_one_stroke(
    reviewer: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "MOST", 3)
    bursting()
    page = reviewer.get(OCTOBER).text
    drawn = drawn_in(page)
    assert '<a href="#semuanya">Putuskan seluruh 8 sekaligus</a>' in page
    assert "Tanpa yang masih perlu dilihat" in page
    stroke = {"putusan": "keluar-semua", "reason": "Satu HP mengirim semuanya"}
    for other in ({"daftar": "0" * 64}, {"sampai": ""}):
        late = posted(reviewer, OCTOBER, **drawn | other | stroke)
        assert late.status_code == 422
        assert "sekarang 8 penilaian" in late.text
    assert posted(reviewer, OCTOBER, **drawn, reason="", putusan="keluar-semua").status_code == 422
    assert posted(reviewer, OCTOBER, **drawn, **stroke).status_code == 303
    assert all(each.is_excluded for each in given.ratings())
    out = f"{OCTOBER}&tanda=dikeluarkan"
    back = {"putusan": "hitung-semua", "reason": "Ternyata rombongan"}
    assert posted(reviewer, out, **drawn_in(reviewer.get(out).text), **back).status_code == 303
    assert not any(each.is_excluded for each in given.ratings())


def test_who_presses_while_a_flood_goes_on_takes_out_what_was_shown(
    reviewer: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "MOST", 3)
    shown = {each.id for each in bursting()}
    drawn = drawn_in(reviewer.get(OCTOBER).text)
    came = clock.now() - timedelta(seconds=10)  # on their way when the page was drawn, and stored after it
    for _n in range(9):
        make.rating(answer=1, point_code=given.point(), fill_s=40, now=make.START, recorded_at=came)
    assert posted(reviewer, OCTOBER, **drawn, **ALL_OUT).status_code == 303
    assert {each.id for each in given.ratings() if each.is_excluded} == shown


def test_one_stroke_is_undone_and_another_stays(reviewer: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "MOST", 3)
    first, *rest = bursting()
    posted(reviewer, OCTOBER, pilih=ticked(first), reason="Uji coba kios")
    assert posted(reviewer, OCTOBER, **drawn_in(reviewer.get(OCTOBER).text), **ALL_OUT).status_code == 303
    strokes = [
        unescape(found) for found in re.findall(r'href="([^"]*saat=[^"]*)">7 dikeluarkan', reviewer.get(OCTOBER).text)
    ]
    assert len(strokes) == 1
    page = reviewer.get(strokes[0]).text
    assert "Untuk seluruh 7 penilaian dalam daftar ini" in page
    undo = fields_of(page) | {"putusan": "hitung-semua", "reason": "Salah tekan"}
    assert reviewer.post(strokes[0], data=undo).status_code == 303
    assert [each.id for each in given.ratings() if each.is_excluded] == [first.id]
    assert len(rest) == 7
    assert "Putusan ini sudah diganti" in reviewer.get(strokes[0]).text


def test_what_was_decided_again_is_no_part_of_the_first_stroke(
    reviewer: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "MOST", 3)
    first, *rest = bursting()
    posted(reviewer, OCTOBER, **drawn_in(reviewer.get(OCTOBER).text), **ALL_OUT)
    posted(reviewer, f"{OCTOBER}&tanda=dikeluarkan", pilih=ticked(first), reason="Salah")
    posted(reviewer, f"{OCTOBER}&tanda=ditinjau", pilih=ticked(first), reason="Uji coba kios")
    page = reviewer.get(OCTOBER).text
    (stroke,) = re.findall(r'href="([^"]*saat=[^"]*)">8 dikeluarkan', page)
    assert f"Untuk seluruh {len(rest)} penilaian" in reviewer.get(unescape(stroke)).text


def test_who_exchanged_one_rating_for_another_meanwhile_is_noticed(
    reviewer: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "MOST", 3)
    *four, fifth, _sixth, _seventh, _eighth = bursting()
    out = f"{OCTOBER}&tanda=dikeluarkan"
    posted(reviewer, OCTOBER, pilih=ticked(*four), reason="Uji coba kios")
    drawn = drawn_in(reviewer.get(out).text)
    posted(reviewer, out, pilih=ticked(four[0]), reason="Ternyata warga")
    posted(reviewer, OCTOBER, pilih=ticked(fifth), reason="Uji coba kios")
    late = posted(reviewer, out, **drawn, putusan="hitung-semua", reason="Salah")
    assert (late.status_code, "sekarang 4 penilaian" in late.text) == (422, True)


@pytest.mark.parametrize("verdict", ["", "tetapp", "hitung", "keluar-"])
def test_nothing_is_decided_without_a_verdict_of_the_pages(reviewer: FlaskClient, verdict: str) -> None:
    bursting()
    answer = posted(reviewer, OCTOBER, pilih=ticked(*given.ratings()), reason="Uji", putusan=verdict)
    assert (answer.status_code, "Pilih dulu" in answer.text) == (422, True)
    assert not any(each.is_excluded for each in given.ratings())


def test_what_came_just_now_is_not_in_the_stroke_and_the_page_says_so(
    reviewer: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "MOST", 3)
    point = bursting()[0].point_code
    for _n in range(2):
        make.rating(answer=3, point_code=point, fill_s=40, now=make.START, recorded_at=clock.now())
    page = reviewer.get(OCTOBER).text
    assert "Untuk seluruh 8 penilaian" in page
    assert "Belum termasuk 2 yang masuk" in page


def test_equal_answers_alone_are_not_taken_out_at_one_stroke(reviewer: FlaskClient) -> None:
    straight = f"{OCTOBER}&tanda=lurus"
    make.rating(answer=3, point_code=given.point(), fill_s=90, now=make.START)
    sent = {"daftar": lists.mark(each.id for each in given.ratings()), "sampai": clock.now().isoformat()}
    assert posted(reviewer, straight, **sent, **ALL_OUT).status_code == 422


def test_the_index_without_what_asks_for_a_look_is_exact(app: Flask) -> None:
    bursting()
    for n, answer in enumerate((4, 4, 3)):
        make.rating(answer=answer, now=make.START + timedelta(days=1, hours=n))
    office = offices.office(reader(), make.OFFICE)
    asked = make.statements()
    found = looking.doubts(read_afresh(), office, Month(2026, 10))
    assert (found.ratings, str(found.index), str(found.without)) == (8, "79.29", "91.67")
    assert len(asked) <= 8


def test_where_all_ask_for_a_look_there_is_no_index_without_them(app: Flask) -> None:
    bursting()
    office = offices.office(reader(), make.OFFICE)
    found = looking.doubts(read_afresh(), office, Month(2026, 10))
    assert (found.ratings, found.without) == (8, None)


def test_a_named_person_excludes_with_a_reason_and_puts_back(reviewer: FlaskClient) -> None:
    first, *rest = bursting()
    answer = posted(reviewer, OCTOBER, pilih=ticked(*rest), reason="")
    assert answer.status_code == 422
    assert answer.text.count(" checked") == 7
    assert posted(reviewer, OCTOBER, pilih=[*ticked(first), "bukan id"], reason="Uji coba kios").status_code == 303
    page = reviewer.get(OCTOBER).text
    assert "Perlu dilihat (7)" in page
    assert "1 dikeluarkan" in page
    out = f"{OCTOBER}&tanda=dikeluarkan"
    assert "Uji coba kios" in reviewer.get(out).text
    assert posted(reviewer, out, pilih=ticked(first), reason="Ternyata warga").status_code == 303
    assert not any(each.is_excluded for each in given.ratings())
    assert "Belum ada yang dikeluarkan" in reviewer.get(out).text


def test_many_without_a_point_are_shown_and_can_be_chosen(reviewer: FlaskClient) -> None:
    for n in range(10):
        make.rating(answer=3, waktu=2 + n % 3, source="api", fill_s=40, now=make.START + timedelta(seconds=n))
    page = reviewer.get(f"{OCTOBER}&tanda=beruntun&titik=tanpa").text
    assert "Beruntun (10)" in page
    assert '<option value="tanpa" selected>tanpa titik QR (10)' in page


def test_what_was_looked_at_and_left_leaves_the_list(reviewer: FlaskClient) -> None:
    first, *_rest = bursting()
    marks = make.marks()
    posted(reviewer, OCTOBER, pilih=ticked(first), reason="Rombongan PKK", putusan="tetap")
    assert "Perlu dilihat (7)" in reviewer.get(OCTOBER).text
    assert "Rombongan PKK" in reviewer.get(f"{OCTOBER}&tanda=ditinjau").text
    assert not given.ratings()[0].is_excluded
    assert make.marks() == marks


def test_nothing_ticked_says_what_to_do(reviewer: FlaskClient) -> None:
    bursting()
    assert "Centang dulu penilaiannya." in posted(reviewer, OCTOBER, reason="ya").text


@pytest.mark.parametrize(
    "query",
    [
        "bulan=2030-01",
        "bulan=x&tanda=y&titik=%2A&sesudah=z",
        "saat=x",
        "saat=2026-10-01",
        "saat=0001-01-01T00:00%2B23:59",
        "saat=9999-12-31T23:59-23:59",
        "saat=9999-12-31T23:59%2B00:00",
        "tanda=lurus&titik=tanpa",
    ],
)
def test_any_address_is_understood(reviewer: FlaskClient, query: str) -> None:
    assert reviewer.get(f"{REVIEW}?{query}").status_code == 200
    assert reviewer.get(f"{SAID}?{query}").status_code == 200


def test_every_flagged_rating_is_on_one_page(any_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "MOST", 3)
    ids = {each.id for each in bursting(8)}
    office, month = offices.office(reader(), make.OFFICE), Month(2026, 10)
    after: UUID | None = None
    seen: list[UUID] = []
    for _turn in range(3):
        page = looking.overview(reader(), office, Asked(month, after=after), now=clock.now())
        seen += [line.id for line in page.lines]
        after = page.after
    assert (set(seen), len(seen), after) == (ids, 8, None)
    assert page.looks[Look.BURST] == 8


def test_the_number_of_readings_does_not_grow(app: Flask) -> None:
    office, month = offices.office(reader(), make.OFFICE), Month(2026, 10)
    asked = make.statements()
    counts = []
    for _turn in range(2):
        bursting(30)
        db.session.rollback()
        asked.clear()
        looking.overview(reader(), office, Asked(month), now=clock.now())
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 16


def test_a_month_is_read_part_by_part(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rating_queries, "AT_ONCE", 2)
    bursting(6)
    rules = Rules({"skm-2017": dict.fromkeys(OFFICIAL_ORDER, 1)})
    assert len(list(islice(rules.flagged(rating_queries.of_month(reader(), make.OFFICE, Month(2026, 10))), 9))) == 6


def suggested(text: str) -> str:
    """A suggestion; the address of its own page."""
    make.rating(suggestion=text, **ATTRIBUTES)
    return f"{SAID}/{Page.SUGGESTIONS.shown(given.ratings()[-1].id)}"


def test_suggestions_stand_alone_and_as_text(reviewer: FlaskClient) -> None:
    path = suggested('<script>alert("x")</script> antre')
    for page in (reviewer.get(f"{SAID}?periode=2026-10&cari=ANTRE").text, reviewer.get(path).text):
        assert "&lt;script&gt;alert" in page
        assert "1 Oktober 2026" in page
        for told in ("Perempuan", "60 tahun", "S2 ke atas", "Petani", "pukul"):
            assert told not in page


def test_a_hidden_suggestion_is_read_on_demand_alone(reviewer: FlaskClient) -> None:
    path = suggested("Pak Fulan kasar")
    values = {"pilih": path.rpartition("/")[2], "state": "hidden"}
    typed = posted(reviewer, f"{SAID}?periode=2026-10", **values, reason="")
    assert typed.status_code == 422
    assert "Tulis mengapa" in typed.text
    hidden = posted(reviewer, f"{SAID}?periode=2026-10", **values, reason="Menyebut nama")
    assert hidden.status_code == 303
    for query in ("", "&cari=fulan", "&keadaan=disembunyikan", "&keadaan=disembunyikan&cari=fulan"):
        assert "Pak Fulan kasar" not in reviewer.get(f"{SAID}?periode=2026-10{query}").text
    assert "Menyebut nama" in reviewer.get(f"{SAID}?periode=2026-10&keadaan=disembunyikan").text
    assert "Pak Fulan kasar" in reviewer.get(path).text


def test_no_page_tells_a_ratings_own_id_or_another_pages_name_of_it(
    reviewer: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "MOST", 3)
    monkeypatch.setattr(suggestion_queries, "PAGE", 3)
    ids = {each.id for each in bursting(8, suggestion="Kursi tunggu kurang")}
    seen: list[set[str]] = []
    for begin in (OCTOBER, f"{SAID}?periode=2026-10"):
        path, names = begin, set[str]()
        for _turn in range(3):
            page = reviewer.get(path).text
            names |= set(re.findall(r'name="pilih" value="([^"]+)"', page))
            assert not any(str(each) in page for each in ids)
            following = re.search(r'href="([^"]*sesudah=[^"]*)" rel="next"', page)
            path = unescape(following[1]) if following else ""
        seen.append(names)
        assert path == ""
    assert [len(names) for names in (*seen, seen[0] & seen[1])] == [8, 8, 0]


def test_one_suggestion_is_marked_on_its_page(reviewer: FlaskClient) -> None:
    path = suggested("Antre lama")
    nothing = posted(reviewer, path)
    assert nothing.status_code == 422
    assert posted(reviewer, path, theme="waktu", state="handled").status_code == 303
    assert "Waktu Penyelesaian" in reviewer.get(f"{SAID}?periode=2026-10&keadaan=ditangani").text
    assert reviewer.get(f"{SAID}/01900000-0000-7000-8000-000000000000").status_code == 404


def test_officers_review_nothing(sign_in: SignIn) -> None:
    officer = sign_in("officer")
    assert [officer.get(path).status_code for path in (REVIEW, SAID)] == [403, 403]
