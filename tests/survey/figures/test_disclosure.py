"""Small groups stay hidden: an attacker adds and subtracts everything that is shown, and tries every set of cells."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations_with_replacement
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.periods import Period
from survey.figures import disclosure
from survey.figures.groups import Dimension
from survey.figures.nesting import SMALLEST, hidden_in, shown_in
from survey.figures.results import Group
from survey.scores import DEFAULT_WEIGHT
from tests.survey.figures.figure_cases import figures, group

Sizes = Mapping[str, int]
Hider = Callable[[Sizes], frozenset[str]]
PRIME = 2**61 - 1  # the attacker reckons with remainders: exact, but for one chance in 10¹⁸
Cell = tuple[str, int]
QUARTERS, HALF = (range(2), range(2, 4)), range(4)  # of a year of four months, so that every set can be tried


def null_weights(known: list[list[int]], width: int) -> list[int]:
    """A weight for each cell: those of a set add up to 0 where sums of `known` rows tell the set, else hardly ever."""
    pivots: dict[int, list[int]] = {}
    for row in known:
        rest = reduced(row, pivots)
        lead = next((place for place, value in enumerate(rest) if value), None)
        if lead is not None:
            inverse = pow(rest[lead], -1, PRIME)
            pivots[lead] = [value * inverse % PRIME for value in rest]
    chance = Random(width)
    weights = [0 if place in pivots else chance.randrange(1, PRIME) for place in range(width)]
    for lead in sorted(pivots, reverse=True):
        row = pivots[lead]
        weights[lead] = -sum(row[place] * weights[place] for place in range(lead + 1, width)) % PRIME
    return weights


def reduced(row: list[int], pivots: Mapping[int, list[int]]) -> list[int]:
    for lead in sorted(pivots):
        factor = row[lead]
        row = [(value - factor * other) % PRIME for value, other in zip(row, pivots[lead], strict=True)]
    return row


def told(cells: Mapping[Cell, int], known: list[set[Cell]]) -> Iterator[list[Cell]]:
    """Every set of these cells whose size follows from the sizes of the known sets by adding and subtracting."""
    order = sorted(cells)
    weights = null_weights([[int(cell in each) for cell in order] for each in known], len(order))
    sums = [0]
    for chosen in range(1, 1 << len(order)):
        lowest = (chosen & -chosen).bit_length() - 1
        sums.append((sums[chosen & (chosen - 1)] + weights[lowest]) % PRIME)
        if not sums[chosen]:
            yield [cell for place, cell in enumerate(order) if chosen >> place & 1]


def small_sets(months: Sequence[Sizes], shown: Mapping[tuple[int, ...], frozenset[str]]) -> list[list[Cell]]:
    """The sets of hidden respondents smaller than SMALLEST that can be told, but for a month's own total.

    `shown`: the months of a period → the groups its table shows. The total of each is known.
    """
    cells = {(code, place): size for place, sizes in enumerate(months) for code, size in sizes.items()}
    known = [{cell for cell in cells if cell[1] in period} for period in shown]
    known += [{cell for cell in cells if cell == (code, cell[1]) and cell[1] in period}
              for period, codes in shown.items() for code in codes]  # fmt: skip
    hidden = {cell for cell in cells if cell[0] not in shown[(cell[1],)] or cells[cell] < SMALLEST}
    few = (each for each in told({cell: cells[cell] for cell in hidden}, [each & hidden for each in known]))
    return [each for each in few if sum(map(cells.__getitem__, each)) < SMALLEST and not is_whole(each, cells)]


def is_whole(chosen: list[Cell], cells: Mapping[Cell, int]) -> bool:
    """Whether these are all who answered in some months: the office's own total."""
    months = {place for _code, place in chosen}
    return set(chosen) == {cell for cell in cells if cell[1] in months}


def one_month(sizes: Sizes, hider: Hider = hidden_in) -> list[list[Cell]]:
    return small_sets([sizes], {(0,): frozenset(sizes) - hider(sizes)})


# --- one table ---------------------------------------------------------------------------

EVERY, SOME = range(1, 26), (1, 2, 4, 5, 6, 8, 9, 10, 11, 18, 19, 25)
TABLES = [
    dict(zip("ABCDE", sizes, strict=False))
    for groups, sizes_of in ((1, EVERY), (2, EVERY), (3, EVERY), (4, EVERY), (5, SOME))
    for sizes in combinations_with_replacement(sizes_of, groups)
]


def first_leak(hider: Hider) -> Sizes | None:
    return next((sizes for sizes in TABLES if one_month(sizes, hider)), None)


def test_no_subtraction_recovers_a_small_group_of_a_table() -> None:
    assert first_leak(hidden_in) is None


