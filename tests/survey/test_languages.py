"""The survey in Indonesian, English, Javanese and Madurese: every word translated, nothing stored differently."""

import re
from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from core import sqlite
from core.calendar import Month
from core.db import reader, transaction
from core.errors import Refused
from offices import audit, settings
from survey import languages, master, queries
from survey.editing import translating
from survey.editions import Translation
from survey.elements import ELEMENTS
from survey.first_words import FIRST_WORDS
from survey.models import EditionWords
from tests import make
from tests.survey import given, spoken
from tests.survey.spoken import CODES, all_on, catalog, pages, said, same_in_both
from tests.turns import others_turn

PLACES = re.compile(r"%\([a-z]+\)[sd]|%%")
each_language = pytest.mark.parametrize("code", CODES)


@pytest.fixture
def point(app: Flask) -> str:
    all_on()
    return given.point()


def kept_words(language: str) -> dict[str, str]:
    return {key: text for key, (text, _) in queries.words(reader(), make.OFFICE, "skm-2017", language).items()}


# The files of words.


@each_language
def test_a_file_of_words_is_whole(code: str) -> None:
    words = catalog(code)
    assert words.keys() == catalog("en").keys()
    assert [text for text, translation in words.items() if not translation.strip()] == []
    for text, translation in words.items():
        assert sorted(PLACES.findall(text)) == sorted(PLACES.findall(translation)), text
        assert not set("<>&") & set(translation), text


@each_language
def test_a_file_of_words_is_spoken(code: str) -> None:
    assert languages.catalog(code).gettext("Terima kasih") == catalog(code)["Terima kasih"]
    assert languages.catalog(code).gettext("tidak ada di sana") == "tidak ada di sana"


def test_indonesian_needs_no_file() -> None:
    assert languages.catalog("id").gettext("Terima kasih") == "Terima kasih"


@each_language
def test_the_first_edition_has_words_for_every_question(code: str) -> None:
    assert list(FIRST_WORDS[code]) == [element.key for element in ELEMENTS]
    for text, labels in FIRST_WORDS[code].values():
        assert len(set(labels)) == 4
        assert all(map(str.strip, (text, *labels)))


# What the office offers.


@pytest.mark.parametrize(
    ("value", "codes"),
    [("tidak", []), ("en", ["en"]), ("mad, jv", ["jv", "mad"]), ("en,jv,mad", ["en", "jv", "mad"])],
)
def test_the_office_says_which_languages_there_are(app: Flask, value: str, codes: list[str]) -> None:
    all_on(value)
    found = languages.offered(reader(), spoken.office(), given.TODAY)
    assert [language.code for language in found] == ["id", *codes]


@pytest.mark.parametrize("value", ["", "fr", "en,fr", "en jv", "id", "en,"])
def test_a_language_without_words_is_refused(value: str) -> None:
    with pytest.raises(Refused, match="en, jv, mad"):
        settings.checked("languages", value)


def test_drafts_are_off_until_the_office_wants_them(client: FlaskClient) -> None:
    point = given.point()
    page = client.get(f"/survei/{point}").text
    assert re.findall(r'hreflang="([a-z]+)"', page) == ["id", "en"]
    for code in ("jv", "mad", "fr", ""):
        assert '<html lang="id">' in client.get(f"/survei/{point}?bahasa={code}").text


def test_with_indonesian_alone_there_is_nothing_to_choose(client: FlaskClient) -> None:
    all_on("tidak")
    assert "hreflang" not in client.get(f"/survei/{given.point()}?bahasa=en").text


def test_a_draft_says_so_in_its_own_language_and_in_indonesian(client: FlaskClient, point: str) -> None:
    for code in CODES:
        words = said(client.get(f"/survei/{point}?bahasa={code}").text)
        own = (catalog(code)[languages.DRAFT_NOTE], code)
        assert (own in words, (languages.DRAFT_NOTE, "id") in words) == ((code != "en"),) * 2


def test_a_language_that_was_checked_says_nothing_of_it(client: FlaskClient, point: str) -> None:
    settings.set_value(
        office_id=make.OFFICE, key="checked_languages", value="jv", month=Month(2026, 10), by="tests", now=make.START
    )
    drafts = [code for code in CODES if languages.DRAFT_NOTE in client.get(f"/survei/{point}?bahasa={code}").text]
    assert drafts == ["mad"]


def test_the_desk_stays_indonesian(app: Flask) -> None:
    page = make.signed_in(app, "operator").get("/pengaturan/?bahasa=en").text
    assert '<html lang="id">' in page
    assert "Pengaturan" in page


