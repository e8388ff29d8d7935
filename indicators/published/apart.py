"""Whether a breakdown may be told anew beside an earlier one of the same month (docs/adr/0033; pure)."""

from collections.abc import Mapping

from survey.figures.nesting import SMALLEST, hidden_in

# Edition → respondents, squares and sums of a group; of each breakdown, by the group's code.
Counts = Mapping[str, tuple[int, ...]]
Breakdown = Mapping[str, Counts]
Breakdowns = Mapping[str, Breakdown]


def may_stand_beside(told: Breakdowns, new: Breakdowns) -> bool:
    """Whether the new breakdowns less those that were told leave nobody alone: each group is as it was or has changed
    by at least ten people, and the same groups are hidden.
    """
    kinds = {*told, *new}
    return all(_is_apart(told.get(kind, {}), new.get(kind, {})) for kind in kinds)


def _is_apart(told: Breakdown, new: Breakdown) -> bool:
    groups = {*told, *new}
    same = all(_is_same_or_far(told.get(group, {}), new.get(group, {})) for group in groups)
    return same and hidden_in(_sizes(told)) == hidden_in(_sizes(new))


def _is_same_or_far(told: Counts, new: Counts) -> bool:
    return told == new or abs(_people(new) - _people(told)) >= SMALLEST


def _sizes(breakdown: Breakdown) -> dict[str, int]:
    return {group: people for group, counts in breakdown.items() if (people := _people(counts))}


def _people(counts: Counts) -> int:
    return sum(each[0] for each in counts.values())
