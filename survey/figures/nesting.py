"""Which groups of a breakdown may be shown in a longer period, beside the tables of the periods inside it (pure).

A month hides its small groups. A longer period may show a group's sum over months that hid it; then that sum is known,
beside what each month hid altogether. Adding and subtracting these tells the size of a set of hidden respondents in two
ways only, both looked at here (docs/adr/0021): from all that some months hid, take the known sums that lie wholly in
these months; or from known sums take all that was hidden in the months which they cover whole.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SMALLEST = 10  # respondents of a group that is shown, and of anything that can be told by subtraction
Sizes = Mapping[str, int]  # group → respondents, none of 0


@dataclass(frozen=True)
class Part:
    """A group's hidden respondents in some months (a set of bits), whose sum is known from a longer period."""

    code: str
    months: int
    size: int


def hidden_in(sizes: Sizes) -> frozenset[str]:
    """The groups that one table hides: the small ones, and if these are fewer than SMALLEST together, the smallest
    other group as well, because what is left of the total is as good as shown. Of groups about as large (by powers of
    two) it is the same one every month, so that a longer period can show the others.
    """
    small = {code for code, size in sizes.items() if size < SMALLEST}
    others = sorted((size.bit_length(), code) for code, size in sizes.items() if size >= SMALLEST)
    if small and others and sum(sizes[code] for code in small) < SMALLEST:
        small.add(others[0][1])
    return frozenset(small)


def shown_in(months: Sequence[Sizes], spans: Sequence[range]) -> frozenset[str]:
    """The groups that may be shown in the last of `spans`, with a table for each month.

    `spans` are all periods in it for which there is a table, by the places of their months, shorter ones first; none
    overlaps another but by lying in it.
    """
    cells = Cells(months)
    shown: frozenset[str] = frozenset(code for sizes in months for code in sizes) - frozenset().union(*cells.hidden)
    for span in spans:
        shown = cells.reveal(span)
    return shown


class Cells:
    """What each month hides, and the sums over them that longer periods have shown so far."""

    def __init__(self, months: Sequence[Sizes]) -> None:
        self.months = months
        self.hidden = [hidden_in(sizes) for sizes in months]
        self.left = [sum(sizes[code] for code in hidden) for sizes, hidden in zip(months, self.hidden, strict=True)]
        self.parts: list[Part] = []

    def reveal(self, span: range) -> frozenset[str]:
        """The groups to show in a period: as many respondents as can be shown safely. Remembers their sums."""
        codes = {code for place in span for code in self.months[place]}
        new = {code: part for code in sorted(codes) if (part := self._rest(code, span)).months}
        chosen = self._safe([part for part in new.values() if part.size >= SMALLEST])
        self.parts += chosen
        return frozenset(codes - new.keys()) | {part.code for part in chosen}

    def _rest(self, code: str, span: range) -> Part:
        """The group's hidden respondents in the period, of whom no sum is known yet."""
        known = [part.months for part in self.parts if part.code == code]
        places = [
            place for place in span if code in self.hidden[place] and not any(months >> place & 1 for months in known)
        ]
        return Part(code, sum(1 << place for place in places), sum(self.months[place][code] for place in places))

    def _safe(self, wanted: Sequence[Part]) -> list[Part]:
        """Of the wanted sums those that may be known together; smaller ones are given up first."""
        chosen, given_up = sorted(wanted, key=lambda part: (-part.size, part.code)), []
        while chosen and not self._is_safe([*self.parts, *chosen]):
            given_up.append(chosen.pop())
        for part in reversed(given_up[:-1]):
            if self._is_safe([*self.parts, *chosen, part]):
                chosen.append(part)
        return chosen

    def _is_safe(self, parts: Sequence[Part]) -> bool:
        whole = self._covered(parts)
        return all(
            _is_large(self._left(months) - sum(part.size for part in parts if not part.months & ~months))
            and _is_large(self._beyond(whole & ~months, parts))
            for months in _unions(parts)
        )

    def _covered(self, parts: Sequence[Part]) -> int:
        """The months of whose hidden groups each lies in a known sum."""
        places = range(len(self.months))
        covering = [sum(part.months >> place & 1 for part in parts) for place in places]
        return sum(1 << place for place in places if covering[place] and covering[place] == len(self.hidden[place]))

    def _beyond(self, months: int, parts: Sequence[Part]) -> int:
        """Of the known sums that reach into these months: what of them lies in others."""
        return sum(part.size for part in parts if part.months & months) - self._left(months)

    def _left(self, months: int) -> int:
        return sum(left for place, left in enumerate(self.left) if months >> place & 1)


def _unions(parts: Sequence[Part]) -> set[int]:
    """Every set of months that is the union of some parts' months, none of them too."""
    found = {0}
    for months in {part.months for part in parts}:
        found |= {months | other for other in found}
    return found


def _is_large(size: int) -> bool:
    return size == 0 or size >= SMALLEST
