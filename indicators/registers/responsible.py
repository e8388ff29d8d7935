"""Who answers for an indicator and may say something of it, as offices/rights.py has it (pure)."""

from collections.abc import Mapping

from indicators.sheet import Indicator
from offices import rights
from offices.rights import Action
from offices.roles import Role

# What those do who answer for it (domain.md, the six main indicators).
ANSWERING: Mapping[Indicator, Action] = {
    Indicator.DOCUMENTS: Action.ANSWER_DOCUMENTS,
    Indicator.IKM: Action.ANSWER_IKM,
    Indicator.WELFARE: Action.ANSWER_WELFARE,
    Indicator.SETTLEMENT: Action.ANSWER_SETTLEMENT,
    Indicator.SAKIP: Action.ANSWER_SAKIP,
    Indicator.PROGRAMME: Action.ANSWER_PROGRAMME,
}


def writing(indicator: Indicator) -> tuple[Action, ...]:
    """What lets somebody write of the indicator: answering for it, or filling in for whoever does."""
    return Action.FILL_FOR_ALL, ANSWERING[indicator]


def is_responsible(indicator: Indicator, role: Role, section: str | None) -> bool:
    """Whether the account answers for the indicator."""
    return rights.may(role, section, ANSWERING[indicator])


def may_write(indicator: Indicator, role: Role, section: str | None) -> bool:
    """Whether the account may write the note on the indicator."""
    return rights.may(role, section, *writing(indicator))
