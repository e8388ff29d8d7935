"""The service worker: where it is served, which pages ask for it, what it brings along."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient


def test_it_is_served_from_the_root_and_asked_for_afresh(client: FlaskClient) -> None:
    answer = client.get("/sw.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.text.count("/static/sw-push.js") == 1, "listened twice, each notice would be shown twice"


@pytest.mark.parametrize("path", ["/lapor", "/lacak"])
def test_the_residents_forms_load_the_queue(client: FlaskClient, path: str) -> None:
    assert "antrean.js" in client.get(path).text


def test_the_sign_in_page_does_not_and_the_desk_does(
    client: FlaskClient, sign_in: Callable[[str], FlaskClient]
) -> None:
    assert "antrean.js" not in client.get("/masuk").text
    assert "lapangan.js" in sign_in("officer").get("/petugas").text


def test_an_officer_is_told_which_cases_to_keep(sign_in: Callable[[str], FlaskClient]) -> None:
    assert sign_in("officer").get("/petugas/kasus-saya.json").get_json() == {"cases": [], "left_out": 0}
