from collections.abc import Callable

from flask.testing import FlaskClient


def test_the_style_page_shows_every_component(sign_in: Callable[[str], FlaskClient]) -> None:
    answer = sign_in("officer").get("/gaya")
    assert answer.status_code == 200
    assert "Isi Nama" in answer.text or "belum diisi" in answer.text
