"""Which passwords may be chosen: long, and not easily guessed (docs/adr/0034)."""

import re
from typing import Any

from flask import Flask
from flask_babel import gettext as _
from flask_security import PasswordUtil
from zxcvbn import zxcvbn

from offices.models import Staff

SHORTEST = 12
LONGEST = 128
LEAST_SCORE = 3  # zxcvbn's: more than 10^8 guesses, its lists of common passwords tried first
LONGEST_SCORED = 72  # what is longer is judged by its beginning
# What a neighbour would try first.
OFFICE_WORDS = (
    "mumbulsari", "jember", "kecamatan", "kantor", "camat", "sekcam", "operator", "petugas", "trantib", "sukma",
    "pelayanan", "rahasia", "katasandi", "sandi", "indonesia", "merdeka", "bismillah", "sayang", "anjing",
)  # fmt: skip


def fault(password: str, *known: str) -> str | None:
    """What is wrong with a new password, given words that are `known` of its owner; None when nothing is."""
    if not SHORTEST <= len(password) <= LONGEST:
        return _("Kata sandi sedikitnya %(least)s dan paling banyak %(most)s huruf.", least=SHORTEST, most=LONGEST)
    words = [word for text in known for word in (text, *_parts(text))]
    if zxcvbn(password[:LONGEST_SCORED], user_inputs=[*words, *OFFICE_WORDS])["score"] < LEAST_SCORE:
        return _("Kata sandi ini mudah ditebak. Pakai beberapa kata yang tidak berkaitan dengan Anda atau kantor.")
    return None


class Passwords(PasswordUtil):
    """The sign-in library's way to ask."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)

    def validate(self, password: str, is_register: bool, **kwargs: Any) -> tuple[list[str] | None, str]:  # noqa: FBT001 (the library's)
        """(what is wrong, the password in its normal form)."""
        normal = self.normalize(password)
        account: Staff = kwargs["user"]
        found = fault(normal, account.name, account.email)
        return ([found] if found else None), normal


def _parts(text: str) -> list[str]:
    """What stands before the @, its words, and these without anything between them."""
    front = text.lower().partition("@")[0]
    words = re.findall(r"\w{3,}", front)
    return [front, *words, "".join(words)]
