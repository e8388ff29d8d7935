"""Who answers for an indicator and may say something of it (domain.md, the six main indicators; pure)."""

from collections.abc import Mapping
from dataclasses import dataclass

from indicators.sheet import Indicator
from offices.roles import Role


@dataclass(frozen=True)
class Duty:
    """Those who answer for an indicator: whoever has one of the roles, and the heads of the sections."""

    roles: frozenset[Role] = frozenset()
    sections: frozenset[str] = frozenset()

    def is_of(self, role: Role, section: str | None) -> bool:
        """Whether an account with this role and section answers for it."""
        return role in self.roles or (role is Role.SECTION_HEAD and section in self.sections)


_CAMAT, _SEKCAM = Duty(frozenset({Role.HEAD})), Duty(frozenset({Role.SECRETARY}))
DUTIES: Mapping[Indicator, Duty] = {
    Indicator.DOCUMENTS: _CAMAT,
    Indicator.IKM: Duty(sections=frozenset({"pemerintahan", "pelayanan-umum", "pmks", "trantib"})),
    Indicator.WELFARE: Duty(sections=frozenset({"pmks"})),
    Indicator.SETTLEMENT: Duty(sections=frozenset({"trantib"})),
    Indicator.SAKIP: _CAMAT,
    Indicator.PROGRAMME: _SEKCAM,
}
# They may write for whoever answers for it.
FOR_ALL = frozenset({Role.SECRETARY, Role.OPERATOR})
CHECKERS = frozenset({Role.SECRETARY})


def is_responsible(indicator: Indicator, role: Role, section: str | None) -> bool:
    """Whether the account answers for the indicator."""
    return DUTIES[indicator].is_of(role, section)


def may_write(indicator: Indicator, role: Role, section: str | None) -> bool:
    """Whether the account may write the note on the indicator."""
    return role in FOR_ALL or is_responsible(indicator, role, section)


def may_check(role: Role) -> bool:
    """Whether the account may say that a note is checked."""
    return role in CHECKERS