# The pages.


def test_no_word_is_left_untranslated(app: Flask, client: FlaskClient, point: str) -> None:
    """A word that is the same in both languages is no fault where the files say that it is."""
    source = {name: {text for text, _ in said(page)} for name, page in pages(app, client, "id")}
    for code in CODES:
        same = same_in_both(code) | {languages.LANGUAGES[code].name}
        for name, page in pages(app, client, code):
            left = [text for text, language in said(page) if language == code and text in source[name] - same]
            assert left == [], (code, name)
            assert f'<html lang="{code}">' in page, (code, name)


def test_an_indonesian_page_speaks_of_other_languages_in_the_switch_alone(
    app: Flask, client: FlaskClient, point: str
) -> None:
    for name, page in pages(app, client, "id"):
        strange = [text for text, language in said(page) if language != "id"]
        assert strange in ([], ["English", "Jawa", "Madhurâ"]), name


@each_language
def test_the_language_is_kept_on_every_way(client: FlaskClient, point: str, code: str) -> None:
    answer = spoken.sent(client, point, code)
    assert answer.status_code == 303
    assert f"bahasa={code}" in answer.location
    thanks = client.get(answer.location).text
    assert f'href="/survei/{point}?bahasa={code}"' in thanks
    faulty = spoken.sent(client, point, code, waktu="")
    assert faulty.status_code == 422
    assert f'<html lang="{code}">' in faulty.text
    unknown = client.get(f"/survei/MBS-000000?bahasa={code}").text
    assert set(re.findall(r'href="/survei/[^"]+bahasa=([a-z]+)', unknown)) == {code}


@each_language
def test_the_switch_stays_on_the_same_page(client: FlaskClient, point: str, code: str) -> None:
    page = client.get(f"/survei/{point}?service=kk&bahasa={code}").text
    ways = re.findall(r'<a href="([^"]+)" lang="([a-z]+)" hreflang="[a-z]+"( aria-current)?', page)
    assert [(way, bool(current)) for way, _, current in ways] == [
        (f"?service=kk&amp;bahasa={each}", each == code) for each in ("id", *CODES)
    ]


def test_a_page_with_something_typed_on_it_has_no_switch(client: FlaskClient, point: str) -> None:
    assert "hreflang" not in spoken.sent(client, point, "en", waktu="").text


@each_language
def test_answers_are_the_same_in_every_language(client: FlaskClient, point: str, code: str) -> None:
    values = {"waktu": "1", "sex": "female", "education": "s1", "suggestion": "Kursi"}
    for each in ("id", code):
        spoken.sent(client, point, each, **values)
    first, second = ({**row.__dict__} for row in given.ratings())
    own = {"_sa_instance_state", "id", "submission_id", "digest", "rated_at", "recorded_at", "fill_s"}
    assert {name: first[name] for name in first.keys() - own} == {name: second[name] for name in second.keys() - own}
    assert first["digest"] == second["digest"]


@each_language
def test_an_expired_form_comes_back_whole(client: FlaskClient, point: str, code: str) -> None:
    answer = spoken.sent(client, point, code, csrf_token="x", suggestion="Tetap ada", sex="male", biaya="4")
    assert answer.status_code == 400
    assert "Tetap ada" in answer.text
    assert re.search(r'name="biaya" value="4"[^>]* checked', answer.text)
    assert '<option selected value="male">' in answer.text
    assert catalog(code)["Kirim penilaian"] in answer.text


@each_language
def test_while_nothing_can_be_written_the_language_stays(
    client: FlaskClient, point: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "TURN_TIMEOUT_S", 0.05)
    with others_turn():
        answer = spoken.sent(client, point, code, suggestion="Tulisan saya")
    assert answer.status_code == 503
    assert f'<html lang="{code}">' in answer.text
    words = {text for text, language in said(answer.text) if language == code}
    assert {catalog(code)[text] for text in ("Kirim lagi", "Layanan sedang tidak tersedia")} <= words


def test_names_of_the_office_are_marked_as_indonesian(client: FlaskClient, point: str) -> None:
    words = said(client.get(f"/survei/{point}?bahasa=en").text)
    assert {("Kecamatan Mumbulsari", "id"), ("KTP elektronik", "id")} <= set(words)
    own = said(client.get(f"/survei/{given.point('trantib', 'both')}?bahasa=en").text)
    assert ("Penanganan laporan trantib", "id") in own


