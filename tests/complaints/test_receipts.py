"""Receipts and public numbers: forgiving to people, strict about slips, silent about each other."""

from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from complaints.receipts import (
    PublicNumber,
    Receipt,
    digest,
    make,
    parse,
    parse_public_number,
    public_number,
)
from core.codes import ALPHABET

KEY = b"k" * 32
ID = UUID("01890a5d-ac96-774b-bcce-b302099a8057")
PREFIXES = st.from_regex(r"[A-Z]{2,6}", fullmatch=True)
RECEIPTS = st.builds(make, st.just(KEY), PREFIXES, st.uuids(), st.integers(1, 9))


def parsed(text: str) -> Receipt:
    """The receipt in a text that must hold one."""
    receipt = parse(text)
    assert receipt is not None
    return receipt


@given(RECEIPTS)
def test_what_was_made_can_be_read(text: str) -> None:
    assert str(parsed(text)) == text


@given(PREFIXES, st.uuids())
def test_a_receipt_has_the_promised_form(prefix: str, submission_id: UUID) -> None:
    office, first, second, check = make(KEY, prefix, submission_id, 1).split("-")
    assert office == prefix
    assert [len(part) for part in (first, second, check)] == [5, 5, 1]
    assert set(first + second + check) <= set(ALPHABET)


def test_the_same_submission_gets_the_same_receipt() -> None:
    assert make(KEY, "MBS", ID, 1) == make(KEY, "MBS", ID, 1)
    others = {make(KEY, "MBS", ID, 2), make(b"x" * 32, "MBS", ID, 1), make(KEY, "MBS", UUID(int=7), 1)}
    assert len(others | {make(KEY, "MBS", ID, 1)}) == 4


def test_a_receipt_handed_out_once_never_changes() -> None:
    assert make(KEY, "MBS", ID, 1) == "MBS-737RF-8K7WR-8"


def test_another_office_gives_another_code() -> None:
    assert parsed(make(KEY, "MBS", ID, 1)).code != parsed(make(KEY, "AJG", ID, 1)).code


@given(RECEIPTS, st.data())
def test_every_single_wrong_character_shows(text: str, data: st.DataObject) -> None:
    receipt = parsed(text)
    place, letter = data.draw(st.integers(0, 10)), data.draw(st.sampled_from(ALPHABET))
    assume(receipt.code[place] != letter)
    wrong = receipt.code[:place] + letter + receipt.code[place + 1 :]
    assert parse(receipt.prefix + wrong) is None


@given(RECEIPTS, st.data())
def test_every_swap_of_two_characters_shows(text: str, data: st.DataObject) -> None:
    receipt = parsed(text)
    i, j = data.draw(st.integers(0, 10)), data.draw(st.integers(0, 10))
    assume(receipt.code[i] != receipt.code[j])
    letters = list(receipt.code)
    letters[i], letters[j] = letters[j], letters[i]
    assert parse(receipt.prefix + "".join(letters)) is None


LOOKALIKES = {"0": "0Oo", "1": "1IiLl"}
GAPS = st.text(" -\t\u00a0\u2011\u2013\u2014\u200b", max_size=2)


@given(RECEIPTS, st.data())
def test_case_gaps_and_lookalikes_are_forgiven(text: str, data: st.DataObject) -> None:
    receipt = parsed(text)
    typed = "".join(data.draw(st.sampled_from(LOOKALIKES.get(c, c + c.lower()))) for c in receipt.code)
    sloppy = "".join(c + data.draw(GAPS) for c in receipt.prefix.lower() + typed)
    assert parse(sloppy) == receipt
    assert parse(f" {typed} ", default_prefix=receipt.prefix) == receipt


@pytest.mark.parametrize("prefix", ["OLI", "LOI", "IO", "UUL"])
def test_the_letters_of_an_office_stay_letters(prefix: str) -> None:
    text = make(KEY, prefix, ID, 1)
    assert parsed(text).prefix == prefix
    assert parsed(text.lower()).prefix == prefix


def test_digits_typed_for_the_letters_of_the_own_office_are_forgiven() -> None:
    text = make(KEY, "OLI", ID, 1)
    assert parse(text.replace("OLI", "01i"), default_prefix="OLI") == parsed(text)
    assert parse(text.replace("OLI", "01i"), default_prefix="MBS") is None


def test_a_code_without_its_office_needs_a_default() -> None:
    bare = make(KEY, "MBS", ID, 1).removeprefix("MBS-")
    assert parse(bare) is None
    assert parse(bare, default_prefix="MBS") == parsed(f"MBS-{bare}")


@pytest.mark.parametrize(("prefix", "default"), [("AJG", "MBS"), ("LOI", "IOL")])
def test_another_offices_letters_are_kept_beside_a_default(prefix: str, default: str) -> None:
    text = make(KEY, prefix, ID, 1)
    assert parse(text, default_prefix=default) == parsed(text)


@pytest.mark.parametrize(
    "text",
    ["", "-", "MBS", "MBS-00000-00000", "MBS-00000-00000-00", "M8S-00000-00000-0", "MBS-U0000-00000-0",
     "MBS/00000/00000/0", "MBSMBSM-00000-00000-0", "ＭＢＳ-00000-00000-0", "MBS-٠٠٠٠٠-00000-0", "ßBS-00000-00000-0",
     "TRB-2026-00001", "0" * 1_000_000, " " * 1_000_000],
)  # fmt: skip
def test_what_is_no_receipt_is_none(text: str) -> None:
    assert parse(text) is None
    assert parse("MBS-00000-00000-0") == Receipt("MBS", "0" * 11)


@given(st.text(max_size=80))
def test_any_text_is_a_receipt_or_none(text: str) -> None:
    found = parse(text, default_prefix="MBS")
    assert found is None or parse(str(found)) == found


def test_the_stored_digest_depends_on_key_and_receipt_and_hides_both() -> None:
    text = make(KEY, "MBS", ID, 1)
    stored = digest(KEY, parsed(text))
    assert stored == digest(KEY, parsed(text.lower().replace("-", " ")))
    assert len(stored) == 64
    assert len({stored, digest(b"x" * 32, parsed(text)), digest(KEY, parsed(make(KEY, "MBS", ID, 2)))}) == 3


def test_a_short_key_or_a_strange_office_is_a_bug() -> None:
    with pytest.raises(ValueError, match="at least 16 bytes"):
        make(b"short", "MBS", ID, 1)
    for prefix in ("M8S", "mbs", "M", "MBSMBSM", ""):
        with pytest.raises(ValueError, match="2 to 6 letters"):
            make(KEY, prefix, ID, 1)


@given(st.integers(2000, 2999), st.integers(1, 999_999_999))
def test_a_public_number_can_be_read_back(year: int, n: int) -> None:
    assert parse_public_number(public_number(year, n)) == PublicNumber(year, n)


def test_public_numbers_are_padded_and_outgrow_the_padding() -> None:
    assert public_number(2026, 1) == "TRB-2026-00001"
    assert public_number(2026, 123_456) == "TRB-2026-123456"


@pytest.mark.parametrize("text", ["TRB-2026-00001", "trb 2026 1", "TRB2026 00001", " Trb–2o26–oooo1 "])
def test_a_public_number_is_read_forgivingly(text: str) -> None:
    assert parse_public_number(text) == PublicNumber(2026, 1)


@pytest.mark.parametrize(
    "text", ["", "TRB", "TRB-2026", "TRB-2026-0", "MBS-2026-00001", "2026-00001", "TRB-2026-1a", "TRB-1026-1"]
)
def test_what_is_no_public_number_is_none(text: str) -> None:
    assert parse_public_number(text) is None
