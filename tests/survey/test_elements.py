"""The questionnaire as data."""

import pytest

from core.errors import Refused
from survey.elements import ELEMENTS, OFFICIAL_ORDER, AgeBand, Education, ElementKey, Occupation, Sex, parse_order

SWAPPED = "persyaratan, prosedur, waktu, biaya, produk, kompetensi, perilaku, SARANA, pengaduan"


def test_there_are_nine_elements_in_official_order() -> None:
    assert tuple(element.key for element in ELEMENTS) == OFFICIAL_ORDER
    assert [element.number for element in ELEMENTS] == list(range(1, 10))


def test_every_element_has_four_different_answers_and_one_question() -> None:
    assert all(len(set(element.labels)) == 4 for element in ELEMENTS)
    assert all(element.question.endswith("?") and "  " not in element.question for element in ELEMENTS)


def test_an_order_may_swap_the_last_two() -> None:
    order = parse_order(SWAPPED)
    assert order[7:] == (ElementKey.SARANA, ElementKey.PENGADUAN)
    assert set(order) == set(OFFICIAL_ORDER)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "tidak dikenal"),
        (SWAPPED.replace("waktu", "tempo"), "“tempo” tidak dikenal"),
        (SWAPPED.replace("waktu", "biaya"), "“biaya” tertulis lebih dari sekali"),
        (SWAPPED.replace(" waktu,", ""), "“waktu” belum tertulis"),
        (SWAPPED + ",", "tidak dikenal"),
        ("\0" * 1_000_000, "tidak dikenal"),
    ],
)
def test_a_wrong_order_is_refused_in_words(text: str, fault: str) -> None:
    with pytest.raises(Refused) as refusal:
        parse_order(text)
    assert fault in refusal.value.message
    assert len(refusal.value.message) < 250


def test_every_attribute_has_its_words() -> None:
    assert all(member.label for kind in (Sex, AgeBand, Education, Occupation) for member in kind)


def test_attributes_are_stored_by_code_and_read_by_words() -> None:
    assert Sex("female").label == "Perempuan"
    assert AgeBand("20s").label == "20–29 tahun"
    assert Education("diploma").label == "D1–D3–D4"
    assert f"{Occupation.CIVIL_SERVICE}" == Occupation.CIVIL_SERVICE.value == "pns-tni-polri"
