"""The survey's pages in every language: how they are come by, and their words with the language they are marked as."""

from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any
from uuid import uuid4

from babel.messages.pofile import read_po
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from complaints.following.rating_links import rating_link
from core import clock
from core.calendar import ONE_DAY, Month, wib_day
from core.db import reader
from offices import queries as offices
from offices import settings
from offices.models import Office
from survey.first_words import FIRST_WORDS
from survey.languages import CATALOGS
from tests import make
from tests.survey import given
from tests.survey.visits import given_visits

CODES = ("en", "jv", "mad")
READ_ALOUD = {"aria-label", "title", "alt", "placeholder"}
UNSPOKEN = {"script", "style", "title", "textarea"}  # the title names the office, the last is the resident's own
WEEKS = 30 * ONE_DAY
VOID = {"meta", "link", "input", "br", "use", "circle", "path"}


def all_on(value: str = "en,jv,mad") -> None:
    """Switch languages on, from the month the tests begin in."""
    settings.set_value(
        office_id=make.OFFICE, key="languages", value=value, month=Month.of(make.START), by="tests", now=make.START
    )


def catalog(code: str) -> Mapping[str, str]:
    """What is in the language's file: Indonesian → translation."""
    with (CATALOGS / f"{code}.po").open("rb") as file:
        return {str(entry.id): str(entry.string) for entry in read_po(file) if entry.id}


def same_in_both(code: str) -> set[str]:
    """Words of which the files themselves say that the language has the same as Indonesian."""
    words = {text for text, said in catalog(code).items() if text == said}
    return words | {label for _text, labels in FIRST_WORDS[code].values() for label in labels}


class Words(HTMLParser):
    """Texts and spoken attributes with the language each is marked as."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.found: list[tuple[str, str]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given_ones = dict(attributes)
        language = given_ones.get("lang") or (self.open[-1][1] if self.open else "")
        self.found += [(str(value), language) for name, value in attributes if name in READ_ALOUD]
        if tag not in VOID:
            self.open.append((tag, language))

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Nothing is in it."""

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if self.open and self.open[-1][0] not in UNSPOKEN and any(map(str.islower, text)):  # codes have none
            self.found.append((text, self.open[-1][1]))


def said(page: str) -> list[tuple[str, str]]:
    """Every word on the page as (text, language)."""
    return Words(page).found


def sent(client: FlaskClient, point: str, code: str, **values: Any) -> TestResponse:
    """The answer to a form filled in and sent in the language."""
    path = f"/survei/{point}?bahasa={code}"
    return client.post(path, data=given.filled_in(**{"csrf_token": make.token(client, path)} | values))


def office() -> Office:
    return offices.office(reader(), make.OFFICE)


def handled(app: Flask, *, days: int = 1) -> str:
    """A link by which the handling of a report can be rated."""
    token = rating_link(
        signing_key=app.config["SECRET_KEY"], receipt_key=app.config["RECEIPT_KEY"], office_id=make.OFFICE,
        complaint_id=uuid4(), until=wib_day(clock.now()) + days * ONE_DAY,
    )  # fmt: skip
    return f"/survei/penanganan/{token}"


def pages(app: Flask, client: FlaskClient, code: str) -> Iterator[tuple[str, str]]:
    """Every page of the survey that a resident can meet, good and bad, by its name."""
    asked = f"?bahasa={code}"
    open_point, own = given.point(None, "both"), given.point("trantib", "both")
    form = f"/survei/{open_point}{asked}"
    token = make.token(client, form)
    whole = given.filled_in(csrf_token=token)
    yield "form", client.get(form).text
    yield "form of one service", client.get(f"/survei/{own}{asked}").text
    yield "faulty", client.post(form, data={"csrf_token": token, "sex": "x", "suggestion": "a" * 2001}).text
    yield "untypable", client.post(form, data=whole | {"suggestion": "a\0b", "submission_id": "x"}).text
    yield "expired", client.post(form, data=whole | {"csrf_token": "x"}).text
    yield "twice", client.post(form, data=whole | {"waktu": ["1", "2"]}).text
    yield "other edition", client.post(form, data=whole | {"edition": "lain"}).text
    client.post(form, data=whole)
    yield "other content", client.post(form, data=whole | {"waktu": "1"}).text
    yield "thanks", client.get(f"/survei/{open_point}/terima-kasih{asked}").text
    low = whole | dict.fromkeys(given.official().keys, "1") | {"submission_id": str(uuid4()), "suggestion": "Lama"}
    yield "disappointed", client.post(form, data=low, follow_redirects=True).text
    yield "unknown point", client.get(f"/survei/MBS-000000{asked}").text
    yield "closed point", client.post(f"/survei/MBS-000000{asked}", data=whole).text
    yield "no such page", client.get(f"/survei/a/b/c{asked}").text
    yield "wrong way", client.post(f"/survei/{open_point}/terima-kasih{asked}").text
    yield "too many fields", client.post(form, data={f"f{number}": "x" for number in range(300)}).text
    yield from _linked(app, client, asked)
    yield from _by_code(app, client, asked)
    yield from _at_the_desk(client, f"/survei/{open_point}/kios", asked)


def _linked(app: Flask, client: FlaskClient, asked: str) -> Iterator[tuple[str, str]]:
    link = handled(app) + asked
    yield "handling", client.get(link).text
    whole = given.filled_in(csrf_token=make.token(client, link))
    yield "thanks for the handling", client.post(link, data=whole).text
    yield "handled already", client.get(link).text
    other = handled(app) + asked
    yield "handling, other content", client.post(other, data=whole | {"waktu": "1"}).text
    yield "handling too late", client.get(handled(app, days=-1) + asked).text
    yield "no such handling", client.get(f"/survei/penanganan/x{asked}").text


def _by_code(app: Flask, client: FlaskClient, asked: str) -> Iterator[tuple[str, str]]:
    (_visit, code), (_other, over) = (given_visits.issued(app, now=now) for now in (clock.now(), make.START - WEEKS))
    link = f"/k/{code}{asked}"
    yield "code asked for", client.get(f"/k/{asked}").text
    yield "code of a visit", client.get(link).text
    whole = given.filled_in(csrf_token=make.token(client, link), visit=code)
    client.post(link, data=whole)
    yield "code used", client.get(link).text
    yield "code used meanwhile", client.post(link, data=whole | {"submission_id": str(uuid4())}).text
    yield "code too late", client.get(f"/k/{over}{asked}").text
    late = {"visit": over, "submission_id": str(uuid4()), "opened": ""}
    yield "code too late meanwhile", client.post(f"/k/{over}{asked}", data=whole | late).text
    yield "no such code", client.get(f"/k/MBS-0000-0001{asked}").text


def _at_the_desk(client: FlaskClient, screen: str, asked: str) -> Iterator[tuple[str, str]]:
    yield "kiosk", client.get(f"{screen}{asked}").text
    form = f"{screen}/isi{asked}"
    yield "form of the kiosk", client.get(form).text
    yield "faulty at the kiosk", client.post(form, data={"csrf_token": make.token(client, form)}).text
    yield "thanks at the kiosk", client.get(f"{screen}/terima-kasih{asked}").text
    yield "kiosk of no point", client.get(f"/survei/MBS-000000/kios{asked}").text
