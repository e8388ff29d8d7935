"""Who may do what, with whose things: one table for guard, menus, services and tests (docs/adr/0036; pure)."""

from collections.abc import Mapping
from enum import StrEnum

from offices.roles import Role

GOVERNMENT, SERVICE, WELFARE, TRANTIB = "pemerintahan", "pelayanan-umum", "pmks", "trantib"


class Reach(StrEnum):
    """Whose things an action touches."""

    SECTION = "section"
    OFFICE = "office"
    REGENCY = "regency"


class Action(StrEnum):
    """One word for each thing that staff do."""

    OWN_ACCOUNT = "own_account"
    OWN_DESK = "own_desk"
    SEE_STYLE = "see_style"
    READ_CASES = "read_cases"
    EXPORT_CASES = "export_cases"
    HANDLE_CASES = "handle_cases"
    SEE_CORRECTIONS = "see_corrections"
    SEE_IDENTITY = "see_identity"
    OVERSEE_CASES = "oversee_cases"
    CHECK_CHAIN = "check_chain"
    OPEN_ATTACHMENTS = "open_attachments"
    READ_SURVEY = "read_survey"
    ENTER_RATINGS = "enter_ratings"
    REVIEW_RATINGS = "review_ratings"
    HANDLE_SUGGESTIONS = "handle_suggestions"
    KEEP_PLANS = "keep_plans"
    EXPORT_RATINGS = "export_ratings"
    READ_SUMMARY = "read_summary"
    READ_REGISTERS = "read_registers"
    ANSWER_DOCUMENTS = "answer_documents"
    ANSWER_IKM = "answer_ikm"
    ANSWER_WELFARE = "answer_welfare"
    ANSWER_SETTLEMENT = "answer_settlement"
    ANSWER_SAKIP = "answer_sakip"
    ANSWER_PROGRAMME = "answer_programme"
    FILL_FOR_ALL = "fill_for_all"
    CHECK_NOTES = "check_notes"
    LOCK_MONTH = "lock_month"
    APPROVE_MONTH = "approve_month"
    RECOUNT_MONTH = "recount_month"
    SET_TARGETS = "set_targets"
    MANAGE_OFFICE = "manage_office"
    MANAGE_MASTER_DATA = "manage_master_data"
    MANAGE_ACCOUNTS = "manage_accounts"
    MANAGE_SURVEY = "manage_survey"
    IMPORT_RATINGS = "import_ratings"
    MANAGE_SYSTEMS = "manage_systems"
    KEEP_PRIVACY = "keep_privacy"
    SEE_HEALTH = "see_health"
    READ_RIGHTS = "read_rights"
    READ_TRAIL = "read_trail"
    OVERSEE_REGENCY = "oversee_regency"


Holders = Mapping[Role, Reach]


def _section(*roles: Role) -> Holders:
    return dict.fromkeys(roles, Reach.SECTION)


def _office(*roles: Role) -> Holders:
    return dict.fromkeys(roles, Reach.OFFICE)


_OFFICER, _CHIEF, _SEKCAM, _CAMAT = Role.OFFICER, Role.SECTION_HEAD, Role.SECRETARY, Role.HEAD
_OPERATOR, _REGENCY, _AUDITOR = Role.OPERATOR, Role.REGENCY, Role.AUDITOR
# Whoever works in an office. Who looks after a regency or audits an office works at no desk, and sees no case.
_STAFF = _office(_OFFICER, _CHIEF, _SEKCAM, _CAMAT, _OPERATOR)
_REVIEWERS = _office(_CHIEF, _SEKCAM, _CAMAT, _OPERATOR)
_LEADERS = _office(_SEKCAM, _CAMAT)
_HANDLERS = _section(_OFFICER, _CHIEF)

