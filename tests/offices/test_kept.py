from core.db import reader
from offices import queries
from offices.kept import MOST, kept
from offices.models import Office
from tests import make


def office() -> Office:
    return queries.office(reader(), make.OFFICE)


def test_it_is_made_once(app):
    made: list[str] = []
    for _ in range(3):
        assert kept(office(), "titik", lambda: made.append("x") or "nilai") == "nilai"
    assert made == ["x"]


def test_another_revision_is_made_anew(app):
    here = office()
    assert kept(here, "titik", lambda: "lama") == "lama"
    here.revision += 1
    assert kept(here, "titik", lambda: "baru") == "baru"


def test_nothing_is_not_kept(app):
    assert kept(office(), "tidak ada", lambda: None) is None
    assert kept(office(), "tidak ada", lambda: "ada") == "ada"


def test_it_never_fills_up(app):
    for number in range(3 * MOST):
        kept(office(), number, lambda: "nilai")
    assert len(app.extensions["kept"]) <= MOST
