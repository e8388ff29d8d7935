"""Filters, read from an address and written to one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaints.desk.inbox import STATUSES, Filters, Group, Order
from complaints.terms import Source, Status

WHOLE = {
    "kelompok": "semua", "keadaan": "settled", "jenis": "jalan", "desa": "35.09.23.2005", "petugas": "saya",
    "dari": "2026-10-01", "sampai": "2026-10-31", "sumber": "phone", "mendesak": "1", "cari": "sampah di kali",
}  # fmt: skip


def test_an_address_says_everything_and_comes_back_the_same() -> None:
    filters = Filters.parse(WHOLE)
    assert filters.query() == WHOLE
    assert (filters.first, filters.source, filters.urgent) == (date(2026, 10, 1), Source.PHONE, True)
    assert filters.unread == ()


def test_nothing_asked_is_the_open_ones() -> None:
    assert Filters.parse({}) == Filters()
    assert Filters().query() == {}
    assert not Filters().narrows


def test_a_status_outside_its_group_chooses_nothing() -> None:
    assert Filters.parse({"kelompok": "selesai", "keadaan": "received"}).status is None


def test_every_status_but_the_withdrawn_can_be_chosen() -> None:
    assert set(STATUSES[Group.ALL]) == set(Status) - {Status.WITHDRAWN}


def test_text_is_sorted_by_what_was_found() -> None:
    assert Filters.parse({"cari": "x"}).order is Order.FOUND
    assert Filters.parse({"kelompok": "selesai"}).order is Order.NEWEST


@pytest.mark.parametrize(
    "name", ["kelompok", "keadaan", "petugas", "dari", "sampai", "sumber"],
)  # fmt: skip
@pytest.mark.parametrize("text", ["zzz", "' OR 1=1 --", "2026-13-45", "\x00", "9" * 10_000])
def test_what_cannot_be_understood_is_named(name: str, text: str) -> None:
    filters = Filters.parse({name: text})
    assert filters == Filters()
    assert filters.unread == (name,)


@given(st.dictionaries(st.sampled_from([*WHOLE]), st.text(max_size=300)))
def test_whatever_is_asked_is_read_and_written_the_same(asked: dict[str, str]) -> None:
    filters = Filters.parse(asked)
    assert Filters.parse(filters.query()) == filters
    assert all(value.isprintable() for value in filters.query().values())