RIGHTS: Mapping[Action, Holders] = {
    Action.OWN_ACCOUNT: _office(*Role),
    Action.OWN_DESK: _STAFF,
    Action.SEE_STYLE: _STAFF,
    Action.READ_CASES: _STAFF,
    Action.EXPORT_CASES: _STAFF,
    Action.HANDLE_CASES: _HANDLERS,
    Action.SEE_CORRECTIONS: {**_HANDLERS, **_LEADERS},
    Action.SEE_IDENTITY: _HANDLERS,
    Action.OVERSEE_CASES: {**_section(_CHIEF), **_LEADERS},
    Action.CHECK_CHAIN: _REVIEWERS,
    Action.OPEN_ATTACHMENTS: _STAFF,
    Action.READ_SURVEY: _STAFF,
    Action.ENTER_RATINGS: _STAFF,
    Action.REVIEW_RATINGS: _REVIEWERS,
    Action.HANDLE_SUGGESTIONS: _REVIEWERS,
    Action.KEEP_PLANS: _REVIEWERS,
    Action.EXPORT_RATINGS: _REVIEWERS,
    Action.READ_SUMMARY: _STAFF,
    Action.READ_REGISTERS: _STAFF,
    Action.ANSWER_DOCUMENTS: _office(_CAMAT),
    Action.ANSWER_IKM: _section(_CHIEF),
    Action.ANSWER_WELFARE: _section(_CHIEF),
    Action.ANSWER_SETTLEMENT: _section(_CHIEF),
    Action.ANSWER_SAKIP: _office(_CAMAT),
    Action.ANSWER_PROGRAMME: _office(_SEKCAM),
    Action.FILL_FOR_ALL: _office(_SEKCAM, _OPERATOR),
    Action.CHECK_NOTES: _office(_SEKCAM),
    Action.LOCK_MONTH: _office(_SEKCAM),
    Action.APPROVE_MONTH: _office(_CAMAT),
    Action.RECOUNT_MONTH: _office(_SEKCAM, _OPERATOR),
    Action.SET_TARGETS: _office(_SEKCAM, _OPERATOR),
    Action.MANAGE_OFFICE: _office(_OPERATOR),
    Action.MANAGE_MASTER_DATA: _office(_OPERATOR),
    Action.MANAGE_ACCOUNTS: _office(_OPERATOR),
    Action.MANAGE_SURVEY: _office(_OPERATOR),
    Action.IMPORT_RATINGS: _office(_OPERATOR),
    Action.MANAGE_SYSTEMS: _office(_OPERATOR),
    Action.KEEP_PRIVACY: _office(_SEKCAM, _OPERATOR),
    Action.SEE_HEALTH: _office(_SEKCAM, _CAMAT, _OPERATOR),
    Action.READ_RIGHTS: _office(_SEKCAM, _CAMAT, _OPERATOR),
    Action.READ_TRAIL: _office(_OPERATOR, _AUDITOR),
    Action.OVERSEE_REGENCY: {_REGENCY: Reach.REGENCY},
}
# Whose business an action is, where somebody's reach is their own section.
SECTIONS: Mapping[Action, frozenset[str]] = {
    Action.HANDLE_CASES: frozenset({TRANTIB}),
    Action.SEE_CORRECTIONS: frozenset({TRANTIB}),
    Action.SEE_IDENTITY: frozenset({TRANTIB}),
    Action.OVERSEE_CASES: frozenset({TRANTIB}),
    Action.ANSWER_IKM: frozenset({GOVERNMENT, SERVICE, WELFARE, TRANTIB}),
    Action.ANSWER_WELFARE: frozenset({WELFARE}),
    Action.ANSWER_SETTLEMENT: frozenset({TRANTIB}),
}
# The section of those whose role says it, whatever their account says.
SECTION_OF: Mapping[Role, str] = {Role.OFFICER: TRANTIB}


def reach(role: Role, action: Action) -> Reach | None:
    """With whose things somebody of this role may do it; None: not at all."""
    return RIGHTS[action].get(role)


def allowed(role: Role, action: Action) -> bool:
    """Whether somebody of this role may do it, be it only for their own section."""
    return reach(role, action) is not None


def may(role: Role, section: str | None, *actions: Action) -> bool:
    """Whether somebody of this role, who belongs to this section (None: to none), may do one of these."""
    return any(_may(role, section, action) for action in actions)


def holders(*actions: Action) -> frozenset[Role]:
    """The roles that may do one of these, be it only for their own section."""
    return frozenset(role for action in actions for role in RIGHTS[action])


def _may(role: Role, section: str | None, action: Action) -> bool:
    if reach(role, action) is Reach.SECTION:
        return SECTION_OF.get(role, section) in SECTIONS[action]
    return allowed(role, action)