def nothing(_sizes: Sizes) -> frozenset[str]:
    return frozenset()


def small_alone(sizes: Sizes) -> frozenset[str]:
    return frozenset(code for code, size in sizes.items() if size < SMALLEST)


def below(smallest: int) -> Hider:
    def hider(sizes: Sizes) -> frozenset[str]:
        return frozenset(code for code, size in sizes.items() if size < smallest)

    return hider


def two_groups(sizes: Sizes) -> frozenset[str]:
    """As some systems do: two groups are enough, however small they are together."""
    small = small_alone(sizes)
    others = sorted((size, code) for code, size in sizes.items() if code not in small)
    return small | {others[0][1]} if len(small) == 1 and others else small


@pytest.mark.parametrize("mutant", [small_alone, below(5), below(9), two_groups, nothing])
def test_hiding_too_little_is_noticed(mutant: Hider) -> None:
    assert first_leak(mutant)


@pytest.mark.parametrize(
    ("sizes", "hidden"),
    [
        pytest.param({"A": 10, "B": 10}, "", id="all large enough"),
        pytest.param({"A": 9, "B": 30, "C": 12}, "AC", id="the smallest other one as well"),
        pytest.param({"A": 9, "B": 1, "C": 12}, "AB", id="ten together are enough"),
        pytest.param({"A": 4, "B": 3}, "AB", id="too few altogether"),
        pytest.param({"A": 9}, "A", id="one small group alone"),
        pytest.param({}, "", id="nobody"),
    ],
)
def test_as_few_as_can_be_are_hidden(sizes: Sizes, hidden: str) -> None:
    assert hidden_in(sizes) == frozenset(hidden)


def test_a_table_keeps_its_order_and_its_names() -> None:
    rows = disclosure.masked([group("A", 12), group("B", 3), group("C", 40)], {"C"}, DEFAULT_WEIGHT)
    assert [(each.code, each.name, each.scored is None) for each in rows[:3]] == [
        ("A", "Nama A", True), ("B", "Nama B", True), ("C", "Nama C", False),
    ]  # fmt: skip


def test_what_is_hidden_stands_in_one_row_together() -> None:
    last = disclosure.masked([group("A", 12), group("B", 3), group("C", 40)], {"C"}, DEFAULT_WEIGHT)[-1]
    assert (last.code, last.scored and last.scored.respondents) == (disclosure.TOGETHER, 15)
    assert last.name == "Nama A + Nama B"
    whole = disclosure.masked([group("A", 12), group("C", 40)], {"A", "C"}, DEFAULT_WEIGHT)
    assert [each.code for each in whole] == ["A", "C"]


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ({"P": "Perempuan", "": "Tidak diisi"}, "Perempuan + tidak diisi"),
        ({"": "Tidak diisi", "s1": "S1", "s2": "S2 ke atas"}, "S1 + S2 ke atas + tidak diisi"),
        (dict.fromkeys("abcd", "Nama"), "Semua yang disembunyikan"),
    ],
)
def test_the_joined_row_is_called_by_few_names(names: dict[str, str], said: str) -> None:
    assert disclosure.joined_name(names) == said


def test_of_groups_about_as_large_the_same_is_hidden_every_month() -> None:
    months = [{"L": 100, "P": 90, "": 4}, {"L": 85, "P": 95, "": 6}, {"L": 90, "P": 91, "": 5}]
    assert {hidden_in(sizes) for sizes in months} == {frozenset({"", "L"})}
    assert shown_in(months, [range(3)]) == {"", "L", "P"}


# --- months, quarters, half-years --------------------------------------------------------

MONTH = st.dictionaries(st.sampled_from("ABC"), st.integers(1, 25), max_size=3)
SMALL_MONTH = st.dictionaries(st.sampled_from("ABC"), st.integers(1, 12), max_size=3)
YEARS = st.one_of(st.lists(MONTH, min_size=4, max_size=4), st.lists(SMALL_MONTH, min_size=4, max_size=4))


def tables(months: Sequence[Sizes]) -> dict[tuple[int, ...], frozenset[str]]:
    shown: dict[tuple[int, ...], frozenset[str]] = {}
    shown |= {(place,): frozenset(sizes) - hidden_in(sizes) for place, sizes in enumerate(months)}
    shown |= {tuple(quarter): shown_in(months, [quarter]) for quarter in QUARTERS}
    return shown | {tuple(HALF): shown_in(months, [*QUARTERS, HALF])}


@settings(max_examples=200, deadline=None)
@given(YEARS)
def test_no_subtraction_across_periods_recovers_a_small_group(months: list[Sizes]) -> None:
    assert small_sets(months, tables(months)) == []


