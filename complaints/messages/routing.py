"""Who looks after a report before it is given to somebody: the office's rows of category and desa, read in order."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from offices.rights import TRANTIB
from offices.roles import Role


@dataclass(frozen=True)
class Rule:
    """One row: reports of this category from this desa (None: of any) go to a person, or to a section's head."""

    position: int
    category: str | None
    village: str | None
    staff: UUID | None
    section: str | None


@dataclass(frozen=True)
class Person:
    """An open staff account, as far as it matters who is told."""

    id: UUID
    role: Role
    section: str | None


def looks_after(
    rules: Iterable[Rule], people: Collection[Person], category: str, village: str | None
) -> frozenset[UUID]:
    """Whom a report concerns. The lowest position wins, among equal ones the row that says more; a row whose people
    have all left is passed over. Without any row it concerns every officer.
    """
    fitting = [rule for rule in rules if rule.category in {None, category} and rule.village in {None, village}]
    for rule in sorted(fitting, key=lambda rule: (rule.position, rule.category is None, rule.village is None)):
        found = _named(rule, people)
        if found:
            return found
    return frozenset(person.id for person in people if person.role is Role.OFFICER)


def concerned(
    rules: Iterable[Rule], people: Collection[Person], assignee: UUID | None, category: str, village: str | None
) -> frozenset[UUID]:
    """Who is to act on a report: its officer while that account is open, else whoever it concerns."""
    if assignee is not None and assignee in {person.id for person in people}:
        return frozenset({assignee})
    return looks_after(rules, people, category, village)


def heads(people: Iterable[Person], section: str = TRANTIB) -> frozenset[UUID]:
    """The heads of a section."""
    return frozenset(p.id for p in people if p.role is Role.SECTION_HEAD and p.section == section)


def secretaries(people: Iterable[Person]) -> frozenset[UUID]:
    """The Sekcam."""
    return frozenset(person.id for person in people if person.role is Role.SECRETARY)


def _named(rule: Rule, people: Collection[Person]) -> frozenset[UUID]:
    if rule.section is not None:
        return heads(people, rule.section)
    return frozenset(person.id for person in people if person.id == rule.staff)