def test_a_day_is_said_in_the_language(app: Flask, client: FlaskClient, point: str) -> None:
    page = client.get(spoken.handled(app, days=-30) + "?bahasa=en").text
    assert re.search(r"until \d+ (January|February|March|April|May|June|July|August|September|October|Nov|Dec)", page)


@each_language
def test_a_rating_kept_on_the_phone_is_refused_in_its_language(client: FlaskClient, point: str, code: str) -> None:
    answer = client.post(f"/api/v1/ratings?bahasa={code}", json={"point": point, "service": "ktp"})
    assert answer.status_code == 422
    assert answer.get_json()["errors"]["waktu"] == [catalog(code)["Pilih satu jawaban."]]


# Editions.


def test_a_question_without_words_in_the_language_is_asked_in_indonesian(client: FlaskClient, point: str) -> None:
    questions = (*given.OFFICIAL, given.WAITING)
    given.edition("dua", date(2026, 10, 1), questions=questions)
    put_words("dua", "en", {"waktu": "How fast?"})
    words = said(client.get(f"/survei/{point}?bahasa=en").text)
    assert ("How fast?", "en") in words
    assert ("Lama antrenya?", "id") in words
    assert ("10 of 10 · Time taken", "en") in words
    faulty = said(spoken.sent(client, point, "en").text)
    assert ("Choose one answer.", "en") in faulty
    assert ("Choose one answer.", "id") not in faulty


def test_a_new_edition_keeps_the_answers_to_what_it_asks_alike(client: FlaskClient, point: str) -> None:
    """What the desk does to the words of a language takes nothing away from what somebody has filled in."""
    given.edition("skm-baru", date(2026, 11, 1), questions=given.reworded("biaya").questions)
    put_words("skm-baru", "en", {"waktu": "How quick?"})
    page = spoken.sent(client, point, "en", edition="skm-2017").text
    assert re.search(r'name="waktu" value="3"[^>]* checked', page)
    assert not re.search(r'name="biaya" value="3"[^>]* checked', page)


def test_changed_words_are_seen_at_once(client: FlaskClient, point: str) -> None:
    assert "How fast was the service?" in client.get(f"/survei/{point}?bahasa=en").text
    put_words("skm-2017", "en", {"waktu": "How quick was it?"})
    assert "How quick was it?" in client.get(f"/survei/{point}?bahasa=en").text
    assert "kecepatan waktu" in client.get(f"/survei/{point}").text


@transaction
def put_words(session: sa.orm.Session, edition: str, language: str, texts: dict[str, str]) -> None:
    """As the desk does, in place of what is there."""
    for key, text in texts.items():
        session.merge(
            EditionWords(
                office_id=make.OFFICE, edition_code=edition, key=key, language=language, question=text,
                labels=["One", "Two", "Three", "Four"],
            )
        )  # fmt: skip
    audit.record(session, make.OFFICE, "tests", "edition.put", edition, {}, now=make.START)


@transaction
def seeded(session: sa.orm.Session, *, without: str = "") -> None:
    """Seeded once more, after all words of a language were taken away."""
    if without:
        session.execute(sa.delete(EditionWords).filter_by(language=without))
    master.seed(session, make.START)


def test_an_office_that_was_there_before_gets_the_words(any_app: Flask) -> None:
    seeded(without="jv")
    assert kept_words("jv") == {key: text for key, (text, _labels) in FIRST_WORDS["jv"].items()}


def test_what_the_desk_has_made_of_the_words_stays(any_app: Flask) -> None:
    put_words("skm-2017", "mad", {"waktu": "Rekkas?"})
    seeded()
    assert kept_words("mad")["waktu"] == "Rekkas?"
    assert len(kept_words("mad")) == 9


def test_words_that_the_desk_has_taken_away_stay_away(any_app: Flask) -> None:
    for element in ELEMENTS:
        translating.correct(
            office_id=make.OFFICE, code="skm-2017", key=element.key.value,
            translations=[Translation("", "en", "What?", ("One", "Two", "Three", "Four"))], by="tests", now=make.START,
        )  # fmt: skip
    seeded()
    assert set(kept_words("en").values()) == {"What?"}
    assert kept_words("jv") == kept_words("mad") == {}


def test_a_setting_made_later_holds_from_its_month(app: Flask) -> None:
    settings.set_value(
        office_id=make.OFFICE, key="languages", value="mad", month=Month(2026, 11), by="tests", now=make.START
    )
    codes = [[each.code for each in languages.offered(reader(), spoken.office(), day)] for day in DAYS]
    assert codes == [["id", "en"], ["id", "mad"]]


DAYS = (date(2026, 10, 31), date(2026, 11, 1))
