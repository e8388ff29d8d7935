"""Whose accounts need a second factor."""

import pytest

from offices.roles import Role
from offices.signin import required


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("semua", set(Role)),
        ("tidak", set()),
        ("camat", {Role.HEAD}),
        ("operator, pembina", {Role.OPERATOR, Role.REGENCY}),
        (" petugas,kepala-seksi ", {Role.OFFICER, Role.SECTION_HEAD}),
    ],
)
def test_the_office_says_for_whom(text: str, roles: set[Role]) -> None:
    assert required.roles(text) == roles


@pytest.mark.parametrize("text", ["", "lurah", "camat;sekcam", "semua, camat"])
def test_other_words_are_refused_with_those_there_are(text: str) -> None:
    with pytest.raises(ValueError, match="kepala-seksi"):
        required.roles(text)


def test_every_role_has_a_word() -> None:
    assert set(required.WORDS.values()) == set(Role)
