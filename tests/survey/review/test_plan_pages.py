"""The pages of the follow-up plan."""

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from core import clock
from core.db import db, reader
from indicators import nightly
from survey.review import queries
from survey.review.models import FollowUp
from tests import make
from tests.complaints import photo_suite

LIST = "/petugas/survei/tindak-lanjut"
PLAN = {"element": "waktu", "service": "", "action": "Loket kedua dibuka", "due": "2026-TW4", "owner": "Sekcam"}
SignIn = Callable[[str], FlaskClient]


@pytest.fixture
def head(app: Flask, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """The head's browser in November 2026; in October the lowest element was `waktu`."""
    for _turn in range(3):
        make.rating(answer=3, waktu=2)
    moment = datetime.fromisoformat("2026-11-22T03:00:00+00:00")
    monkeypatch.setattr(clock, "now", lambda: moment)
    nightly.run_now(clock.now, nightly.recount_marked)
    db.session.rollback()
    return sign_in("head")


def posted(client: FlaskClient, path: str, seen_at: str | None = None, **values: Any) -> TestResponse:
    page = seen_at or path
    token = make.token(client, page)
    return client.post(path, data={**values, "csrf_token": token})


def stored() -> FollowUp:
    db.session.rollback()
    db.session.expire_all()
    return reader().scalars(sa.select(FollowUp)).one()


def added(client: FlaskClient) -> str:
    """The address of a new line."""
    assert posted(client, f"{LIST}/baru?periode=2026-10", **PLAN).status_code == 303
    return f"{LIST}/{stored().id}"


def test_the_lowest_element_becomes_a_plan(head: FlaskClient) -> None:
    page = head.get(f"{LIST}?periode=2026-10").text
    assert f"{LIST}/baru?periode=2026-10&amp;unsur=waktu" in page
    form = head.get(f"{LIST}/baru?periode=2026-10&unsur=waktu").text
    assert '<option selected value="waktu">' in form
    added(head)
    page = head.get(f"{LIST}?periode=2026-10").text
    assert "Loket kedua dibuka" in page
    assert "sudah ada" in page
    assert "Tindak lanjut Oktober 2026" in head.get(LIST).text


def test_what_was_typed_stays_where_something_is_missing(head: FlaskClient) -> None:
    answer = posted(head, f"{LIST}/baru?periode=2026-10", **{**PLAN, "owner": ""})
    assert answer.status_code == 422
    assert "Loket kedua dibuka" in answer.text


def test_progress_is_kept_with_its_evidence(head: FlaskClient) -> None:
    path = added(head)
    photo = (io.BytesIO(photo_suite.jpeg()), "loket.jpg")
    values = {"seen": stored().changed_at.isoformat(), "stage": "done", "result": "Antre 9 menit", "evidence": photo}
    assert posted(head, f"{path}/kemajuan", path, **values).status_code == 303
    line = stored()
    assert (line.status, str(line.done_on), line.result) == ("done", "2026-11-22", "Antre 9 menit")
    assert isinstance(line.evidence_id, UUID)
    assert f"/petugas/lampiran/{line.evidence_id}" in head.get(path).text


def test_residents_are_told_in_words_of_their_own(head: FlaskClient) -> None:
    path = added(head)
    told = {"is_public": "y", "public_words": "Loket kedua kini buka."}
    early = posted(head, f"{path}/warga", path, **told, seen=stored().changed_at.isoformat())
    assert early.status_code == 422
    assert "Loket kedua kini buka." in early.text
    assert "Perlihatkan kepada warga" not in head.get(path).text
    assert "Catat dulu kemajuannya" in head.get(path).text
    posted(head, f"{path}/kemajuan", path, seen=stored().changed_at.isoformat(), stage="doing", result="")
    assert posted(head, f"{path}/warga", path, **told, seen=stored().changed_at.isoformat()).status_code == 303
    assert "Perlihatkan kepada warga" in head.get(path).text
    db.session.rollback()
    assert [row.public_words for row in queries.published(reader(), make.OFFICE)] == ["Loket kedua kini buka."]


@pytest.mark.parametrize("seen", ["", "kemarin", "2026-10-01", "2026-10-01T00:00:00+00:00"])
def test_who_saw_an_older_line_is_told(head: FlaskClient, seen: str) -> None:
    path = added(head)
    answer = posted(head, path, **{**PLAN, "action": "Lain sama sekali"}, seen=seen)
    assert answer.status_code == 422
    assert "baru saja mengubah" in answer.text
    assert "Lain sama sekali" in answer.text
    assert stored().action == "Loket kedua dibuka"


def test_a_line_that_is_not_there(head: FlaskClient) -> None:
    assert head.get(f"{LIST}/01900000-0000-7000-8000-000000000000").status_code == 404
