"""What a row of the log book may say, and what it may not."""

from datetime import UTC, datetime

import pytest

from complaints.logbooks.logbook import Entry, LogBook
from complaints.models import Category
from complaints.terms import Exclusion, Move, Source, Status
from core.errors import Refused
from offices.models import Village
from tests.make import START

CATEGORIES = [Category(code="jalan", name="PKL, parkir, dan pemakaian jalan", settle_days=14)]
VILLAGES = [Village(code="35.09.23.2005", bps_code="3509090003", name="Suco")]
LEAST = {"received_at": "2026-09-01 08:00", "category": "jalan", "description": "Parkir liar"}
NINE = datetime(2026, 9, 1, 2, tzinfo=UTC)


def read(**cells: str) -> Entry:
    return LogBook(CATEGORIES, VILLAGES, START).read(LEAST | cells)


def test_the_least_a_row_says() -> None:
    entry = read()
    assert (entry.status, entry.source, entry.village) == (Status.RECEIVED, Source.LOGBOOK, None)
    assert entry.received_at == datetime(2026, 9, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("words", ["jalan", "JALAN", "pkl,  parkir, dan pemakaian jalan"])
def test_a_category_is_named_by_code_or_name(words: str) -> None:
    assert read(category=words).category == "jalan"


@pytest.mark.parametrize("words", ["35.09.23.2005", "3509090003", "suco", " SUCO "])
def test_a_desa_is_named_by_code_or_name(words: str) -> None:
    assert read(village=words).village == "35.09.23.2005"


@pytest.mark.parametrize(
    "text",
    ["2026-09-01 09:00", "2026-09-01T02:00Z", "2026-09-01T09:00:00+07:00", "1/9/2026 09.00", "01-09-2026 9:00:00",
     "1.9.2026 pukul 09.00"],
)  # fmt: skip
def test_times_are_written_in_many_ways(text: str) -> None:
    assert read(received_at=text).received_at == NINE


def test_a_day_alone_begins_at_midnight_in_wib() -> None:
    assert read(received_at="2026-09-01").received_at == datetime(2026, 8, 31, 17, tzinfo=UTC)


def test_settled_on_the_day_it_came() -> None:
    entry = read(settled_at="2026-09-01")
    assert entry.settled_at == entry.received_at


@pytest.mark.parametrize(
    ("cells", "status", "moves"),
    [
        ({}, Status.RECEIVED, "receive"),
        ({"status": "Baru"}, Status.RECEIVED, "receive"),
        ({"status": "diproses"}, Status.IN_PROGRESS, "receive verify start"),
        ({"status": "Selesai", "settled_at": "2026-09-02"}, Status.SETTLED, "receive verify start settle"),
        ({"settled_at": "2026-09-02"}, Status.SETTLED, "receive verify start settle"),
        ({"exclusion": "duplikat", "reason": "Sama"}, Status.EXCLUDED, "receive exclude"),
    ],
)
def test_a_status_is_reached_by_its_moves(cells: dict[str, str], status: Status, moves: str) -> None:
    entry = read(**cells)
    assert entry.status == status
    assert " ".join(move for move, _ in entry.moves()) == moves


def test_moves_have_the_times_of_the_book() -> None:
    times = dict(read(settled_at="2026-09-02 09:00").moves())
    assert times[Move.RECEIVE] == datetime(2026, 9, 1, 1, tzinfo=UTC)
    assert times[Move.SETTLE] == datetime(2026, 9, 2, 2, tzinfo=UTC)
    excluded = dict(read(exclusion="spam", reason="uji").moves())
    assert excluded[Move.EXCLUDE] == excluded[Move.RECEIVE]


@pytest.mark.parametrize(
    ("words", "kind"), [("spam", Exclusion.SPAM), ("Bukan kewenangan", Exclusion.OUT_OF_AUTHORITY)]
)
def test_an_exclusion_needs_its_reason(words: str, kind: Exclusion) -> None:
    assert read(exclusion=words, reason="Uji coba").exclusion == kind


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"received_at": ""}, "received_at"),
        ({"received_at": "kemarin"}, "received_at"),
        ({"received_at": "31/2/2026"}, "received_at"),
        ({"received_at": "0001-01-01"}, "received_at"),
        ({"received_at": "2026-12-31"}, "received_at"),
        ({"category": "perang"}, "category"),
        ({"village": "Jember"}, "village"),
        ({"description": " "}, "description"),
        ({"description": "a\0"}, "description"),
        ({"description": "x" * 5001}, "description"),
        ({"status": "entah"}, "status"),
        ({"status": "selesai"}, "settled_at"),
        ({"status": "baru", "settled_at": "2026-09-02"}, "settled_at"),
        ({"settled_at": "2026-08-31"}, "settled_at"),
        ({"settled_at": "2026-09-01 07:59"}, "settled_at"),
        ({"status": "dikecualikan"}, "exclusion"),
        ({"status": "baru", "exclusion": "spam", "reason": "x"}, "exclusion"),
        ({"exclusion": "spam"}, "reason"),
        ({"exclusion": "entah"}, "exclusion"),
        ({"source": "mimpi"}, "source"),
    ],
)
def test_a_row_that_can_not_be_meant_is_refused_at_its_column(cells: dict[str, str], column: str) -> None:
    with pytest.raises(Refused) as refused:
        read(**cells)
    assert refused.value.field == column
