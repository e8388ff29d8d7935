"""Whose accounts need a second factor: the words of the office's setting (pure)."""

from collections.abc import Mapping

from offices.roles import Role

EVERYBODY, NOBODY = "semua", "tidak"
WORDS: Mapping[str, Role] = {
    "petugas": Role.OFFICER,
    "kepala-seksi": Role.SECTION_HEAD,
    "sekcam": Role.SECRETARY,
    "camat": Role.HEAD,
    "operator": Role.OPERATOR,
    "pembina": Role.REGENCY,
    "auditor": Role.AUDITOR,
}


def roles(text: str) -> frozenset[Role]:
    """From "semua", "tidak" or words like "camat, operator"; raises ValueError."""
    if text.strip() == EVERYBODY:
        return frozenset(Role)
    words = [word.strip() for word in text.split(",")] if text.strip() != NOBODY else []
    if not set(words) <= set(WORDS):
        raise ValueError(f"{EVERYBODY}, {NOBODY}, atau kata dari {', '.join(WORDS)}, dipisah koma")
    return frozenset(WORDS[word] for word in words)
