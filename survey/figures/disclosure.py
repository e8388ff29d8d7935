"""Hides small groups of a table, and enough others that no subtraction recovers one (pure)."""

from collections.abc import Sequence

from survey.figures.results import Group, Scored

SMALLEST = 10  # respondents of a group that is shown


def protect(groups: Sequence[Scored]) -> list[Group]:
    """The table with small groups hidden. What is hidden together is at least two groups and SMALLEST respondents:
    the total is public, so what is left of it is as good as shown.
    """
    hidden = {each.code for each in groups if 0 < each.respondents < SMALLEST}
    by_size = sorted((each for each in groups if each.respondents >= SMALLEST), key=lambda each: each.respondents)
    while hidden and by_size and not _is_safe(groups, hidden):
        hidden.add(by_size.pop(0).code)
    return [Group(each.code, each.name, None if each.code in hidden else each) for each in groups]


def _is_safe(groups: Sequence[Scored], hidden: set[str]) -> bool:
    together = sum(each.respondents for each in groups if each.code in hidden)
    return len(hidden) > 1 and together >= SMALLEST
