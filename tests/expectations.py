"""Tables of worked figures: the real functions meet every row, each known mistake fails one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from survey.scores import Tally

Row = tuple[int | None, ...]
# A published sheet: Kabupaten Sekadau, first half of 2019, respondents 1 to 49.
SEKADAU_FILE = Path(__file__).parents[2] / "shared" / "data" / "sekadau_2019_49x9.csv"
SEKADAU_SUMS = (138, 139, 150, 177, 159, 163, 161, 143, 159)


def tally(respondents: int, sums: Iterable[int]) -> Tally:
    """A tally of one item per element."""
    return Tally(respondents, tuple(map(Fraction, sums)))


def spread(respondents: int, total: int) -> Tally:
    """A tally whose nine sums add up to `total`, as evenly as whole numbers go."""
    each, rest = divmod(total, 9)
    return tally(respondents, (each + (place < rest) for place in range(9)))


@dataclass(frozen=True)
class IndexCase:
    """What a tally must be published as, with weight 1/9."""

    name: str
    tally: Tally
    ikm: str | None
    grade: str | None


SEKADAU = tally(49, SEKADAU_SUMS)
INDEX_CASES = (
    IndexCase("all 1", spread(5, 45), "25.00", "D"),
    IndexCase("all 2", spread(5, 90), "50.00", "D"),
    IndexCase("all 3", spread(5, 135), "75.00", "C"),
    IndexCase("all 4", spread(5, 180), "100.00", "A"),
    IndexCase("a tie that floats lose", spread(8, 225), "78.13", "B"),
    IndexCase("Sekadau 2019", SEKADAU, "78.74", "B"),
    IndexCase("thirds, down", tally(3, (7, 10, 12, 12, 12, 6, 8, 6, 9)), "75.93", "C"),
    IndexCase("thirds, up", tally(3, (7, 11, 11, 6, 6, 8, 8, 6, 7)), "64.81", "D"),
    IndexCase("exactly 88.305", spread(5000, 158949), "88.31", "A"),
    IndexCase("just under 88.305", spread(5000, 158948), "88.30", "B"),
    IndexCase("exactly 76.605", spread(5000, 137889), "76.61", "B"),
    IndexCase("just under 76.605", spread(5000, 137888), "76.60", "C"),
    IndexCase("exactly 64.995", spread(5000, 116991), "65.00", "C"),
    IndexCase("just under 64.995", spread(5000, 116990), "64.99", "D"),
    IndexCase("nobody asked", spread(0, 0), None, None),
)

# Rows of answers → index, and how many rows are invalid.
ROW_CASES: tuple[tuple[tuple[Row, ...], str | None, int], ...] = (
    (((4,) * 9, (2,) * 9), "75.00", 0),
    (((4,) * 9, (4,) * 8 + (None,)), "100.00", 1),
    (((3,) * 9, (None,) + (1,) * 8, (4,) * 8), "75.00", 2),
    (((3,) * 9, (5,) + (4,) * 8, (0,) + (4,) * 8), "75.00", 2),
    (((None,) * 9,), None, 1),
    ((), None, 0),
)

# Parts of one period (months, or services) → the index of the whole.
POOL_CASES = (
    ((spread(90, 90 * 36), spread(10, 10 * 9)), "92.50"),
    ((spread(8, 225), spread(1, 36)), "80.56"),
    ((spread(49, 1389), spread(0, 0)), "78.74"),
    ((spread(1, 9), spread(1, 18), spread(2, 72)), "68.75"),
    ((spread(0, 0), spread(0, 0)), None),
)

SAMPLE_CASES = (
    (0, 0),
    (1, 1),
    (10, 10),
    (20, 19),
    (100, 80),
    (275, 161),  # 160.504; with χ² cut to 3.84 it would be 160
    (500, 217),
    (1000, 278),
    (5000, 357),
    (10_000, 370),
    (1_000_000, 384),
)


@dataclass(frozen=True)
class SettlementCase:
    """Counts of one month: `closed` is every report closed in it, `settled` its own."""

    name: str
    received_all: int
    excluded: int
    settled: int
    closed: int
    percent: str | None
    throughput: str | None


SETTLEMENT_CASES = (
    SettlementCase("two spam and one handed over", 20, 3, 14, 14, "82.35", "82.35"),
    SettlementCase("five older ones closed too", 8, 0, 8, 13, "100.00", "162.50"),
    SettlementCase("a busy month", 188, 0, 185, 185, "98.40", "98.40"),
    SettlementCase("rounds up", 3, 0, 2, 2, "66.67", "66.67"),
    SettlementCase("a tie goes up", 1600, 0, 1250, 1250, "78.13", "78.13"),
    SettlementCase("none settled", 4, 0, 0, 0, "0.00", "0.00"),
    SettlementCase("nothing received", 0, 0, 0, 2, None, None),
    SettlementCase("nothing valid", 2, 2, 0, 0, None, None),
)

# Printed realisation, target → achievement, predicate.
ACHIEVEMENT_CASES = (
    ("82.35", "90", "91.50", "Sangat tinggi"),
    ("78.74", "82.00", "96.02", "Sangat tinggi"),
    ("100.00", "80", "125.00", "Sangat tinggi"),
    ("91", "100", "91.00", "Sangat tinggi"),
    ("90.99", "100", "90.99", "Tinggi"),
    ("76.00", "100", "76.00", "Tinggi"),
    ("75.99", "100", "75.99", "Sedang"),
    ("66.00", "100", "66.00", "Sedang"),
    ("65.99", "100", "65.99", "Rendah"),
    ("51.00", "100", "51.00", "Rendah"),
    ("50.99", "100", "50.99", "Sangat rendah"),
    ("0.00", "90", "0.00", "Sangat rendah"),
    (None, "90", None, None),
    ("82.35", None, None, None),
    ("82.35", "0", None, None),
)


@dataclass(frozen=True)
class Report:
    """A report's receipt and its moves in order: True settles, False reopens."""

    received_at: datetime
    moves: tuple[tuple[datetime, bool], ...] = ()


def utc(text: str) -> datetime:
    """From "2026-03-31 16:59"."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


# Around March 2026 in WIB, which is 28 February 17:00 to 31 March 17:00 UTC.
LEDGER = (
    Report(utc("2026-02-28 16:59"), ((utc("2026-03-10 03:00"), True),)),
    Report(utc("2026-02-28 17:00"), ((utc("2026-03-02 03:00"), True),)),
    Report(
        utc("2026-03-12 03:00"),
        ((utc("2026-03-13 03:00"), True), (utc("2026-03-20 03:00"), False)),
    ),
    Report(
        utc("2026-03-15 03:00"),
        ((utc("2026-03-16 03:00"), True), (utc("2026-04-02 03:00"), False)),
    ),
    Report(utc("2026-03-30 23:30"), ((utc("2026-03-31 16:59"), True),)),
    Report(utc("2026-03-31 16:59")),
    Report(utc("2026-03-31 17:00"), ((utc("2026-04-01 03:00"), True),)),
    Report(utc("2026-03-31 23:30"), ((utc("2026-04-30 17:00"), True),)),
)

# WIB month → received in it, of these settled at its end, percent.
LEDGER_CASES = (
    ("2026-02", 1, 0, "0.00"),
    ("2026-03", 5, 3, "60.00"),
    ("2026-04", 2, 1, "50.00"),
    ("2026-05", 0, 0, None),
)


def figure(text: str | None) -> Decimal | None:
    """A table's figure as the code gives it."""
    return None if text is None else Decimal(text)
