"""My data: seen, taken away and erased by whoever holds the receipt, and by nobody else."""

import io
import json
import zipfile

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from complaints import queries
from complaints.contacts import Who, seal_who
from complaints.following import my_data
from complaints.models import Contact
from complaints.queries import Opened
from complaints.reporting.intake import Handed, Keys
from tests import make
from tests.complaints import cases
from tests.complaints.answering import answer, joined, opened
from tests.complaints.pages import fields_of
from tests.complaints.submitting import KEYS, fresh, send

SITI = Who("Bu Siti", "0812 3456 7890", "")


def named() -> str:
    return send(name=SITI.name, phone=SITI.phone).number


def seen(who: Opened) -> my_data.MyData:
    return my_data.my_data(fresh(), who, KEYS.identity)


def test_everything_that_came_with_the_receipt_is_there(any_app: Flask) -> None:
    number = named()
    answer(number, "add", "Masih terjadi")
    data = seen(opened(number))
    assert (data.who, data.report, [text for _at, text in data.said]) == (
        SITI, "Sound horeg sampai pagi", ["Masih terjadi"],
    )  # fmt: skip


def test_nobody_sees_what_another_said(any_app: Flask) -> None:
    number = named()
    joiner = joined(cases.report(number).id, said="Saya juga", sealed=seal_who(KEYS.identity, Who("Pak Jo")))
    answer(number, "add", "Rahasia Siti")
    answer(number, "add", "Rahasia Jo", joiner=joiner)
    first, second = seen(opened(number)), seen(opened(number, joiner))
    assert (second.report, second.joined, second.who.name) == ("", "Saya juga", "Pak Jo")
    assert "Rahasia Siti" not in str(second)
    assert "Rahasia Jo" not in str(first)


def test_erasing_forgets_who_and_keeps_the_case(any_app: Flask) -> None:
    number = named()
    for _tap in range(2):
        my_data.erase(opened=opened(number), now=cases.LATER)
    data = seen(opened(number))
    assert (data.who, data.report) == (Who(), "Sound horeg sampai pagi")
    assert fresh().scalar(sa.select(sa.func.count()).select_from(Contact)) == 0
    assert [event.move for event in cases.history(number)] == ["receive", "erase"]
    assert queries.verify_chain(fresh(), make.OFFICE) is None


def test_a_joiner_erases_their_own_words_and_nobody_elses(any_app: Flask) -> None:
    number = named()
    joiner = joined(cases.report(number).id, said="Saya juga", sealed=b"x")
    answer(number, "add", "Kata Siti")
    answer(number, "add", "Kata Jo", joiner=joiner)
    my_data.erase(opened=opened(number, joiner), now=cases.LATER)
    steps = queries.events_of(fresh(), make.OFFICE, cases.report(number).id)
    assert [step.words.said for step in steps if step.words.said] == ["Kata Siti"]
    assert seen(opened(number)).who == SITI
    assert seen(opened(number, joiner)).joined == ""
    assert queries.verify_chain(fresh(), make.OFFICE) is None


def test_what_a_joiner_wrote_later_can_be_erased_by_itself(any_app: Flask) -> None:
    number = named()
    joiner = joined(cases.report(number).id)
    assert not seen(opened(number, joiner)).erasable
    answer(number, "add", "Kata Jo", joiner=joiner)
    assert seen(opened(number, joiner)).erasable
    my_data.erase(opened=opened(number, joiner), now=cases.LATER)
    assert not seen(opened(number, joiner)).said


def test_erasing_nothing_leaves_no_trace(any_app: Flask) -> None:
    number = send().number
    my_data.erase(opened=opened(number), now=cases.LATER)
    assert [event.move for event in cases.history(number)] == ["receive"]


@pytest.fixture
def handed(app: Flask) -> Handed:
    keys = Keys(receipt=app.config["RECEIPT_KEY"], identity=app.config["IDENTITY_KEY"])
    return send(keys=keys, name=SITI.name, phone=SITI.phone)


def test_the_page_shows_it_and_erases_it_when_sure(client: FlaskClient, handed: Handed) -> None:
    path = f"/lacak/{handed.code}/data"
    page = client.get(path)
    assert "Bu Siti" in page.text
    fields = fields_of(page.text)
    assert client.post(path, data=fields).status_code == 422
    assert "Bu Siti" in client.get(path).text
    answer = client.post(path, data=fields | {"sure": "y"}, follow_redirects=True)
    assert "sudah kami hapus" in answer.text
    assert "Bu Siti" not in answer.text
    assert client.get(f"/lacak/{handed.code}").status_code == 200


def test_looking_erases_nothing(client: FlaskClient, handed: Handed) -> None:
    client.head(f"/lacak/{handed.code}/data?sure=y")
    assert "Bu Siti" in client.get(f"/lacak/{handed.code}/data?sure=y").text


def test_without_a_token_nothing_is_erased(client: FlaskClient, handed: Handed) -> None:
    assert client.post(f"/lacak/{handed.code}/data", data={"sure": "y"}).status_code == 400
    assert "Bu Siti" in client.get(f"/lacak/{handed.code}/data").text


def test_it_can_be_taken_away(client: FlaskClient, handed: Handed) -> None:
    answer = client.get(f"/lacak/{handed.code}/data.zip")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as folder:
        data, text = json.loads(folder.read("data.json")), folder.read(folder.namelist()[0]).decode()
        assert folder.namelist() == ["baca-data-saya.txt", "data.json"]
    assert data["who"]["name"] == "Bu Siti"
    assert data["number"] == handed.number
    assert data["received_at"].endswith("+07:00")
    for words in (handed.number, "Nama: Bu Siti", "Sound horeg sampai pagi", "WIB"):
        assert words in text


def test_a_strangers_receipt_opens_nothing(client: FlaskClient) -> None:
    assert client.get("/lacak/MBS-00000-00000-0/data").status_code == 404
