from flask import Flask

from core.db import reader
from offices import queries
from offices.kept import MOST, kept
from offices.models import Office
from tests import make


def office() -> Office:
    return queries.office(reader(), make.OFFICE)


def test_it_is_made_once(app: Flask) -> None:
    made: list[str] = []

    def make_it() -> str:
        made.append("x")
        return "nilai"

    assert {kept(office(), "titik", make_it) for _ in range(3)} == {"nilai"}
    assert made == ["x"]


def test_another_revision_is_made_anew(app: Flask) -> None:
    here = office()
    assert kept(here, "titik", lambda: "lama") == "lama"
    here.revision += 1
    assert kept(here, "titik", lambda: "baru") == "baru"


def test_nothing_is_not_kept(app: Flask) -> None:
    assert kept(office(), "tidak ada", lambda: None) is None
    assert kept(office(), "tidak ada", lambda: "ada") == "ada"


def test_it_never_fills_up(app: Flask) -> None:
    for number in range(3 * MOST):
        kept(office(), number, lambda: "nilai")
    assert len(app.extensions["kept"]) <= MOST
