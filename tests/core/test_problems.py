"""What people see when the database is gone: a page that was made without it."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_security.datastore import SQLAlchemyUserDatastore
from sqlalchemy.exc import OperationalError


def gone(*_args: object, **_names: object) -> None:
    raise OperationalError("SELECT", {}, Exception("the server is gone"))


@pytest.mark.parametrize("path", ["/petugas", "/tidak-ada"])
def test_who_is_signed_in_gets_a_page_too(
    app: Flask,
    sign_in: Callable[[str], FlaskClient],
    monkeypatch: pytest.MonkeyPatch,
    path: str,
) -> None:
    officer = sign_in("officer")
    app.config["PROPAGATE_EXCEPTIONS"] = False  # as in production
    monkeypatch.setattr(SQLAlchemyUserDatastore, "find_user", gone)
    answer = officer.get(path)
    assert answer.status_code == 503
    assert 'lang="id"' in answer.text
