"""Staff roles. What each may do stands in offices/rights.py."""

from enum import StrEnum


class Role(StrEnum):
    """One role an account."""

    OFFICER = "officer"
    SECTION_HEAD = "section_head"
    SECRETARY = "secretary"
    HEAD = "head"
    OPERATOR = "operator"
    REGENCY = "regency"
    AUDITOR = "auditor"


LABELS = {
    Role.OFFICER: "Petugas Seksi Trantib",
    Role.SECTION_HEAD: "Kepala Seksi",
    Role.SECRETARY: "Sekcam",
    Role.HEAD: "Camat",
    Role.OPERATOR: "Operator",
    Role.REGENCY: "Pembina kabupaten",
    Role.AUDITOR: "Auditor",
}
