"""Codes of visits: forgiving to people, strict about slips, never to be told from what is stored."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.codes import ALPHABET
from survey.visits import codes

KEY = b"k" * 32
ID = UUID("01890a5d-ac96-774b-bcce-b302099a8057")
CODES = st.builds(codes.make, st.just(KEY), st.from_regex(r"[A-Z]{2,6}", fullmatch=True), st.uuids())


def test_the_same_visit_has_the_same_code_and_others_have_others() -> None:
    assert codes.make(KEY, "MBS", ID) == codes.make(KEY, "MBS", ID)
    others = [codes.make(b"x" * 32, "MBS", ID), codes.make(KEY, "ABC", ID), codes.make(KEY, "MBS", UUID(int=1))]
    assert len({code.letters for code in (codes.make(KEY, "MBS", ID), *others)}) == 4


@given(CODES)
def test_it_is_read_however_it_is_typed(code: codes.Code) -> None:
    bare = code.letters.lower().replace("0", "o").replace("1", "l")
    assert codes.parse(str(code)) == codes.parse(f" {str(code).lower().replace('-', ' ')} ") == code
    assert codes.parse(bare, code.prefix) == code


@given(CODES, st.data())
def test_a_slip_of_one_letter_is_noticed(code: codes.Code, data: st.DataObject) -> None:
    place, letter = data.draw(st.integers(0, 7)), data.draw(st.sampled_from(ALPHABET))
    typed = code.letters[:place] + letter + code.letters[place + 1 :]
    assert (codes.parse(code.prefix + typed) is None) == (typed != code.letters)


@pytest.mark.parametrize("typed", ["", "MBS", "MBS-4K7Q", "MBS-4K7Q-9XW!", "\0", "x" * 65, "MBS-00000-00000-0"])
def test_what_can_be_no_code_is_none(typed: str) -> None:
    assert codes.parse(typed, "MBS") is None


def test_nothing_that_is_stored_is_the_code_or_leads_from_one_to_the_other() -> None:
    code = codes.make(KEY, "MBS", ID)
    stored, kept_by_rating = codes.digest(KEY, code), codes.once(KEY, ID)
    assert stored != kept_by_rating
    assert len(stored) == len(kept_by_rating) == 64
    assert ID.hex not in kept_by_rating
