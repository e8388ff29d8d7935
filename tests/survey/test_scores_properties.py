"""What must hold of the survey arithmetic for any answers."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from survey.scores import EMPTY, Tally, element_scores, ikm, sample_needed
from tests.survey import given as rooms

Answers = list[list[int]]
answers = st.lists(st.integers(1, 4), min_size=9, max_size=9)
sheets = st.lists(answers, min_size=1, max_size=25)


def counted(sheet: Answers) -> Tally:
    """The tally of a sheet without invalid rows."""
    tally, invalid = rooms.counted(sheet)
    assert invalid == 0
    return tally


def index(sheet: Answers) -> Decimal:
    """The index of a sheet with at least one row."""
    value = ikm(counted(sheet))
    assert value is not None
    return value


@given(sheets, st.data())
def test_the_order_of_respondents_does_not_matter(sheet: Answers, data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(sheet))
    assert counted(shuffled) == counted(sheet)


@given(sheets, st.data())
def test_raising_one_answer_never_lowers_the_index(sheet: Answers, data: st.DataObject) -> None:
    row = data.draw(st.integers(0, len(sheet) - 1))
    place = data.draw(st.integers(0, 8))
    raised = [list(each) for each in sheet]
    raised[row][place] = min(4, raised[row][place] + 1)
    assert index(raised) >= index(sheet)


@given(sheets)
def test_the_index_lies_within_25_and_100(sheet: Answers) -> None:
    assert 25 <= index(sheet) <= 100


@given(sheets)
def test_the_same_answer_everywhere_is_its_own_index(sheet: Answers) -> None:
    for answer in (1, 2, 3, 4):
        assert index([[answer] * 9 for _ in sheet]) == answer * 25


@given(st.lists(st.tuples(answers, st.integers(0, 3)), max_size=25))
def test_splitting_by_service_and_pooling_gives_the_whole(rated: list[tuple[list[int], int]]) -> None:
    services = [[row for row, service in rated if service == each] for each in range(4)]
    pooled = sum(map(counted, services), EMPTY)
    assert pooled == counted([row for row, _ in rated])


@given(sheets, st.integers(1, 5))
def test_asking_everybody_again_changes_nothing(sheet: Answers, times: int) -> None:
    assert index(sheet * times) == index(sheet)


@given(sheets)
def test_ranks_follow_the_sums(sheet: Answers) -> None:
    scores = element_scores(counted(sheet))
    for one in scores:
        assert one.rank == 1 + sum(other.sum > one.sum for other in scores)


@given(st.integers(0, 10**9))
def test_a_sample_never_asks_more_people_than_there_are(service_users: int) -> None:
    assert sample_needed(service_users) <= min(service_users, 384)
    assert sample_needed(service_users) <= sample_needed(service_users + 1)
