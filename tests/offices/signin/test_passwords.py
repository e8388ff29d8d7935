"""Which passwords may be chosen."""

import pytest
from flask import Flask
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from offices.signin import passwords

OWNER = ("siti.aminah@kantor.go.id", "Siti Aminah")


@pytest.mark.parametrize(
    "password",
    ["", "pendek", "sebelas1234", "a" * 129, "aaaaaaaaaaaa", "123456789012", "qwertyuiop12", "password1234",
     "mumbulsari2026", "sitiaminah1990", "kecamatanjember", "siti.aminah1", "katasandi1234", "operator12345"],
)  # fmt: skip
def test_what_is_short_or_easily_guessed_is_refused(app: Flask, password: str) -> None:
    assert passwords.fault(password, *OWNER)


@pytest.mark.parametrize(
    "password",
    ["kata sandi ujian", "kerbau ungu makan teh", "Xq7!vT2m#Lp9", "jendela.sepeda.hujan", "kuda lompat bulan " * 7],
)  # fmt: skip
def test_some_words_that_belong_to_nobody_are_taken(app: Flask, password: str) -> None:
    assert passwords.fault(password, *OWNER) is None


def test_every_common_password_that_is_long_enough_is_refused(app: Flask) -> None:
    common = [word for word in FREQUENCY_LISTS["passwords"] if len(word) >= passwords.SHORTEST]
    assert len(common) > 50
    assert [word for word in common if not passwords.fault(word, *OWNER)] == []
