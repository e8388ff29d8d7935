from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from core.errors import Refused
from survey import cells as meaning
from survey import sheets
from survey.elements import OFFICIAL_ORDER, AgeBand, Education, ElementKey, Occupation, Sex
from survey.questionnaire import Questionnaire
from tests.survey import given

REVERSED = tuple(reversed(OFFICIAL_ORDER))
NUMBERED = {f"u{number}": "3" for number in range(1, 10)}


def terms(order: Sequence[ElementKey] = OFFICIAL_ORDER) -> sheets.Terms:
    return sheets.Terms(
        day=date(2026, 3, 1), service_code="ktp", services={"ktp", "kk"}, today=date(2026, 3, 31),
        editions=[sheets.edition(date(2017, 1, 1), given.official(), order)],
    )  # fmt: skip


def read(order: Sequence[ElementKey] = OFFICIAL_ORDER, /, **cells: str) -> sheets.Entry:
    return sheets.read_rating(terms(order), NUMBERED | cells)


def reasons(**cells: str) -> list[str]:
    with pytest.raises(Refused) as refused:
        read(**cells)
    return refused.value.message.split("; ")


def test_numbered_columns_follow_the_order_said() -> None:
    assert read(u9="1").answers["sarana"] == 1
    assert read(REVERSED, u9="1").answers["persyaratan"] == 1


def test_columns_may_have_the_elements_names() -> None:
    names = [key.value for key in OFFICIAL_ORDER]
    cells = dict.fromkeys(names, "4") | {"sarana": "1"}
    assert sheets.read_rating(terms(REVERSED), cells).answers == dict.fromkeys(names, 4) | {"sarana": 1}


def test_a_row_may_say_everything_about_itself() -> None:
    rating = read(sex="P", age_band="60plus", education="SLTA", occupation="Petani", date="31/03/2026", service="KK")
    assert (rating.sex, rating.age_band, rating.education, rating.occupation) == ("female", "60plus", "slta", "petani")
    assert (rating.day, rating.service_code) == (date(2026, 3, 31), "kk")


def test_a_row_that_says_nothing_takes_what_holds_for_the_sheet() -> None:
    rating = read(sex="", date="", service="", suggestion="")
    assert (rating.sex, rating.day, rating.service_code) == (None, date(2026, 3, 1), "ktp")


@pytest.mark.parametrize("cell", ["", "0", "5", "3.5", "3,0", "-1", "tiga", "３", "3\x00"])
def test_an_answer_is_never_guessed(cell: str) -> None:
    (reason,) = reasons(u4=cell)
    assert reason.startswith("u4")


def test_every_reason_is_given_at_once() -> None:
    assert len(reasons(u1="", u2="9", sex="x", date="kemarin", service="y")) == 5


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"date": "2026-04-01"}, "belum tiba"),
        ({"date": "2016-12-31"}, "terlalu lama"),
        ({"date": "0019-03-01"}, "terlalu lama"),
        ({"date": "30/02/2026"}, "seharusnya seperti"),
        ({"date": "43588"}, "seharusnya seperti"),
        ({"age_band": "34 tahun"}, "under20, 20s"),
        ({"suggestion": "x" * 2001}, "2001 huruf"),
        ({"suggestion": "nol\x00"}, "tidak dapat disimpan"),
        ({"waktu": "3"}, "kolom waktu dan u3 sama artinya"),
    ],
)
def test_a_faulty_cell_is_named(cells: dict[str, str], words: str) -> None:
    (reason,) = reasons(**cells)
    assert words in reason


def test_a_missing_column_is_named() -> None:
    cells = {name: "3" for name in NUMBERED if name != "u7"}
    with pytest.raises(Refused, match="tidak ada kolom u7"):
        sheets.read_rating(terms(), cells)


def test_other_columns_say_nothing_here() -> None:
    assert sheets.known_columns(terms()).isdisjoint({"resp", "nama"})
    assert sheets.known_columns(terms()) >= {"u9", "sarana", "sex", "date"}


def test_each_row_is_read_by_the_edition_of_its_day() -> None:
    longer = Questionnaire("dua", (*given.OFFICIAL, given.WAITING))
    newer = sheets.edition(date(2026, 3, 15), longer, OFFICIAL_ORDER)
    both = replace(terms(), editions=[newer, *terms().editions])
    assert sheets.read_rating(both, NUMBERED).questionnaire == given.official()
    cells = {key.value: "3" for key in ElementKey} | {"waktu_antre": "1", "date": "2026-03-15"}
    assert sheets.read_rating(both, cells).answers["waktu_antre"] == 1
    with pytest.raises(Refused, match="tidak ada kolom waktu"):
        sheets.read_rating(both, NUMBERED | {"date": "2026-03-15"})


@pytest.mark.parametrize("cell", ["Gratis", "gratis", "4 - Gratis", "(4) gratis", "4. Gratis"])
def test_an_answer_may_be_in_words(cell: str) -> None:
    assert read(u4=cell).answers["biaya"] == 4


@pytest.mark.parametrize("cell", ["Mahal", "Sangat sesuai", "3 - Gratis", "4 - Murah", "5 - Gratis"])
def test_words_of_another_answer_are_no_answer(cell: str) -> None:
    (reason,) = reasons(u4=cell)
    assert reason.startswith("u4")


