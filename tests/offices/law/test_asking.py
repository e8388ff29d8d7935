"""Residents always learn whom to ask about their data, and how."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from offices.law import asking
from offices.models import Office

NONE = dict.fromkeys(("privacy_contact", "office_phone", "office_email", "office_address"), "tidak")


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({}, ["Kecamatan X"]),
        ({"office_phone": "0331 1", "office_address": "Jl. A"}, ["Kecamatan X", "0331 1", "Jl. A"]),
        ({"privacy_contact": "Bu Siti", "office_email": "a@b.id"}, ["Bu Siti", "a@b.id"]),
    ],
)
def test_the_office_stands_in_for_a_person(said: dict[str, str], found: list[str]) -> None:
    assert asking.contacts({**NONE, **said}, Office(name="Kecamatan X")) == found


@pytest.mark.parametrize("role", ["operator", "secretary"])
def test_who_answers_for_it_is_told_that_nobody_is_named(sign_in: Callable[[str], FlaskClient], role: str) -> None:
    page = sign_in(role).get("/pengaturan/pemrosesan").text
    assert "Belum ada orang yang dapat ditanyai warga" in page
    assert ("Buka pengaturan kantor" in page) is (role == "operator")
