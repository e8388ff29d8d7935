"""Words as the search knows them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaints import search_words
from complaints.search_words import Beginning, Phrase, asked, kept


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pembuangan sampah", ["buang", "sampah"]),
        ("MENGGANGGU, gangguan!", ["ganggu", "ganggu"]),
        ("Café\u0301 n\u00ba 5", ["cafe", "no", "5"]),
        ("jalan_raya/desa-kami", ["jalan", "raya", "desa", "kami"]),
        ("\x00'\";--", []),
        ("x" * 10_000, ["x" * 40]),
    ],
)
def test_words_are_plain_and_stemmed(text: str, expected: list[str]) -> None:
    assert kept([text]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ('"', []),
        ("sampah", [Beginning(("sampah",))]),
        ("membuang samp", [Phrase(("buang",)), Beginning(("samp",))]),
        ("pembuangan", [Beginning(("pembuangan", "buang", "buangan"))]),
        ("meresa", [Beginning(("meresa", "resa"))]),
        ("sampah di jalan", [Phrase(("sampah",)), Beginning(("jalan",))]),
        ("di", [Beginning(("di",))]),
        ("a", [Phrase(("a",))]),
        ('"lampu jalan" mati', [Phrase(("lampu", "jalan")), Beginning(("mati",))]),
        ('mati "di jalan"', [Phrase(("mati",)), Phrase(("di", "jalan"))]),
        ('"jalan rusak', [Phrase(("jalan",)), Beginning(("rusak",))]),
    ],
)
def test_a_question_is_taken_apart(text: str, expected: list[object]) -> None:
    assert asked(text) == expected


@given(st.text(max_size=400))
def test_a_question_is_never_too_long_and_never_holds_signs(text: str) -> None:
    parts = asked(text)
    found = [word for part in parts for word in (part.words if isinstance(part, Phrase) else part.starts)]
    assert sum(len(part.words) if isinstance(part, Phrase) else 1 for part in parts) <= search_words.MOST_ASKED
    assert all(word.isalnum() for word in found)