@pytest.mark.parametrize(
    ("cells", "value"),
    [
        ({"age_band": "34"}, AgeBand.THIRTIES), ({"age_band": "19"}, AgeBand.UNDER_20),
        ({"age_band": "77"}, AgeBand.FROM_60), ({"education": "SMA"}, Education.SLTA),
        ({"education": "D3"}, Education.DIPLOMA), ({"sex": "Wanita"}, Sex.FEMALE),
        ({"occupation": "PNS"}, Occupation.CIVIL_SERVICE),
    ],
)  # fmt: skip
def test_a_respondent_may_be_told_in_other_writings(cells: dict[str, str], value: str) -> None:
    (column,) = cells
    assert getattr(read(**cells), column) == value


@pytest.mark.parametrize("age", ["3", "120", "34 tahun", "abad"])
def test_what_may_be_another_systems_code_is_no_age(age: str) -> None:
    assert len(reasons(age_band=age)) == 1


def two_editions() -> sheets.Terms:
    longer = Questionnaire("dua", (*given.OFFICIAL, given.WAITING))
    return replace(terms(), editions=[sheets.edition(date(2026, 3, 15), longer, OFFICIAL_ORDER), *terms().editions])


@pytest.mark.parametrize(("mean", "total"), [("1", 2), ("2.5", 5), ("2,5", 5), ("4", 8)])
def test_a_row_that_names_its_edition_may_give_an_elements_mean(mean: str, total: int) -> None:
    cells = {key.value: "3" for key in ElementKey} | {"waktu": mean, "edition": "dua", "date": "2026-03-20"}
    entry = sheets.read_rating(two_editions(), cells)
    assert entry.questionnaire.element_sums(entry.answers)[ElementKey.WAKTU] == total


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"edition": "dua", "waktu": "2.3"}, "rata-rata 2 jawaban"),
        ({"edition": "dua", "waktu": "0.5"}, "rata-rata 2 jawaban"),
        ({"edition": "dua", "waktu": "nan"}, "rata-rata 2 jawaban"),
        ({"edition": "dua", "date": "2026-03-14"}, "baru berlaku sejak 15 Maret 2026"),
        ({"edition": "tiga"}, "edisi “tiga” tidak dikenal"),
        ({"excluded": "ya"}, "sudah dikeluarkan dari indeks"),
    ],
)
def test_what_an_edition_cannot_be_is_said(cells: dict[str, str], words: str) -> None:
    whole = {key.value: "3" for key in ElementKey} | {"date": "2026-03-20", "edition": "skm-2017"} | cells
    with pytest.raises(Refused, match=words):
        sheets.read_rating(two_editions(), whole)


def test_words_of_a_code_are_known_too() -> None:
    assert (read(sex="laki-laki").sex, read(age_band="60 tahun ke atas").age_band) == (Sex.MALE, AgeBand.FROM_60)


@pytest.mark.parametrize(
    "wrong",
    [
        replace(terms(), service_code="x"),
        replace(terms(), day=date(2026, 4, 1)),
        replace(terms(), day=date(2016, 1, 1)),
    ],
)
def test_what_holds_for_the_sheet_is_checked_first(wrong: sheets.Terms) -> None:
    with pytest.raises(Refused):
        sheets.check(wrong)


def test_a_row_must_say_what_the_sheet_does_not() -> None:
    bare = replace(terms(), day=None, service_code="")
    sheets.check(bare)
    entry = sheets.read_rating(bare, NUMBERED | {"date": "2026-03-05", "service": "kk"})
    assert (entry.day, entry.service_code) == (date(2026, 3, 5), "kk")
    with pytest.raises(Refused) as refused:
        sheets.read_rating(bare, NUMBERED)
    assert [reason.split(":")[0] for reason in refused.value.message.split("; ")] == [
        "tanggal kosong",
        "layanan kosong",
    ]


@pytest.mark.parametrize(
    ("cell", "answer"), [("Tidak baik", 1), ("kurang baik", 2), ("Baik", 3), ("4 - Sangat baik", 4)]
)
def test_the_common_scale_is_read_for_every_element(cell: str, answer: int) -> None:
    cells = {f"u{number}": cell for number in range(1, 10)}
    assert set(sheets.read_rating(terms(), cells).answers.values()) == {answer}


@pytest.mark.parametrize("labels", [("Buruk", "Baik", "Sangat baik", "Luar biasa"), ("Baik", "Baik", "Cukup", "Puas")])
def test_the_common_scale_is_not_read_where_its_words_mean_another_answer(labels: Sequence[str]) -> None:
    assert meaning.words_of(labels).keys() <= {label.lower() for label in labels}


@pytest.mark.parametrize("text", ["1e999999999", "1e-999999999", "NaN", "3.5.1", "", "-3"])
def test_what_is_no_plain_mean_is_no_answer(text: str) -> None:
    assert meaning.sum_of(text, 2) is None


def test_a_mean_tells_its_sum() -> None:
    assert meaning.sum_of("3,5", 2) == 7
