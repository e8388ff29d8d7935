"""Staff roles, and what each may open."""

from enum import StrEnum


class Role(StrEnum):
    """One role an account."""

    OFFICER = "officer"
    SECTION_HEAD = "section_head"
    SECRETARY = "secretary"
    HEAD = "head"
    OPERATOR = "operator"
    REGENCY = "regency"


LABELS = {
    Role.OFFICER: "Petugas Seksi Trantib",
    Role.SECTION_HEAD: "Kepala Seksi",
    Role.SECRETARY: "Sekcam",
    Role.HEAD: "Camat",
    Role.OPERATOR: "Operator",
    Role.REGENCY: "Pembina kabupaten",
}
# The roles of an office: who looks after all offices of a regency belongs to none of them, and sees no case.
EVERYONE = frozenset(Role) - {Role.REGENCY}
OVERSEERS = frozenset({Role.REGENCY})
# Who may open the reports of Seksi Trantib.
CASE_READERS = EVERYONE
# Who edits master data and accounts, and sees the nightly runs.
OPERATORS = frozenset({Role.OPERATOR})
# Who may take a doubtful rating out of the index, handle suggestions and keep the follow-up plan.
SURVEY_REVIEWERS = frozenset({Role.SECTION_HEAD, Role.SECRETARY, Role.HEAD, Role.OPERATOR})
