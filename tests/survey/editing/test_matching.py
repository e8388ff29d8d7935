"""Which column stands for what, as far as names tell."""

from datetime import date

import pytest

from survey import sheets
from survey.editing.matching import guess, heading_row, targets
from survey.elements import ELEMENTS, OFFICIAL_ORDER
from survey.questionnaire import Questionnaire
from tests.survey import given

KNOWN = targets([sheets.edition(date(2017, 1, 1), given.official(), OFFICIAL_ORDER)])
SEVEN = {key.value: place for place, key in enumerate(OFFICIAL_ORDER[:7])}


def guessed(*heading: str, rows: list[list[str]] | None = None) -> dict[str, int]:
    return guess(heading, rows or [], KNOWN)


def test_every_element_is_needed_and_the_rest_is_not() -> None:
    assert [each.name for each in KNOWN if each.is_needed] == list(OFFICIAL_ORDER)


@pytest.mark.parametrize("write", ["u{}", "U{}", "Unsur {}", "P{}", "{}"])
def test_numbers_follow_the_regulation_but_for_the_last_two(write: str) -> None:
    assert guessed(*(write.format(number) for number in range(1, 10))) == SEVEN


def test_names_and_whole_questions_tell_elements() -> None:
    everything = {key.value: place for place, key in enumerate(OFFICIAL_ORDER)}
    assert guessed(*OFFICIAL_ORDER) == everything
    assert guessed(*(element.name for element in ELEMENTS)) == everything
    assert guessed(*(f"{element.number}. {element.question}" for element in ELEMENTS)) == everything


@pytest.mark.parametrize(
    ("heading", "target"),
    [
        ("Cap waktu", "date"), ("Timestamp", "date"), ("TANGGAL", "date"), ("Tgl.", "date"), ("Jenis Kelamin", "sex"),
        ("L/P", "sex"), ("JK (L/P)", "sex"), ("JK", "sex"), ("Tanggal isi", "date"),
        ("Fasilitas", "sarana"), ("Sopan", "perilaku"), ("Prosedurnya", "prosedur"), ("Umur", "age_band"),
        ("age_band", "age_band"), ("Pendidikan Terakhir", "education"),
        ("Pekerjaan utama", "occupation"), ("Kritik dan Saran", "suggestion"), ("Jenis layanan", "service"),
        ("Waktu", "waktu"), ("Kecepatan pelayanan", "waktu"),
    ],
)  # fmt: skip
def test_a_heading_is_known_in_many_writings(heading: str, target: str) -> None:
    assert guessed("Nama", heading) == {target: 1}


@pytest.mark.parametrize("heading", ["Nama", "No", "Nomor antrean", "resp", "Alamat", ""])
def test_other_headings_say_nothing(heading: str) -> None:
    assert guessed(heading) == {}


def test_nine_columns_of_answers_are_the_elements_in_order() -> None:
    rows = [["a", *"123412341"], ["b", *"444433332"]]
    assert guessed(*"abcdefghij", rows=rows) == {key: place + 1 for key, place in SEVEN.items()}
    assert guessed(*"abcdefghij", rows=[*rows, ["c", *"123412345"]]) == {}


def test_one_column_stands_for_one_thing() -> None:
    assert guessed("Waktu", "Waktu") == {"waktu": 0}


@pytest.mark.parametrize(
    ("rows", "number"),
    [
        ([["Rekap survei 2019"], [], ["No", "U1", "U2"], ["1", "3", "4"]], 3),
        ([["U1", "U2"], ["3", "4"]], 1),
        ([["Judul"], ["a", "b"], ["1", "2"]], 2),
        ([["a"]], 1),
    ],
)
def test_the_heading_is_the_row_that_names_most(rows: list[list[str]], number: int) -> None:
    assert heading_row(rows, KNOWN) == number


def test_each_of_several_questions_is_a_column_of_its_own() -> None:
    longer = Questionnaire("dua", (*given.OFFICIAL, given.WAITING))
    editions = [
        sheets.edition(starts_on, each, OFFICIAL_ORDER)
        for starts_on, each in ((date(2027, 1, 1), longer), (date(2017, 1, 1), given.official()))
    ]
    found = {each.name: each for each in targets(editions)}
    assert "antre" in found["waktu_antre"].label
    assert not found["waktu_antre"].is_needed
    assert found["waktu"].is_needed