def each_by_itself(months: Sequence[Sizes]) -> dict[tuple[int, ...], frozenset[str]]:
    """The rule of one table for each period: a month hidden, but told by its quarter less the other months."""
    shown = {}
    for period in ((0,), (1,), (2,), (3,), *map(tuple, QUARTERS), tuple(HALF)):
        sizes = {code: sum(months[place].get(code, 0) for place in period) for code in "ABC"}
        sizes = {code: size for code, size in sizes.items() if size}
        shown[period] = frozenset(sizes) - hidden_in(sizes)
    return shown


def test_protecting_each_period_by_itself_is_noticed() -> None:
    months = [{"A": 5, "B": 12, "C": 30}, {"A": 20, "B": 20, "C": 20}, {}, {}]
    assert [("A", 0)] in small_sets(months, each_by_itself(months))
    assert small_sets(months, tables(months)) == []


def test_what_months_hide_a_quarter_may_show() -> None:
    months = [{"A": 5, "B": 6}, {"A": 7, "B": 8}, {"A": 5, "B": 6}, {"A": 30, "B": 30}]
    assert shown_in(months, [range(2)]) == {"A", "B"}
    assert shown_in(months, [range(2, 4)]) == frozenset()


def sizes_of_months(*sizes: Sizes) -> dict[str, Sizes]:
    return {f"2026-{number:02}": each for number, each in enumerate(sizes, 1)}


def test_a_quarter_that_would_tell_a_month_is_hidden() -> None:
    sizes = sizes_of_months({"L": 5, "P": 40}, {"L": 20, "P": 40}, {"L": 20, "P": 40})
    assert disclosure.shown_of(Period.parse("2026-01"), sizes) == frozenset()
    assert disclosure.shown_of(Period.parse("2026-02"), sizes) == {"L", "P"}
    assert disclosure.shown_of(Period.parse("2026-TW1"), sizes) == frozenset()


def test_a_year_shows_what_its_months_could_not() -> None:
    sizes = sizes_of_months(*[{"L": 3, "P": 4}] * 12)
    assert disclosure.shown_of(Period.parse("2026-01"), sizes) == frozenset()
    assert disclosure.shown_of(Period.parse("2026-TW1"), sizes) == frozenset()
    assert disclosure.shown_of(Period.parse("2026-S1"), sizes) == {"L", "P"}
    assert disclosure.shown_of(Period.parse("2026"), sizes) == {"L", "P"}


def test_a_run_of_months_without_a_table_of_its_own_tells_nothing_new() -> None:
    sizes = sizes_of_months({"L": 5, "P": 40, "X": 50}, {"L": 20, "P": 40, "X": 50}, {"L": 20, "P": 40, "X": 50})
    first, second = (Period.parse(text).first for text in ("2026-01", "2026-02"))
    assert disclosure.shown_of(Period(first, second), sizes) == {"X"}


@settings(max_examples=60, deadline=None)
@given(st.lists(MONTH, min_size=12, max_size=12))
def test_only_large_groups_are_ever_shown(months: list[Sizes]) -> None:
    sizes = sizes_of_months(*months)
    for text in ("2026-01", "2026-TW2", "2026-S2", "2026"):
        period = Period.parse(text)
        for code in disclosure.shown_of(period, sizes):
            assert sum(sizes[str(month)].get(code, 0) for month in period.months) >= SMALLEST


# --- what the public sees ----------------------------------------------------------------


def test_officers_ratings_without_a_code_are_told_beside_and_protect_nobody() -> None:
    sizes = {"2026-10": {"": 300, "a": 3, "b": 40}}
    shown = disclosure.shown_groups(Period.parse("2026-10"), Dimension.OFFICER, sizes)
    assert shown == {""}


def test_the_public_sees_a_section_only_with_all_its_services() -> None:
    services = [group("ktp", 20), group("kk", 12), group("waris", 4), group("trantib", 30)]
    found = disclosure.public(
        figures(
            [],
            services=services,
            sections=[group("pem", 36), group("tra", 30)],
            section_of={"ktp": "pem", "kk": "pem", "waris": "pem", "trantib": "tra"},
            public_services=frozenset({"ktp", "trantib"}),
            public_groups={Dimension.VISIT: frozenset(), Dimension.OFFICER: frozenset("a")},
            groups={
                Dimension.VISIT: [Group("", "", group("", 4))],
                Dimension.OFFICER: [Group("a", "", group("a", 99))],
            },
        )
    )
    assert [each.code for each in found.services if each.scored] == ["ktp", "trantib", disclosure.TOGETHER]
    assert [each.code for each in found.sections if each.scored] == ["tra"]
    assert found.groups[Dimension.VISIT][0].scored is None
    assert Dimension.OFFICER not in found.groups
